using System.Globalization;
using System.Text;
using System.Text.Json;
using CsCheck;

namespace MedRedact.Audit.Forwarding.Tests;

/// <summary>Whatever an event holds, a collector reads back what it said: no field ends early, no second event begins.</summary>
public sealed class FormatTests
{
    // In each format; the long form has five times as many.
    private static readonly long Events = Environment.GetEnvironmentVariable("MEDREDACT_SOAK") == "1" ? 100_000 : 20_000;

    private static readonly UTF8Encoding s_strict = new(false, throwOnInvalidBytes: true);

    private static readonly AuditSource s_source = new() { HostName = "clinic-host" };

    private static Gen<(string, AuditRecord)> Hostile => Gen.Select(HostileEvents.Origin, HostileEvents.Record);

    [Fact]
    public void Syslog_reads_back_as_it_was_said() => Hostile.Sample(
        (origin, record) =>
        {
            var message = SyslogMessage.Parse(Line(AuditEventFormat.Syslog, origin, record));
            Assert.Equal(["clinic-host", "medredact", "-"], [message.Host, message.App, message.Process]);
            Assert.Equal(13, message.Priority / 8);
            Assert.Equal(record.Kind.Length <= 32 ? record.Kind : "-", message.MessageId);
            Assert.Equal(record.At.Ticks / 10, DateTimeOffset.Parse(message.Timestamp, CultureInfo.InvariantCulture).UtcTicks / 10);
            Assert.Equal(Said(origin, record), message.Data["medredact@32473"]);
            Assert.Equal(
                record.Fields.Where(field => field.Name.Length <= 32).ToDictionary(field => field.Name, field => field.Value.Text),
                message.Data.GetValueOrDefault("medredact-fields@32473") ?? []);
            Dictionary<string, string> longer = message.Data.GetValueOrDefault("medredact-longer@32473") ?? [];
            Assert.Equal(
                record.Fields.Where(field => field.Name.Length > 32).ToDictionary(field => field.Name, field => field.Value.Text),
                Enumerable.Range(0, longer.Count / 2).ToDictionary(i => longer[$"name{i}"], i => longer[$"value{i}"]));
        },
        iter: Events,
        seed: "0000KOIPTXa4");

    [Fact]
    public void Cef_reads_back_as_it_was_said() => Hostile.Sample(
        (origin, record) =>
        {
            var read = CefEvent.Parse(Line(AuditEventFormat.Cef, origin, record));
            Assert.Equal(["CEF:0", "MedRedact", "MedRedact"], read.Header[..3]);
            Assert.Equal(record.Kind, read.Header[4]);
            Assert.InRange(int.Parse(read.Header[6], CultureInfo.InvariantCulture), 0, 10);
            Assert.Equal($"{origin}/{record.Sequence}", read.Extension["externalId"]);
            Assert.Equal(origin, read.Extension["deviceExternalId"]);
            Assert.Equal(record.Actor.Value, read.Extension["suser"]);
            Assert.Equal(record.LeafHash.ToString(), read.Extension["cs1"]);
            Assert.Equal(record.Document?.ToString(), read.Extension.GetValueOrDefault("cs2"));
            Assert.Equal(record.Tenant?.Value, read.Extension.GetValueOrDefault("cs3"));
            Assert.Equal(record.Purpose?.Code, read.Extension.GetValueOrDefault("cs4"));
            Assert.Equal(record.PolicyHash?.Value.ToString(), read.Extension.GetValueOrDefault("cs5"));
            string[] fields = read.Extension.GetValueOrDefault("cs6")?.Split(' ') ?? [];
            Assert.Equal(
                record.Fields.Select(field => (field.Name, Type: field.Value.Type.ToString().ToLowerInvariant(), field.Value.Text)),
                Enumerable.Range(0, fields.Length / 3).Select(i => (fields[3 * i], fields[(3 * i) + 1], fields[(3 * i) + 2])));
        },
        iter: Events,
        seed: "0000KOIPTXa4");

