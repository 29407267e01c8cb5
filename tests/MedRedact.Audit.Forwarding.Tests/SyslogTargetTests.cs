using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace MedRedact.Audit.Forwarding.Tests;

/// <summary>Only the collector that was meant gets events, and what a broken connection may have lost comes again.</summary>
public sealed class SyslogTargetTests : IDisposable
{
    private readonly TestAuthority _authority = new();
    private readonly TestAuthority _stranger = new();

    public void Dispose()
    {
        _authority.Dispose();
        _stranger.Dispose();
    }

    [Theory]
    [InlineData(AuditEventFormat.Syslog)]
    [InlineData(AuditEventFormat.SyslogCef)]
    public async Task Each_event_is_one_message_behind_its_length(AuditEventFormat format)
    {
        using X509Certificate2 certificate = _authority.Issue();
        await using var server = new SyslogServer(certificate);
        await using SyslogAuditTarget target = Target(server, options => options.Format = format);
        AuditRecord[] records = [.. Enumerable.Range(0, 50).Select(i => FormatTests.Plain("page.released") with { Sequence = i })];
        Assert.Equal(ForwardingOutcome.Accepted, await target.SendAsync(new("a\"]|=\\é患", [.. records])));
        foreach (AuditRecord record in records)
            Assert.Equal(System.Text.Encoding.UTF8.GetString(AuditEventFormatter.Format(format, "a\"]|=\\é患", record)), await server.Messages.ReadAsync());
        Assert.True(await target.IsIntactAsync());
    }

    [Fact]
    public async Task A_collector_of_another_authority_gets_nothing() => await RefusedAsync(_stranger.Issue());

    [Fact]
    public async Task A_collector_of_another_name_gets_nothing() => await RefusedAsync(_authority.Issue("elsewhere.example"));

    [Fact]
    public async Task A_collector_whose_certificate_has_expired_gets_nothing() => await RefusedAsync(_authority.Issue(fromDay: -10, toDay: -1));

    [Fact]
    public async Task A_collector_whose_certificate_is_not_valid_yet_gets_nothing() => await RefusedAsync(_authority.Issue(fromDay: 1, toDay: 10));

    [Fact]
    public async Task A_certificate_that_is_not_for_servers_is_none() => await RefusedAsync(_authority.Issue(use: TestAuthority.ClientUse));

    [Fact]
    public async Task The_authoritys_own_certificate_is_not_the_collectors() => await RefusedAsync(new X509Certificate2(_authority.Root));

    [Fact]
    public async Task A_collector_without_the_pinned_key_gets_nothing()
    {
        using X509Certificate2 other = _authority.Issue();
        await RefusedAsync(_authority.Issue(), options => options.PinnedKeys.Add(TestAuthority.PinOf(other)));
    }

    [Fact]
    public async Task A_pin_does_not_replace_trust()
    {
        X509Certificate2 certificate = _stranger.Issue();
        await RefusedAsync(certificate, options => options.PinnedKeys.Add(TestAuthority.PinOf(certificate)));
    }

    [Fact]
    public async Task The_systems_authorities_do_not_know_this_one() => await RefusedAsync(_authority.Issue(), options => options.TrustedRoots.Clear());

    [Fact]
    public async Task A_collector_with_the_pinned_key_gets_events()
    {
        using X509Certificate2 certificate = _authority.Issue();
        await using var server = new SyslogServer(certificate);
        await using SyslogAuditTarget target = Target(server, options => options.PinnedKeys.Add(TestAuthority.PinOf(certificate)));
        Assert.Equal(ForwardingOutcome.Accepted, await target.SendAsync(One()));
        Assert.NotEmpty(await server.Messages.ReadAsync());
    }

    [Fact]
    public async Task A_collector_that_asks_is_shown_the_certificate_of_this_side()
    {
        using X509Certificate2 certificate = _authority.Issue(), own = _authority.Issue("forwarder", TestAuthority.ClientUse);
        await using var server = new SyslogServer(certificate, asksForClient: true);
        await using SyslogAuditTarget target = Target(server, options => options.ClientCertificate = own);
        Assert.Equal(ForwardingOutcome.Accepted, await target.SendAsync(One()));
        Assert.NotEmpty(await server.Messages.ReadAsync());
        Assert.Equal(own.GetCertHashString(), server.ClientShown);
    }

