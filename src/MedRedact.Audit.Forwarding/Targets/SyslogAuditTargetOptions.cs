using System.Security.Cryptography.X509Certificates;

namespace MedRedact.Audit.Forwarding;

/// <summary>How syslog messages travel.</summary>
public enum SyslogTransport
{
    /// <summary>TLS 1.2 or 1.3 (RFC 5425). The collector's certificate is checked; there is no way to switch that off.</summary>
    Tls = 0,

    /// <summary>TCP without protection (RFC 6587, octet counting), for a relay on the same machine: events tell who did what with which document, and anybody between can read, change and drop them.</summary>
    PlainTcp,
}

/// <summary>Which collector of syslog, and how.</summary>
public sealed class SyslogAuditTargetOptions
{
    /// <summary>The collector's name, which its certificate must bear. Required.</summary>
    public string Host { get; set; } = "";

    /// <summary>Its port. Default: 6514, that of syslog over TLS.</summary>
    public int Port { get; set; } = 6514;

    /// <summary>How messages travel.</summary>
    public SyslogTransport Transport { get; set; }

    /// <summary>How messages are written: <see cref="AuditEventFormat.Syslog"/> or <see cref="AuditEventFormat.SyslogCef"/>.</summary>
    public AuditEventFormat Format { get; set; }

    /// <summary>The authorities whose certificates are trusted, in the place of the system's. Default: empty, the system's.</summary>
    public X509Certificate2Collection TrustedRoots { get; } = [];

    /// <summary>SHA-256 of the public keys (SubjectPublicKeyInfo) of which the collector must have one, besides a certificate that is trusted. Default: empty, any.</summary>
    public IList<Digest256> PinnedKeys { get; } = [];

    /// <summary>The certificate with private key that the collector is shown. Default: none.</summary>
    public X509Certificate2? ClientCertificate { get; set; }

    /// <summary>Whether the authority is asked if the collector's certificate was revoked. Default: no, because authorities of one's own seldom answer.</summary>
    public X509RevocationMode Revocation { get; set; } = X509RevocationMode.NoCheck;

    /// <summary>How long connecting may take, and sending a batch. 1 second to 10 minutes.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>For how long after sending a message is sent again if the connection breaks: syslog has no answer, so a collector that dies with messages it has read but not kept is only noticed by
    /// that. Longer than the collector takes to write what it reads. 1 second to 1 hour.</summary>
    public TimeSpan SettleTime { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Who passes events on.</summary>
    public AuditSource Source { get; set; } = new();

    internal string? Check() => this switch
    {
        { Host: null or "" } => "SyslogAuditTargetOptions.Host is required.",
        { Port: < 1 or > 65_535 } => "SyslogAuditTargetOptions.Port is 1 to 65,535.",
        { Transport: not (SyslogTransport.Tls or SyslogTransport.PlainTcp) } => "SyslogAuditTargetOptions.Transport is TLS or plain TCP.",
        { Format: not (AuditEventFormat.Syslog or AuditEventFormat.SyslogCef) } => "SyslogAuditTargetOptions.Format is Syslog or SyslogCef.",
        { Timeout.Ticks: < TimeSpan.TicksPerSecond or > 10 * TimeSpan.TicksPerMinute } => "SyslogAuditTargetOptions.Timeout is 1 second to 10 minutes.",
        { SettleTime.Ticks: < TimeSpan.TicksPerSecond or > TimeSpan.TicksPerHour } => "SyslogAuditTargetOptions.SettleTime is 1 second to 1 hour.",
        { ClientCertificate.HasPrivateKey: false } => "SyslogAuditTargetOptions.ClientCertificate needs its private key.",
        { Source: null } => "SyslogAuditTargetOptions.Source is required.",
        _ => Source.Check(),
    };
}