    [Fact]
    public void Cef_in_syslog_is_the_message_behind_the_header() => Hostile.Sample(
        (origin, record) =>
        {
            var message = SyslogMessage.Parse(Line(AuditEventFormat.SyslogCef, origin, record));
            Assert.Empty(message.Data);
            Assert.Equal(Line(AuditEventFormat.Cef, origin, record), message.Text);
        },
        iter: Events / 4,
        seed: "0000KOIPTXa4");

    [Fact]
    public void Ocsf_reads_back_as_it_was_said_and_has_what_its_classes_require() => Hostile.Sample(
        (origin, record) =>
        {
            using var json = JsonDocument.Parse(Line(AuditEventFormat.Ocsf, origin, record));
            JsonElement root = json.RootElement;
            int type = root.GetProperty("class_uid").GetInt32(), activity = root.GetProperty("activity_id").GetInt32();
            Assert.Equal(record.Kind is "access.granted" or "access.denied" or "access.glass-broken" ? 3003 : 6003, type);
            Assert.Equal(type / 1000, root.GetProperty("category_uid").GetInt32());
            Assert.Equal((type * 100) + activity, root.GetProperty("type_uid").GetInt32());
            Assert.Contains(activity, type == 3003 ? [1] : new[] { 1, 2, 3, 4, 99 });
            Assert.InRange(root.GetProperty("severity_id").GetInt32(), 1, 5);
            Assert.Equal(record.At.ToUnixTimeMilliseconds(), root.GetProperty("time").GetInt64());
            JsonElement metadata = root.GetProperty("metadata");
            Assert.Equal("1.6.0", metadata.GetProperty("version").GetString());
            Assert.Equal("MedRedact", metadata.GetProperty("product").GetProperty("name").GetString());
            Assert.Equal(record.Actor.Value, root.GetProperty("actor").GetProperty("user").GetProperty("uid").GetString());
            if (type == 3003)
            {
                Assert.Equal(record.Actor.Value, root.GetProperty("user").GetProperty("uid").GetString());
                Assert.Equal(1, root.GetProperty("privileges").GetArrayLength());
            }
            else
            {
                Assert.Equal(record.Kind, root.GetProperty("api").GetProperty("operation").GetString());
                Assert.False(string.IsNullOrEmpty(root.GetProperty("src_endpoint").GetProperty("svc_name").GetString()));
            }

            JsonElement unmapped = root.GetProperty("unmapped");
            var read = new Dictionary<string, string?>
            {
                ["id"] = metadata.GetProperty("uid").GetString(),
                ["sequence"] = metadata.GetProperty("sequence").GetRawText(),
                ["at"] = metadata.GetProperty("original_time").GetString(),
                ["kind"] = metadata.GetProperty("event_code").GetString(),
                ["actor"] = record.Actor.Value,
                ["tenant"] = metadata.TryGetProperty("tenant_uid", out JsonElement tenant) ? tenant.GetString() : null,
            };
            foreach (string name in (string[])["leaf", "document", "purpose", "decision", "policy"])
                read[name] = unmapped.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
            Assert.Equal(Said(origin, record), read.Where(pair => pair.Value is not null).ToDictionary(pair => pair.Key, pair => pair.Value!));
            Assert.Equal(
                record.Fields.Select(field => $"{field.Name} {field.Value.Type.ToString().ToLowerInvariant()} {field.Value.Text}"),
                unmapped.TryGetProperty("fields", out JsonElement fields)
                    ? fields.EnumerateArray().Select(field => $"{field.GetProperty("name")} {field.GetProperty("type")} {field.GetProperty("value")}")
                    : []);
        },
        iter: Events,
        seed: "0000KOIPTXa4");

