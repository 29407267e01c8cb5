using MedRedact.Audit;
using MedRedact.EndToEnd.Tests.Tool;
using Microsoft.Extensions.DependencyInjection;

namespace MedRedact.EndToEnd.Tests;

/// <summary>A home whose ledger is held to a checkpoint store; events come from a host, without any page being read.</summary>
internal sealed class AnchoredHome : IDisposable
{
    private static readonly DateTimeOffset s_start = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();

    public string Home => _folder["home"];

    public string Ledger => _folder["home/ledger"];

    public string Store => _folder["checkpoints"];

    public string this[string name] => _folder[name];

    /// <summary>The document that every event is about.</summary>
    public DocumentId Document { get; } = new(new Guid(1, 0x1111, 0x7222, 0x80, 0, 0, 0, 0, 0, 0, 1));

    /// <summary>Opens the ledger as a host does, appends so many events and closes it.</summary>
    /// <param name="count">How many; none only opens it.</param>
    /// <param name="from">Tells these events from others.</param>
    /// <param name="isAnchored">Whether this host knows of the store.</param>
    public async Task AppendAsync(int count, int from = 0, bool isAnchored = true)
    {
        var services = new ServiceCollection();
        services.AddMedRedact().AddOnPremises(options => options.Home = Home);
        services.Configure<AuditLedgerOptions>(ledger =>
        {
            ledger.Origin = "clinic.example/audit";
            ledger.SegmentSize = 4 << 10;
            ledger.CheckpointFolder = isAnchored ? Store : null;
        });
        await using ServiceProvider provider = services.BuildServiceProvider();
        var opened = provider.GetRequiredService<AuditLedger>();
        await opened.OpenAsync(TestContext.Current.CancellationToken);
        for (int i = from; i < from + count; i++)
        {
            AuditEvent next = new(AuditKind.PageReleased, s_start.AddSeconds(i), new ActorId("intake"))
            {
                Document = Document,
                Decision = AuditDecision.Permitted,
                Fields = [new("page", AuditValue.Of(i))],
            };
            await opened.AppendAsync(next, TestContext.Current.CancellationToken);
        }
    }

    public Dictionary<string, byte[]> Save() => Directory.EnumerateFiles(Ledger).ToDictionary(file => file, File.ReadAllBytes);

    /// <summary>Puts the ledger's folder back, and nothing else.</summary>
    public void PutBack(Dictionary<string, byte[]> saved)
    {
        foreach (string file in Directory.GetFiles(Ledger))
            File.Delete(file);
        foreach ((string file, byte[] bytes) in saved)
            File.WriteAllBytes(file, bytes);
    }

    /// <summary>The public keys as the tool prints them, in a file.</summary>
    public async Task<string> KeysAsync()
    {
        ToolResult printed = await MedRedactTool.RunAsync(["audit", "keys", "--home", Home]);
        Assert.True(printed.ExitCode == 0 && printed.Output.Contains("clinic.example/audit+", StringComparison.Ordinal), printed.Output + printed.Errors);
        await File.WriteAllTextAsync(_folder["keys.txt"], printed.Output, TestContext.Current.CancellationToken);
        return _folder["keys.txt"];
    }

    public void Dispose() => _folder.Dispose();
}
