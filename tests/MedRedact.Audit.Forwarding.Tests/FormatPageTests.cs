using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MedRedact.Audit.Forwarding.Tests;

/// <summary>The examples of docs/forwarding.md are what the code writes.</summary>
public sealed class FormatPageTests
{
    private static readonly string s_page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "forwarding.md"));

    private static readonly JsonSerializerOptions s_readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    private static readonly AuditRecord s_event = new()
    {
        Sequence = 4711,
        LeafHash = new LeafHash(new Digest256(0x1f2e3d4c5b6a7988, 0x0123456789abcdef)),
        At = new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero).AddTicks(1_234_567),
        Kind = "access.glass-broken",
        Actor = new ActorId("dr-example"),
        Tenant = new TenantId("clinic-a"),
        Document = new DocumentId(new Guid("0197a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b")),
        Purpose = PurposeOfUse.BreakTheGlass,
        Decision = AuditDecision.Permitted,
        Fields =
        [
            new("action", AuditValue.Of(AccessAction.ReadOriginal)),
            new("expires", AuditValue.Of(new DateTimeOffset(2026, 3, 4, 5, 21, 7, TimeSpan.Zero))),
            new("review", AuditValue.Of(new ReviewId("review-17"))),
        ],
    };

    [Theory]
    [InlineData(AuditEventFormat.Syslog)]
    [InlineData(AuditEventFormat.SyslogCef)]
    [InlineData(AuditEventFormat.Cef)]
    [InlineData(AuditEventFormat.Ocsf)]
    [InlineData(AuditEventFormat.OpenTelemetry)]
    [InlineData(AuditEventFormat.Fhir)]
    public void The_page_shows_what_the_code_writes(AuditEventFormat format)
    {
        string written = Encoding.UTF8.GetString(AuditEventFormatter.Format(format, "clinic.example/audit", s_event, new() { HostName = "redact-1", EnterpriseNumber = 64000 }))
            .Replace(EventFacts.Version, "0.1.0", StringComparison.Ordinal);
        if (written[0] == '{')
            written = JsonSerializer.Serialize(JsonDocument.Parse(written).RootElement, s_readable);

        int from = s_page.IndexOf($"<!-- example: {format} -->", StringComparison.Ordinal), begin = s_page.IndexOf('\n', s_page.IndexOf("```", from, StringComparison.Ordinal)) + 1;
        Assert.Equal(written, s_page[begin..s_page.IndexOf("```", begin, StringComparison.Ordinal)].TrimEnd('\n'));
    }
}