    [Fact]
    public void OpenTelemetry_reads_back_as_it_was_said() => Hostile.Sample(
        (origin, record) =>
        {
            using var json = JsonDocument.Parse(Line(AuditEventFormat.OpenTelemetry, origin, record));
            JsonElement root = json.RootElement;
            Assert.Contains(root.GetProperty("severityNumber").GetInt32(), new[] { 9, 10, 13, 17, 21 });
            Assert.Equal(record.Kind, root.GetProperty("body").GetProperty("stringValue").GetString());
            ulong time = ulong.Parse(root.GetProperty("timeUnixNano").GetString()!, CultureInfo.InvariantCulture);
            Assert.True(time == 0 || DateTimeOffset.UnixEpoch.AddTicks((long)(time / 100)) == record.At);
            string Text(JsonElement value) => value.TryGetProperty("intValue", out JsonElement number) ? number.GetString()! : value.GetProperty("stringValue").GetString()!;
            Dictionary<string, string> attributes = root.GetProperty("attributes").EnumerateArray()
                .ToDictionary(attribute => attribute.GetProperty("key").GetString()!, attribute => Text(attribute.GetProperty("value")));
            Assert.Equal(
                Said(origin, record).Select(pair => ($"medredact.{pair.Key}", pair.Value)).Concat(record.Fields.Select(field => ($"medredact.field.{field.Name}", field.Value.Text))).Order(),
                attributes.Select(pair => (pair.Key, pair.Value)).Order());
        },
        iter: Events,
        seed: "0000KOIPTXa4");

    [Fact]
    public void Fhir_has_every_element_that_R4_requires_and_says_what_the_event_said() => Hostile.Sample(
        (origin, record) =>
        {
            using var json = JsonDocument.Parse(Line(AuditEventFormat.Fhir, origin, record));
            JsonElement root = json.RootElement;
            FhirAuditEvent.Check(root);
            Assert.Equal(record.At, root.GetProperty("recorded").GetDateTimeOffset());
            JsonElement[] entities = [.. root.GetProperty("entity").EnumerateArray()];
            Assert.Equal($"{origin}/{record.Sequence}", FhirAuditEvent.Identifier(entities[0].GetProperty("what")));
            Assert.Equal(record.Document is null ? 1 : 2, entities.Length);
            if (record.Document is { } document)
                Assert.Equal(document.ToString(), FhirAuditEvent.Identifier(entities[1].GetProperty("what")));
            JsonElement user = root.GetProperty("agent")[0];
            Assert.Equal(record.Actor.Value, FhirAuditEvent.Identifier(user.GetProperty("who")));
            Assert.Equal(record.Purpose is not null, root.TryGetProperty("purposeOfEvent", out JsonElement purpose));
            if (record.Purpose is { } code)
                Assert.Equal(code.Code, purpose[0].GetProperty("coding")[0].GetProperty("code").GetString());
            Dictionary<string, string> details = entities[0].GetProperty("detail").EnumerateArray().ToDictionary(detail => detail.GetProperty("type").GetString()!, detail => detail.GetProperty("valueString").GetString()!);
            Assert.Equal(record.LeafHash.ToString(), details["leaf"]);
            foreach (AuditField field in record.Fields)
                Assert.Equal(field.Value.Text, details["field." + field.Name]);
        },
        iter: Events,
        seed: "0000KOIPTXa4");

    [Theory]
    [InlineData("access.glass-broken", null, 1, 10, 5, 21)]
    [InlineData("access.glass-broken", AuditDecision.Denied, 1, 10, 5, 21)]
    [InlineData("ledger.damaged", null, 1, 10, 5, 21)]
    [InlineData("alert.raised", null, 2, 8, 4, 17)]
    [InlineData("key.refused", AuditDecision.Denied, 4, 6, 3, 13)]
    [InlineData("disclosure.made", null, 5, 4, 2, 10)]
    [InlineData("forwarding.stalled", null, 2, 8, 4, 17)]
    [InlineData("access.denied", AuditDecision.Denied, 4, 6, 3, 13)]
    [InlineData("page.withheld", null, 4, 6, 3, 13)]
    [InlineData("token.revealed", AuditDecision.Permitted, 5, 4, 2, 10)]
    [InlineData("page.released", AuditDecision.Held, 5, 4, 2, 10)]
    [InlineData("page.released", AuditDecision.Permitted, 6, 2, 1, 9)]
    [InlineData("a.kind.of.tomorrow", null, 6, 2, 1, 9)]
    public void How_much_somebody_should_care_is_said_the_same_in_every_format(string kind, AuditDecision? decision, int syslog, int cef, int ocsf, int openTelemetry)
    {
        AuditRecord record = Plain(kind) with { Decision = decision };
        Assert.Equal(syslog, SyslogMessage.Parse(Line(AuditEventFormat.Syslog, "o", record)).Priority % 8);
        Assert.Equal(cef, int.Parse(CefEvent.Parse(Line(AuditEventFormat.Cef, "o", record)).Header[6], CultureInfo.InvariantCulture));
        using var asOcsf = JsonDocument.Parse(Line(AuditEventFormat.Ocsf, "o", record));
        Assert.Equal(ocsf, asOcsf.RootElement.GetProperty("severity_id").GetInt32());
        using var asLog = JsonDocument.Parse(Line(AuditEventFormat.OpenTelemetry, "o", record));
        Assert.Equal(openTelemetry, asLog.RootElement.GetProperty("severityNumber").GetInt32());
    }

