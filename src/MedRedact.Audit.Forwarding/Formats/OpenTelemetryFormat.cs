using System.Globalization;
using System.Text.Json;

namespace MedRedact.Audit.Forwarding;

/// <summary>Log records of OpenTelemetry in the JSON form of OTLP: 64-bit numbers are strings, enumerations are numbers.</summary>
internal static class OpenTelemetryFormat
{
    // The last moment whose nanoseconds fit into 64 bits without a sign.
    private static readonly DateTimeOffset s_latest = new(2554, 7, 21, 0, 0, 0, TimeSpan.Zero);

    public static byte[] Write(EventFacts said) => LineWriter.Json(said, static (json, said) => Write(json, said));

    public static void Write(Utf8JsonWriter json, EventFacts said)
    {
        AuditRecord record = said.Record;
        (int severity, string severityText) = said.Grade switch
        {
            EventGrade.Alert => (21, "FATAL"),
            EventGrade.High => (17, "ERROR"),
            EventGrade.Warning => (13, "WARN"),
            EventGrade.Notice => (10, "INFO2"),
            _ => (9, "INFO"),
        };
        string time = Nanoseconds(record.At);
        json.WriteStartObject();
        json.WriteString("timeUnixNano", time);
        json.WriteString("observedTimeUnixNano", time);
        json.WriteNumber("severityNumber", severity);
        json.WriteString("severityText", severityText);
        json.WriteString("eventName", $"medredact.{record.Kind}");
        json.WriteStartObject("body");
        json.WriteString("stringValue", record.Kind);
        json.WriteEndObject();
        json.WriteStartArray("attributes");
        foreach ((string name, string value) in said.Common())
            Attribute(json, "medredact." + name, value, isNumber: name == "sequence");
        foreach (AuditField field in record.Fields)
            Attribute(json, "medredact.field." + field.Name, field.Value.Text, isNumber: field.Value.Type == AuditValueType.Number);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>An ExportLogsServiceRequest.</summary>
    public static byte[] WriteRequest(IEnumerable<EventFacts> events, AuditSource source) => LineWriter.Json((events, source), static (json, all) =>
    {
        json.WriteStartObject();
        json.WriteStartArray("resourceLogs");
        json.WriteStartObject();
        json.WriteStartObject("resource");
        json.WriteStartArray("attributes");
        Attribute(json, "service.name", "medredact", isNumber: false);
        Attribute(json, "service.version", EventFacts.Version, isNumber: false);
        if (all.source.HostName != "-")
            Attribute(json, "host.name", all.source.HostName, isNumber: false);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartArray("scopeLogs");
        json.WriteStartObject();
        json.WriteStartObject("scope");
        json.WriteString("name", "MedRedact.Audit");
        json.WriteEndObject();
        json.WriteStartArray("logRecords");
        foreach (EventFacts said in all.events)
            Write(json, said);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void Attribute(Utf8JsonWriter json, string key, string value, bool isNumber)
    {
        json.WriteStartObject();
        json.WriteString("key", key);
        json.WriteStartObject("value");
        json.WriteString(isNumber ? "intValue" : "stringValue", value);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Zero, which means unknown, where the moment does not fit; the attribute "at" has it all the same.</summary>
    private static string Nanoseconds(DateTimeOffset at) => at < DateTimeOffset.UnixEpoch || at > s_latest
        ? "0"
        : ((ulong)(at - DateTimeOffset.UnixEpoch).Ticks * 100).ToString(CultureInfo.InvariantCulture);
}
