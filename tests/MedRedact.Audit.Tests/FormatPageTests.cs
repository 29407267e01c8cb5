using System.Text;
using MedRedact.Durability;

namespace MedRedact.Audit.Tests;

/// <summary>The worked examples of docs/formats/audit-ledger.md and ledger-proofs.md: what the pages show is what the code writes, reads and verifies.</summary>
public sealed class FormatPageTests
{
    private const string Segment = Rig.Folder + "/00000000000000000000.segment";
    private const string Checkpoint = Rig.Folder + "/checkpoint";

    private static readonly string Page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "audit-ledger.md"));
    private static readonly string Proofs = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "ledger-proofs.md"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The two events of the example.</summary>
    private static AuditEvent[] Events =>
    [
        new(AuditKind.DocumentReceived, new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero), new ActorId("intake"))
        {
            Tenant = new TenantId("clinic-a"),
            Document = Sample.Document(1),
            Purpose = PurposeOfUse.Treatment,
            Fields = [new("bytes", AuditValue.Of(1024))],
        },
        new(AuditKind.DocumentWithheld, new(2026, 3, 4, 5, 6, 9, TimeSpan.Zero), new ActorId("intake"))
        {
            Tenant = new TenantId("clinic-a"),
            Document = Sample.Document(1),
            Decision = AuditDecision.Denied,
            Fields = [new("reason", AuditValue.Of(new HoldReason("MR-OCR-003")))],
        },
    ];

    [Fact]
    public async Task The_example_on_the_page_verifies_and_reads()
    {
        using TestKeys keys = LedgerHost.Keys();
        Assert.Equal(Convert.ToBase64String(keys.PublicKey.Span), Block("public key").Trim());
        using Rig rig = Planted(keys);

        AuditVerificationReport report = rig.Verify();

        Assert.True(report.IsIntact, string.Join("; ", report.Findings));
        Assert.Contains(report.Checkpoint!.Root.ToString(), Page, StringComparison.Ordinal);
        List<AuditRecord> records = await rig.ReadAsync();
        Assert.Equal(Events.Select(e => e.Kind.Name), records.Select(r => r.Kind));
        Assert.All(records, record => Assert.Contains(record.LeafHash.ToString(), Page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_code_writes_the_segment_on_the_page()
    {
        using TestKeys keys = LedgerHost.Keys();
        using var rig = new Rig(keys: keys);
        await using (AuditLedger ledger = rig.NewLedger())
        {
            foreach (AuditEvent auditEvent in Events)
                await ledger.AppendAsync(auditEvent, Token);
        }

        string found = string.Join('\n', Convert.ToHexStringLower(rig.Read(Segment)).Chunk(64).Select(line => new string(line)));
        Assert.True(found == Block("segment").Trim(), $"The page shows another segment. The code writes:\n{found}\nand signs:\n{Encoding.UTF8.GetString(rig.Read(Checkpoint))}\nroot {rig.Verify().Checkpoint!.Root}, key {Convert.ToBase64String(keys.PublicKey.Span)}, leaves {string.Join(", ", (await rig.ReadAsync()).Select(r => r.LeafHash))}");
    }

    [Fact]
    public void The_proofs_on_the_page_are_those_that_the_ledger_on_the_page_gives()
    {
        using TestKeys keys = LedgerHost.Keys();
        using Rig rig = Planted(keys);
        AuditLedgerSnapshot snapshot = rig.Snapshot();

        Assert.Equal(Block("event 0", Proofs), Encoding.UTF8.GetString(snapshot.Prove(0).ToBytes()));
        Assert.Equal(Block("events 1 to 1", Proofs), Encoding.UTF8.GetString(snapshot.ProveRange(1, 1).ToBytes()));
        GrowthProof growth = snapshot.ProveGrowth(snapshot.Checkpoint);
        Assert.Equal(Block("growth from a checkpoint to itself", Proofs), Encoding.UTF8.GetString(growth.ToBytes()));
        Assert.Equal(EvidenceCheck.Verified, growth.Open([rig.Verifier], out _, out _));
    }

    private static Rig Planted(TestKeys keys)
    {
        var rig = new Rig(keys: keys);
        DurableDirectory.Create(Rig.Folder, rig.Disk);
        rig.Disk.Plant(Segment, Convert.FromHexString(Block("segment").ReplaceLineEndings("")));
        rig.Disk.Plant(Checkpoint, Encoding.UTF8.GetBytes(Block("checkpoint")));
        return rig;
    }

    /// <summary>The code block that follows the line <c>Example, NAME:</c>.</summary>
    private static string Block(string name, string? page = null)
    {
        string[] lines = (page ?? Page).ReplaceLineEndings("\n").Split('\n');
        int begin = Array.IndexOf(lines, $"Example, {name}:");
        Assert.True(begin >= 0, $"The page has no example '{name}'.");
        IEnumerable<string> block = lines[begin..].SkipWhile(l => !l.StartsWith("```", StringComparison.Ordinal)).Skip(1).TakeWhile(l => !l.StartsWith("```", StringComparison.Ordinal));
        return string.Concat(block.Select(line => line + "\n"));
    }
}
