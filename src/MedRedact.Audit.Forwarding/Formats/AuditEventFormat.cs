namespace MedRedact.Audit.Forwarding;

/// <summary>How an event is written for a collector. Each is one line of UTF-8 without a line break.</summary>
public enum AuditEventFormat
{
    /// <summary>Syslog (RFC 5424) with all facts as structured data.</summary>
    Syslog = 0,

    /// <summary>A syslog header (RFC 5424) with a CEF event (ArcSight Common Event Format, version 0) as its message.</summary>
    SyslogCef,

    /// <summary>A CEF event alone.</summary>
    Cef,

    /// <summary>An event of OCSF 1.6.0, as JSON: API Activity (6003), or Authorize Session (3003) where access was asked for.</summary>
    Ocsf,

    /// <summary>A log record of OpenTelemetry (OTLP 1), as JSON.</summary>
    OpenTelemetry,

    /// <summary>An AuditEvent of FHIR R4 in the shape of the Basic Audit Log Patterns of IHE, as JSON.</summary>
    Fhir,
}

/// <summary>Who passes the events on, as collectors see it.</summary>
public sealed record AuditSource
{
    /// <summary>The machine, as syslog names it: 1 to 255 printable characters of ASCII without a space. Default: <c>-</c>, not said.</summary>
    public string HostName { get; init; } = "-";

    /// <summary>The private enterprise number (IANA) under which the structured data of syslog is named. Default: 32473, which RFC 5612 sets aside for examples; use your own.</summary>
    public int EnterpriseNumber { get; init; } = 32473;

    /// <summary>The facility of syslog, 0 to 23. Default: 13, log audit.</summary>
    public int Facility { get; init; } = 13;

    internal string? Check() => this switch
    {
        { HostName: null or { Length: 0 or > 255 } } => "AuditSource.HostName is 1 to 255 printable characters of ASCII.",
        _ when HostName.AsSpan().ContainsAnyExceptInRange('!', '~') => "AuditSource.HostName is 1 to 255 printable characters of ASCII.",
        { EnterpriseNumber: < 1 } => "AuditSource.EnterpriseNumber is a private enterprise number.",
        { Facility: < 0 or > 23 } => "AuditSource.Facility is 0 to 23.",
        _ => null,
    };
}

/// <summary>Writes events for collectors: pure functions of the event, the ledger's name and who passes it on.</summary>
public static class AuditEventFormatter
{
    /// <summary>What tells an event from every other one of every ledger: <c>ORIGIN/SEQUENCE</c>. It stands in every format; a collector knows a repeated event by it.</summary>
    /// <param name="origin">The ledger's name.</param>
    /// <param name="sequence">The event's place.</param>
    /// <returns>The id.</returns>
    public static string IdOf(string origin, long sequence) => FormattableString.Invariant($"{origin}/{sequence}");

    /// <summary>Writes one event.</summary>
    /// <param name="format">How.</param>
    /// <param name="origin">The ledger's name, from its checkpoint.</param>
    /// <param name="record">The event.</param>
    /// <param name="source">Who passes it on; by default nobody in particular.</param>
    /// <returns>One line of UTF-8, without a line break at its end; the caller owns it.</returns>
    /// <exception cref="ArgumentException">The source is out of its range.</exception>
    public static byte[] Format(AuditEventFormat format, string origin, AuditRecord record, AuditSource? source = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(origin);
        ArgumentNullException.ThrowIfNull(record);
        source ??= Nobody;
        if (source.Check() is { } wrong)
            throw new ArgumentException(wrong, nameof(source));

        var said = new EventFacts(origin, record);
        return format switch
        {
            AuditEventFormat.Syslog => SyslogFormat.Write(said, source),
            AuditEventFormat.SyslogCef => SyslogFormat.WriteCef(said, source),
            AuditEventFormat.Cef => CefFormat.Write(said),
            AuditEventFormat.Ocsf => OcsfFormat.Write(said),
            AuditEventFormat.OpenTelemetry => OpenTelemetryFormat.Write(said),
            AuditEventFormat.Fhir => FhirFormat.Write(said),
            _ => throw new ArgumentOutOfRangeException(nameof(format)),
        };
    }

    private static AuditSource Nobody { get; } = new();
}
