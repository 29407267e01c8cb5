using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MedRedact.Audit.Forwarding.Tests;

public sealed class RegistrationTests : IDisposable
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("medredact-forwarding-");

    public void Dispose() => _home.Delete(recursive: true);

    [Fact]
    public async Task A_host_passes_its_events_on_from_start_to_end()
    {
        string folder = Path.Combine(_home.FullName, "ledger"), file = Path.Combine(_home.FullName, "out", "events.jsonl");
        using var keys = new TestKeys();
        var services = new ServiceCollection();
        services.AddSingleton<IKeyProvider>(keys);
        services.AddMedRedact()
            .AddAuditLedger(ledger => (ledger.Folder, ledger.CheckpointInterval) = (folder, TimeSpan.FromMilliseconds(10)))
            .AddAuditForwarding(forward => forward
                .Configure(options => options.PollInterval = TimeSpan.FromMilliseconds(10))
                .ToFile("archive", file, AuditEventFormat.Cef));
        await using ServiceProvider provider = services.BuildServiceProvider();
        IHostedService[] hosted = [.. provider.GetServices<IHostedService>()];
        foreach (IHostedService service in hosted)
            await service.StartAsync(TestContext.Current.CancellationToken);

        for (int i = 0; i < 20; i++)
            await provider.GetRequiredService<IAuditSink>().AppendAsync(Sample.Event(i), TestContext.Current.CancellationToken);
        while (provider.GetRequiredService<AuditForwarder>().Status.Single().Settled < 20)
            await Task.Delay(10, TestContext.Current.CancellationToken);
        foreach (IHostedService service in hosted)
            await service.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(ForwarderTests.Numbers(20), File.ReadLines(file).Select(line => long.Parse(CefEvent.Parse(line).Extension["cn1"], System.Globalization.CultureInfo.InvariantCulture)));
        Assert.True(File.Exists(folder + "-forwarding/archive.cursor"));

        await provider.DisposeAsync();
        Assert.Empty((await AuditLedgerVerifier.VerifyAsync(folder, keys.PublicKey)).Findings);
    }

    [Fact]
    public void Forwarding_without_a_target_or_with_two_of_one_name_is_refused()
    {
        IMedRedactBuilder builder = new ServiceCollection().AddMedRedact();
        Assert.Throws<ArgumentException>(() => builder.AddAuditForwarding(_ => { }));
        Assert.Throws<ArgumentException>(() => builder.AddAuditForwarding(forward => forward.ToFile("a", "x").ToFile("a", "y")));
        Assert.Throws<ArgumentException>(() => builder.AddAuditForwarding(forward => forward.ToFile("A b", "x")));
    }

    private static Action<AuditForwarderOptions>[] Wrong =>
    [
        options => options.LedgerFolder = "", options => options.CursorFolder = "", options => options.BatchSize = 0, options => options.PollInterval = TimeSpan.Zero, options => options.MinDelay = TimeSpan.Zero,
        options => options.MaxDelay = TimeSpan.FromMilliseconds(20), options => options.MaxDelay = TimeSpan.FromDays(2), options => options.StallAfter = TimeSpan.FromTicks(-1), options => options.Actor = default,
    ];

    [Fact]
    public void An_option_out_of_its_range_is_refused() => Assert.All(Wrong, spoil =>
    {
        using var rig = new Rig();
        spoil(rig.Options);
        Assert.Throws<ArgumentException>(() => rig.Forwarder(new FakeTarget()));
    });
}
