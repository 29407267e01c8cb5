using System.Text.Json;

namespace MedRedact.Audit.Forwarding.Tests;

/// <summary>Cardinalities and required bindings of AuditEvent in FHIR R4 (4.0.1), and those of the Basic Audit Log Patterns that an event without a patient can keep.</summary>
internal static class FhirAuditEvent
{
    private static readonly string[] s_elements = ["resourceType", "type", "subtype", "action", "recorded", "outcome", "purposeOfEvent", "agent", "source", "entity"];

    public static void Check(JsonElement root)
    {
        Assert.Equal("AuditEvent", root.GetProperty("resourceType").GetString());
        Assert.All(root.EnumerateObject(), property => Assert.Contains(property.Name, s_elements));
        Coding(root.GetProperty("type"));
        Assert.All(NotEmpty(root.GetProperty("subtype")), Coding);
        Assert.Contains(root.GetProperty("action").GetString(), new[] { "C", "R", "U", "D", "E" });
        Assert.Contains(root.GetProperty("outcome").GetString(), new[] { "0", "4", "8", "12" });
        JsonElement[] agents = NotEmpty(root.GetProperty("agent"));
        Assert.Single(agents, agent => agent.GetProperty("requestor").GetBoolean());
        Assert.Single(agents, agent => agent.GetProperty("type").GetProperty("coding")[0].GetProperty("code").GetString() == "110152");
        Assert.All(agents, agent => Identifier(agent.GetProperty("who")));
        Identifier(root.GetProperty("source").GetProperty("observer"));
        Assert.All(NotEmpty(root.GetProperty("source").GetProperty("type")), Coding);
        Assert.All(NotEmpty(root.GetProperty("entity")), entity =>
        {
            Coding(entity.GetProperty("type"));
            Coding(entity.GetProperty("role"));
            if (entity.TryGetProperty("detail", out JsonElement details))
                Assert.All(NotEmpty(details), detail => Assert.False(string.IsNullOrEmpty(detail.GetProperty("valueString").GetString())));
        });
    }

    public static string Identifier(JsonElement reference)
    {
        JsonElement identifier = reference.GetProperty("identifier");
        Assert.StartsWith("urn:medredact:", identifier.GetProperty("system").GetString());
        return identifier.GetProperty("value").GetString()!;
    }

    private static void Coding(JsonElement coding)
    {
        Assert.False(string.IsNullOrEmpty(coding.GetProperty("system").GetString()));
        Assert.False(string.IsNullOrEmpty(coding.GetProperty("code").GetString()));
    }

    private static JsonElement[] NotEmpty(JsonElement array)
    {
        JsonElement[] all = [.. array.EnumerateArray()];
        Assert.NotEmpty(all);
        return all;
    }
}