    [Fact]
    public void Every_kind_that_the_contracts_name_has_a_meaning() => Assert.All(
        typeof(AuditKind).GetProperties().Where(property => property.PropertyType == typeof(AuditKind)).Select(property => ((AuditKind)property.GetValue(null)!).Name),
        kind => Assert.True(KindMeaning.Knows(kind), kind));

    [Theory]
    [InlineData(1, 4)]
    [InlineData(2, 2)]
    [InlineData(3, 1)]
    public void An_alert_is_as_grave_as_its_rule_says(int severity, int syslog)
    {
        AuditRecord raised = Plain("alert.raised") with { Fields = [new("severity", AuditValue.Of(severity))] };
        Assert.Equal(syslog, SyslogMessage.Parse(Line(AuditEventFormat.Syslog, "o", raised)).Priority % 8);
    }

    [Fact]
    public void A_misuse_of_the_glass_is_an_alert_and_a_rightful_access_is_not()
    {
        AuditRecord Reviewed(int finding) => Plain("access.glass-reviewed") with { Fields = [new("finding", AuditValue.Of(finding))] };
        Assert.Equal(1, SyslogMessage.Parse(Line(AuditEventFormat.Syslog, "o", Reviewed(0))).Priority % 8);
        Assert.Equal(5, SyslogMessage.Parse(Line(AuditEventFormat.Syslog, "o", Reviewed(1))).Priority % 8);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a host")]
    [InlineData("höst")]
    [InlineData("host\n<13>1")]
    public void A_name_of_a_host_that_would_break_the_header_is_refused(string host) =>
        Assert.Throws<ArgumentException>(() => AuditEventFormatter.Format(AuditEventFormat.Syslog, "o", Plain("page.released"), new() { HostName = host }));

    internal static AuditRecord Plain(string kind) => new() { Sequence = 12, LeafHash = default, At = DateTimeOffset.UnixEpoch, Kind = kind, Actor = new ActorId("nurse-7") };

    private static string Line(AuditEventFormat format, string origin, AuditRecord record)
    {
        string line = s_strict.GetString(AuditEventFormatter.Format(format, origin, record, s_source));
        Assert.DoesNotContain(line, c => c is '\n' or '\r' or '\0' or '\u0085' or '\u2028' or '\u2029');
        return line;
    }

    /// <summary>What an event says of itself, by a hand of its own.</summary>
    private static Dictionary<string, string> Said(string origin, AuditRecord record)
    {
        var said = new Dictionary<string, string?>
        {
            ["id"] = FormattableString.Invariant($"{origin}/{record.Sequence}"),
            ["sequence"] = record.Sequence.ToString(CultureInfo.InvariantCulture),
            ["leaf"] = Convert.ToHexStringLower(record.LeafHash.Value.ToArray()),
            ["at"] = record.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture),
            ["kind"] = record.Kind,
            ["actor"] = record.Actor.Value,
            ["tenant"] = record.Tenant?.Value,
            ["document"] = record.Document?.ToString(),
            ["purpose"] = record.Purpose?.Code,
            ["decision"] = record.Decision?.ToString().ToLowerInvariant(),
            ["policy"] = record.PolicyHash?.Value.ToString(),
        };
        return said.Where(pair => pair.Value is not null).ToDictionary(pair => pair.Key, pair => pair.Value!);
    }
}
