using System.Text.Json;
using MedRedact.Audit;

namespace MedRedact.Alerts;

/// <summary>An incident as JSON, version 1: facts of the ledger, and the four factors of 45 CFR 164.402(2) left open for a person. It holds ids and counts, and no PHI.</summary>
public static class IncidentJson
{
    private static readonly (string Name, string Question)[] Factors =
    [
        ("nature-and-extent", "45 CFR 164.402(2)(i): which identifiers, how likely is re-identification?"),
        ("unauthorized-person", "45 CFR 164.402(2)(ii): who used it, or to whom was it disclosed?"),
        ("acquired-or-viewed", "45 CFR 164.402(2)(iii): was it actually acquired or viewed?"),
        ("mitigation", "45 CFR 164.402(2)(iv): to what extent has the risk been mitigated?"),
    ];

    /// <summary>Writes a record.</summary>
    /// <param name="incident">The record.</param>
    /// <param name="output">Where it goes; stays open.</param>
    public static void Write(IncidentRecord incident, Stream output)
    {
        ArgumentNullException.ThrowIfNull(incident);
        ArgumentNullException.ThrowIfNull(output);
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("format", "medredact.incident");
        json.WriteNumber("version", 1);
        WriteAlert(json, incident.Alert);
        json.WriteString("discovered", incident.Alert.At);
        json.WriteString("notify-by", incident.NotifyBy);
        json.WriteString("from", incident.From);
        json.WriteString("to", incident.To);
        json.WriteStartObject("ledger");
        json.WriteString("origin", incident.Checkpoint.Origin);
        json.WriteNumber("size", incident.Checkpoint.Size);
        json.WriteString("root", incident.Checkpoint.Root.ToString());
        json.WriteEndObject();
        WriteCounts(json, incident);
        WriteDocuments(json, incident);
        WriteEvents(json, incident);
        WriteAssessment(json);
        json.WriteEndObject();
    }

    private static void WriteAlert(Utf8JsonWriter json, Alert alert)
    {
        json.WriteStartObject("alert");
        json.WriteString("rule", alert.Rule.Value);
        json.WriteNumber("event", alert.Event);
        json.WriteString("severity", alert.Severity switch { AlertSeverity.Critical => "critical", AlertSeverity.High => "high", _ => "medium" });
        json.WriteNumber("count", alert.Count);
        json.WriteString("since", alert.Since);
        json.WriteString("actor", alert.Actor?.Value);
        json.WriteString("tenant", alert.Tenant?.Value);
        json.WriteString("document", alert.Document?.ToString());
        json.WriteEndObject();
    }

    private static void WriteCounts(Utf8JsonWriter json, IncidentRecord incident)
    {
        json.WriteStartObject("counts");
        foreach (IGrouping<string, AuditRecord> kind in incident.Events.GroupBy(record => record.Kind).OrderBy(kind => kind.Key, StringComparer.Ordinal))
            json.WriteNumber(kind.Key, kind.Count());
        json.WriteEndObject();
    }

    private static void WriteDocuments(Utf8JsonWriter json, IncidentRecord incident)
    {
        json.WriteStartArray("documents");
        foreach ((TenantId? tenant, DocumentId document) in incident.Documents)
        {
            json.WriteStartObject();
            json.WriteString("tenant", tenant?.Value);
            json.WriteString("document", document.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("uses-without-document", incident.UsesWithoutDocument);
    }

    private static void WriteEvents(Utf8JsonWriter json, IncidentRecord incident)
    {
        json.WriteStartArray("events");
        foreach (AuditRecord record in incident.Events)
        {
            json.WriteStartObject();
            json.WriteNumber("sequence", record.Sequence);
            json.WriteString("leaf", record.LeafHash.ToString());
            json.WriteString("at", record.At);
            json.WriteString("kind", record.Kind);
            json.WriteString("actor", record.Actor.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteAssessment(Utf8JsonWriter json)
    {
        json.WriteStartObject("assessment");
        foreach ((string name, string question) in Factors)
        {
            json.WriteStartObject(name);
            json.WriteString("question", question);
            json.WriteNull("answer");
            json.WriteEndObject();
        }

        json.WriteStartObject("unsecured");
        json.WriteString("question", "45 CFR 164.402: was it readable to whom had it, or encrypted as the guidance of HHS says?");
        json.WriteNull("answer");
        json.WriteEndObject();
        json.WriteNull("assessed-by");
        json.WriteNull("assessed-at");
        json.WriteNull("low-probability");
        json.WriteEndObject();
    }
}
