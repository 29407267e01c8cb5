using System.Globalization;
using System.Text.Json;

namespace MedRedact.Audit.Forwarding;

/// <summary>AuditEvent of FHIR R4, shaped as the Basic Audit Log Patterns of IHE shape it. The ledger names documents, not patients, so no event has the patient entity that some of these profiles ask for.</summary>
internal static class FhirFormat
{
    private const string Dicom = "http://dicom.nema.org/resources/ontology/DCM";
    private const string Lifecycle = "http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle";
    private const string Kinds = "urn:medredact:audit-kind";
    private const string ActReason = "http://terminology.hl7.org/CodeSystem/v3-ActReason";

    public static byte[] Write(EventFacts said) => LineWriter.Json(said, static (json, said) => Write(json, said));

    /// <summary>A transaction that makes all of the events or none.</summary>
    public static byte[] WriteBundle(IEnumerable<EventFacts> events) => LineWriter.Json(events, static (json, all) =>
    {
        json.WriteStartObject();
        json.WriteString("resourceType", "Bundle");
        json.WriteString("type", "transaction");
        json.WriteStartArray("entry");
        foreach (EventFacts said in all)
        {
            json.WriteStartObject();
            json.WritePropertyName("resource");
            Write(json, said);
            json.WriteStartObject("request");
            json.WriteString("method", "POST");
            json.WriteString("url", "AuditEvent");
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter json, EventFacts said)
    {
        AuditRecord record = said.Record;
        json.WriteStartObject();
        json.WriteString("resourceType", "AuditEvent");
        json.WritePropertyName("type");
        Coding(json, Dicom, said.Meaning.Dicom, said.Meaning.Display);
        json.WriteStartArray("subtype");
        if (record.Kind == "access.glass-broken")
            Coding(json, Dicom, "110127", "Emergency Override Started");
        if (said.Meaning.Lifecycle is { } lifecycle)
            Coding(json, Lifecycle, lifecycle);
        Coding(json, Kinds, record.Kind);
        json.WriteEndArray();
        json.WriteString("action", said.Meaning.Action.ToString());
        json.WriteString("recorded", record.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        json.WriteString("outcome", said.IsDenied ? "4" : "0");
        if (record.Purpose is not null)
            Purpose(json, "purposeOfEvent", record);
        WriteAgents(json, said);
        WriteSource(json, said);
        WriteEntities(json, said);
        json.WriteEndObject();
    }

    /// <summary>Who did it, and the application that was asked (Destination Role).</summary>
    private static void WriteAgents(Utf8JsonWriter json, EventFacts said)
    {
        json.WriteStartArray("agent");
        json.WriteStartObject();
        Concept(json, "type", "http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "IRCP");
        Who(json, "urn:medredact:actor", said.Record.Actor.Value);
        json.WriteBoolean("requestor", true);
        if (said.Record.PolicyHash is { } policy)
        {
            json.WriteStartArray("policy");
            json.WriteStringValue("urn:medredact:policy:" + policy.Value);
            json.WriteEndArray();
        }

        if (said.Record.Purpose is not null)
            Purpose(json, "purposeOfUse", said.Record);
        json.WriteEndObject();
        json.WriteStartObject();
        Concept(json, "type", Dicom, "110152", "Destination Role ID");
        Who(json, "urn:medredact:ledger", said.Origin);
        json.WriteBoolean("requestor", false);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteSource(Utf8JsonWriter json, EventFacts said)
    {
        json.WriteStartObject("source");
        if (said.Record.Tenant is { } tenant)
            json.WriteString("site", tenant.Value);
        Identified(json, "observer", "urn:medredact:ledger", said.Origin);
        json.WriteStartArray("type");
        Coding(json, "http://terminology.hl7.org/CodeSystem/security-source-type", "4", "Application Server");
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>The event in the ledger with its own facts, and the document.</summary>
    private static void WriteEntities(Utf8JsonWriter json, EventFacts said)
    {
        json.WriteStartArray("entity");
        json.WriteStartObject();
        Identified(json, "what", "urn:medredact:event", said.Id);
        json.WritePropertyName("type");
        Coding(json, "http://terminology.hl7.org/CodeSystem/audit-entity-type", "2", "System Object");
        json.WritePropertyName("role");
        Coding(json, "http://terminology.hl7.org/CodeSystem/object-role", "13", "Security Resource");
        json.WriteStartArray("detail");
        Detail(json, "leaf", said.Record.LeafHash.ToString());
        if (said.Decision is { } decision)
            Detail(json, "decision", decision);
        foreach (AuditField field in said.Record.Fields)
            Detail(json, "field." + field.Name, field.Value.Text);
        json.WriteEndArray();
        json.WriteEndObject();
        if (said.Record.Document is { } document)
        {
            json.WriteStartObject();
            Identified(json, "what", "urn:medredact:document", document.ToString());
            json.WritePropertyName("type");
            Coding(json, "http://terminology.hl7.org/CodeSystem/audit-entity-type", "2", "System Object");
            json.WritePropertyName("role");
            Coding(json, "http://terminology.hl7.org/CodeSystem/object-role", "3", "Report");
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Detail(Utf8JsonWriter json, string type, string value)
    {
        json.WriteStartObject();
        json.WriteString("type", type);
        json.WriteString("valueString", value);
        json.WriteEndObject();
    }

    private static void Who(Utf8JsonWriter json, string system, string value) => Identified(json, "who", system, value);

    private static void Identified(Utf8JsonWriter json, string name, string system, string value)
    {
        json.WriteStartObject(name);
        json.WriteStartObject("identifier");
        json.WriteString("system", system);
        json.WriteString("value", value);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Purpose(Utf8JsonWriter json, string name, AuditRecord record)
    {
        json.WriteStartArray(name);
        json.WriteStartObject();
        json.WriteStartArray("coding");
        Coding(json, ActReason, record.Purpose!.Value.Code);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void Concept(Utf8JsonWriter json, string name, string system, string code, string? display = null)
    {
        json.WriteStartObject(name);
        json.WriteStartArray("coding");
        Coding(json, system, code, display);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Coding(Utf8JsonWriter json, string system, string code, string? display = null)
    {
        json.WriteStartObject();
        json.WriteString("system", system);
        json.WriteString("code", code);
        if (display is not null)
            json.WriteString("display", display);
        json.WriteEndObject();
    }
}
