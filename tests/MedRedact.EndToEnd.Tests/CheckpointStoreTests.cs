using System.Text;
using MedRedact.Audit;
using MedRedact.EndToEnd.Tests.Tool;

namespace MedRedact.EndToEnd.Tests;

/// <summary><c>audit verify --checkpoints</c>, and what the ledger wrote down against itself, judged by the tool.</summary>
public sealed class CheckpointStoreTests : IDisposable
{
    private readonly AnchoredHome _home = new();

    [Fact]
    public async Task A_ledger_that_only_grew_is_verified_against_its_store()
    {
        await _home.AppendAsync(3);
        await SaysAsync(0, "3 events", "all verified");
        await _home.AppendAsync(20, from: 3);
        await SaysAsync(0, "23 events", "all verified");
    }

    [Fact]
    public async Task A_ledger_that_was_put_back_is_named_and_its_evidence_is_judged_without_it()
    {
        await _home.AppendAsync(5);
        Dictionary<string, byte[]> earlier = _home.Save();
        await _home.AppendAsync(3, from: 5);
        string keys = await _home.KeysAsync();
        _home.PutBack(earlier);

        await SaysAsync(4, "over 8 events, the ledger has 5", "rolled back");
        Assert.Equal(0, (await MedRedactTool.RunAsync(["audit", "verify", _home.Home])).ExitCode);

        string evidence = await RefusedAsync(EvidenceCheck.RolledBack);
        Directory.Delete(_home.Home, recursive: true);
        await JudgedAsync(evidence, keys, "clinic.example/audit rolled back", "it had signed for 8 events and had 5 (evidence verified)");
    }

    [Theory]
    [InlineData(3, 3)]
    [InlineData(3, 30)]
    public async Task A_forked_ledger_is_named_and_its_evidence_is_judged_without_it(int after, int instead)
    {
        await _home.AppendAsync(5);
        Dictionary<string, byte[]> common = _home.Save();
        await _home.AppendAsync(after, from: 100);
        string keys = await _home.KeysAsync();
        _home.PutBack(common);
        await _home.AppendAsync(instead, from: 200, isAnchored: false);

        await SaysAsync(4, $"over {5 + after} events, the ledger has {5 + instead}", "forked");
        Assert.Equal(0, (await MedRedactTool.RunAsync(["audit", "verify", _home.Home])).ExitCode);

        string evidence = await RefusedAsync(EvidenceCheck.Forked);
        Directory.Delete(_home.Home, recursive: true);
        await JudgedAsync(evidence, keys, "clinic.example/audit forked", $"it had signed for {5 + after} events and had {5 + instead} (evidence verified)");
    }

    /// <summary>All events are there: what a crash between store and folder leaves as well is not called a fork.</summary>
    [Fact]
    public async Task An_older_checkpoint_over_all_the_events_is_named_for_what_it_is()
    {
        await _home.AppendAsync(5);
        byte[] older = await File.ReadAllBytesAsync(Path.Combine(_home.Ledger, "checkpoint"), TestContext.Current.CancellationToken);
        await _home.AppendAsync(3, from: 5);
        await File.WriteAllBytesAsync(Path.Combine(_home.Ledger, "checkpoint"), older, TestContext.Current.CancellationToken);

        ToolResult said = await SaysAsync(4, "over 8 events, the ledger has 8", "its own checkpoint is older");
        Assert.DoesNotContain("forked", said.Output, StringComparison.Ordinal);
        await _home.AppendAsync(0);
        await SaysAsync(0, "8 events", "all verified");
    }

    [Fact]
    public async Task A_store_that_holds_nothing_or_something_else_verifies_nothing()
    {
        await _home.AppendAsync(2);
        string stored = Directory.EnumerateFiles(_home.Store, "*.checkpoint").Single();
        byte[] held = await File.ReadAllBytesAsync(stored, TestContext.Current.CancellationToken);
        File.Delete(stored);
        await SaysAsync(4, "the checkpoint store holds nothing of it");

        // Of the right form and not signed is a finding; of no form, the store has failed.
        string another = Encoding.UTF8.GetString(held).Replace("\n2\n", "\n3\n", StringComparison.Ordinal);
        await File.WriteAllTextAsync(stored, another, TestContext.Current.CancellationToken);
        await SaysAsync(4, "none of its keys signed what the checkpoint store holds");
        await File.WriteAllTextAsync(stored, "no checkpoint", TestContext.Current.CancellationToken);
        Assert.Equal(3, (await VerifyAsync()).ExitCode);
    }

    public void Dispose() => _home.Dispose();

    private Task<ToolResult> VerifyAsync() => MedRedactTool.RunAsync(["audit", "verify", _home.Home, "--checkpoints", _home.Store]);

    private async Task<ToolResult> SaysAsync(int exitCode, params string[] words)
    {
        ToolResult said = await VerifyAsync();
        Assert.True(said.ExitCode == exitCode && words.All(word => said.Output.Contains(word, StringComparison.Ordinal)), said.Output + said.Errors);
        return said;
    }

    /// <summary>A host that opens the ledger is refused; the evidence that it wrote is taken away from the home.</summary>
    private async Task<string> RefusedAsync(EvidenceCheck verdict)
    {
        var refused = await Assert.ThrowsAsync<AuditForkException>(() => _home.AppendAsync(1));
        Assert.Equal(verdict, refused.Verdict);
        string taken = _home["taken.evidence"];
        File.Copy(Path.Combine(_home.Home, "ledger-evidence", refused.EvidenceFile!), taken);
        return taken;
    }

    private static async Task JudgedAsync(string evidence, string keys, params string[] words)
    {
        ToolResult judged = await MedRedactTool.RunAsync(["audit", "check", evidence, "--key", keys]);
        Assert.True(judged.ExitCode == 4 && words.All(word => judged.Output.Contains(word, StringComparison.Ordinal)), judged.Output + judged.Errors);

        // What was changed is evidence of nothing, though a check of it ends in the same way.
        byte[] bytes = await File.ReadAllBytesAsync(evidence, TestContext.Current.CancellationToken);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(evidence, bytes, TestContext.Current.CancellationToken);
        ToolResult changed = await MedRedactTool.RunAsync(["audit", "check", evidence, "--key", keys]);
        Assert.Equal(4, changed.ExitCode);
        Assert.DoesNotContain("evidence verified", changed.Output, StringComparison.Ordinal);
    }
}
