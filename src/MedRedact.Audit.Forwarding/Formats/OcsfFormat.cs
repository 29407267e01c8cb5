using System.Text.Json;

namespace MedRedact.Audit.Forwarding;

/// <summary>OCSF 1.6.0: Authorize Session (3003) for grants and refusals of access, API Activity (6003) for everything else.</summary>
internal static class OcsfFormat
{
    private const string SchemaVersion = "1.6.0";
    private const int ApiActivity = 6003, AuthorizeSession = 3003;

    public static byte[] Write(EventFacts said) => LineWriter.Json(said, static (json, said) => Write(json, said));

    public static void Write(Utf8JsonWriter json, EventFacts said)
    {
        AuditRecord record = said.Record;
        bool isAccess = record.Kind is "access.granted" or "access.denied" or "access.glass-broken";
        (int activity, string activityName) = isAccess ? (1, "Assign Privileges") : ActivityOf(said.Meaning.Action);
        int type = isAccess ? AuthorizeSession : ApiActivity;
        (int severity, string severityName) = said.Grade switch
        {
            EventGrade.Alert => (5, "Critical"),
            EventGrade.High => (4, "High"),
            EventGrade.Warning => (3, "Medium"),
            EventGrade.Notice => (2, "Low"),
            _ => (1, "Informational"),
        };

        json.WriteStartObject();
        json.WriteNumber("activity_id", activity);
        json.WriteString("activity_name", activityName);
        json.WriteNumber("category_uid", isAccess ? 3 : 6);
        json.WriteString("category_name", isAccess ? "Identity & Access Management" : "Application Activity");
        json.WriteNumber("class_uid", type);
        json.WriteString("class_name", isAccess ? "Authorize Session" : "API Activity");
        json.WriteNumber("type_uid", (type * 100) + activity);
        json.WriteNumber("time", record.At.ToUnixTimeMilliseconds());
        json.WriteNumber("severity_id", severity);
        json.WriteString("severity", severityName);
        json.WriteNumber("status_id", said.IsDenied ? 2 : 1);
        json.WriteString("status", said.IsDenied ? "Failure" : "Success");
        json.WriteString("message", record.Kind);
        WriteMetadata(json, said);
        json.WriteStartObject("actor");
        WriteUser(json, record);
        json.WriteEndObject();
        if (isAccess)
        {
            WriteUser(json, record);
            json.WriteStartArray("privileges");
            json.WriteStringValue(Privilege(record));
            json.WriteEndArray();
        }
        else
        {
            json.WriteStartObject("api");
            json.WriteString("operation", record.Kind);
            json.WriteStartObject("service");
            json.WriteString("name", EventFacts.Product);
            json.WriteEndObject();
            json.WriteEndObject();
            if (record.Document is { } document)
            {
                json.WriteStartArray("resources");
                json.WriteStartObject();
                json.WriteString("uid", document.ToString());
                json.WriteString("type", "document");
                json.WriteEndObject();
                json.WriteEndArray();
            }
        }

        json.WriteStartObject("src_endpoint");
        json.WriteString("svc_name", EventFacts.Product);
        json.WriteEndObject();
        WriteUnmapped(json, said);
        json.WriteEndObject();
    }

    private static void WriteMetadata(Utf8JsonWriter json, EventFacts said)
    {
        json.WriteStartObject("metadata");
        json.WriteString("version", SchemaVersion);
        json.WriteString("uid", said.Id);
        json.WriteString("event_code", said.Record.Kind);
        json.WriteString("log_name", said.Origin);
        json.WriteNumber("sequence", said.Record.Sequence);
        json.WriteString("original_time", said.At);
        if (said.Record.Tenant is { } tenant)
            json.WriteString("tenant_uid", tenant.Value);
        json.WriteStartObject("product");
        json.WriteString("name", EventFacts.Product);
        json.WriteString("vendor_name", EventFacts.Product);
        json.WriteString("version", EventFacts.Version);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteUser(Utf8JsonWriter json, AuditRecord record)
    {
        json.WriteStartObject("user");
        json.WriteString("uid", record.Actor.Value);
        json.WriteEndObject();
    }

    /// <summary>What the schema has no attribute for.</summary>
    private static void WriteUnmapped(Utf8JsonWriter json, EventFacts said)
    {
        json.WriteStartObject("unmapped");
        foreach ((string name, string value) in said.Common().Where(fact => fact.Name is "leaf" or "document" or "purpose" or "decision" or "policy"))
            json.WriteString(name, value);
        WriteFields(json, said.Record);
        json.WriteEndObject();
    }

    private static void WriteFields(Utf8JsonWriter json, AuditRecord record)
    {
        if (record.Fields.IsDefaultOrEmpty)
            return;

        json.WriteStartArray("fields");
        foreach (AuditField field in record.Fields)
        {
            json.WriteStartObject();
            json.WriteString("name", field.Name);
            json.WriteString("type", EventFacts.NameOf(field.Value.Type));
            json.WriteString("value", field.Value.Text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string Privilege(AuditRecord record)
    {
        foreach (AuditField field in record.Fields)
        {
            if (field is { Name: "action", Value.Type: AuditValueType.Number } && Enum.TryParse(field.Value.Text, out AccessAction action) && Enum.IsDefined(action))
                return action.ToString();
        }

        return record.Kind;
    }

    private static (int Id, string Name) ActivityOf(char action) => action switch
    {
        'C' => (1, "Create"),
        'R' => (2, "Read"),
        'U' => (3, "Update"),
        'D' => (4, "Delete"),
        _ => (99, "Other"),
    };
}