    [Fact]
    public async Task A_connection_that_broke_is_not_replaced_in_silence()
    {
        using X509Certificate2 certificate = _authority.Issue();
        await using var server = new SyslogServer(certificate);
        await using SyslogAuditTarget target = Target(server);
        await target.SendAsync(One());
        await server.Messages.ReadAsync();
        server.Break();
        while (await target.IsIntactAsync())
            await Task.Yield();

        // Known to be broken and told so: the next sending may use a new one.
        Assert.Equal(ForwardingOutcome.Accepted, await target.SendAsync(One()));
        await server.Messages.ReadAsync();
        server.Break();
        ForwardingOutcome outcome;
        while ((outcome = await target.SendAsync(One())).Verdict == ForwardingVerdict.Accepted)
            await Task.Yield();
        Assert.Equal(new ForwardingOutcome(ForwardingVerdict.Retry, Faults.Unreachable), outcome);
    }

    [Fact]
    public async Task Where_nobody_listens_events_wait()
    {
        int port;
        await using (var gone = new SyslogServer())
            port = gone.Port;
        await using var target = new SyslogAuditTarget(new() { Host = "localhost", Port = port });
        Assert.Equal(new ForwardingOutcome(ForwardingVerdict.Retry, Faults.Unreachable), await target.SendAsync(One()));
    }

    [Fact]
    public async Task Without_protection_only_where_the_host_says_so()
    {
        await using var server = new SyslogServer();
        await using SyslogAuditTarget tls = Target(server);
        Assert.NotEqual(ForwardingVerdict.Accepted, (await tls.SendAsync(One())).Verdict);
        await using SyslogAuditTarget plain = Target(server, options => options.Transport = SyslogTransport.PlainTcp);
        Assert.Equal(ForwardingOutcome.Accepted, await plain.SendAsync(One()));
        Assert.StartsWith("<110>1 ", await server.Messages.ReadAsync());
    }

    [Fact]
    public async Task A_sending_that_takes_too_long_is_given_up()
    {
        // A listener that takes the connection and says nothing: the handshake waits.
        using var silent = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        await using var target = new SyslogAuditTarget(new() { Host = "localhost", Port = ((System.Net.IPEndPoint)silent.LocalEndpoint).Port, Timeout = TimeSpan.FromSeconds(5) }, time);
        Task<ForwardingOutcome> sending = target.SendAsync(One()).AsTask();
        using System.Net.Sockets.Socket accepted = await silent.AcceptSocketAsync();
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(new ForwardingOutcome(ForwardingVerdict.Retry, Faults.TooSlow), await sending);
    }

    private static Action<SyslogAuditTargetOptions>[] Wrong =>
    [
        options => options.Host = "", options => options.Port = 0, options => options.Port = 70_000, options => options.Format = AuditEventFormat.Ocsf, options => options.Timeout = TimeSpan.Zero,
        options => options.SettleTime = TimeSpan.Zero, options => options.Source = new() { Facility = 24 }, options => options.Source = new() { EnterpriseNumber = 0 },
        options => options.Transport = (SyslogTransport)9,
    ];

    [Fact]
    public void An_option_out_of_its_range_is_refused() => Assert.All(Wrong, spoil =>
    {
        var options = new SyslogAuditTargetOptions { Host = "collector" };
        spoil(options);
        Assert.Throws<ArgumentException>(() => new SyslogAuditTarget(options));
    });

    private static AuditBatch One() => new("clinic.example/audit", [FormatTests.Plain("page.released")]);

    private SyslogAuditTarget Target(SyslogServer server, Action<SyslogAuditTargetOptions>? configure = null)
    {
        var options = new SyslogAuditTargetOptions { Host = "localhost", Port = server.Port };
        options.TrustedRoots.Add(_authority.Root);
        configure?.Invoke(options);
        return new SyslogAuditTarget(options);
    }

    private async Task RefusedAsync(X509Certificate2 certificate, Action<SyslogAuditTargetOptions>? configure = null)
    {
        using (certificate)
        {
            await using var server = new SyslogServer(certificate);
            await using SyslogAuditTarget target = Target(server, configure);
            Assert.Equal(new ForwardingOutcome(ForwardingVerdict.Refused, Faults.NotTrusted), await target.SendAsync(One()));
            Assert.False(server.Messages.TryRead(out _));
        }
    }
}
