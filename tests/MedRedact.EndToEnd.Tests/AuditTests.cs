using System.Text.Json;
using MedRedact.EndToEnd.Tests.Tool;

namespace MedRedact.EndToEnd.Tests;

/// <summary>The ledger of a home that took documents in, proved, searched and exported by the tool, and checked with printed keys alone.</summary>
public sealed class AuditTests(ReleaseFixture released) : IClassFixture<ReleaseFixture>
{
    [Fact]
    public async Task A_proof_an_export_and_a_kept_checkpoint_are_checked_without_the_home()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(0, (await AuditAsync("proof", "2", "--out", folder["event.proof"])).ExitCode);
        Assert.Equal(0, (await AuditAsync("proof", "--event", "0", "--out", folder["first.proof"])).ExitCode);
        Assert.Equal(0, (await AuditAsync("export", "--from", "1", "--to", "3", "--out", folder["range"])).ExitCode);
        Assert.Equal(0, (await AuditAsync("checkpoint", "--out", folder["kept"])).ExitCode);
        Assert.Equal(0, (await AuditAsync("consistency", "--from", folder["kept"], "--out", folder["growth"])).ExitCode);
        foreach (string evidence in new[] { "event.proof", "first.proof", "range", "kept", "growth" })
        {
            ToolResult checkedOut = await CheckAsync(folder[evidence]);
            Assert.True(checkedOut.ExitCode == 0, evidence + checkedOut.Output + checkedOut.Errors);
        }

        Assert.Equal(0, (await MedRedactTool.RunAsync(["audit", "consistency", "--check", folder["growth"], "--key", released.KeyFile])).ExitCode);
        foreach (string file in new[] { "event.proof", "range/events.jsonl", "kept", "growth" })
        {
            byte[] bytes = await File.ReadAllBytesAsync(folder[file], TestContext.Current.CancellationToken);
            bytes[bytes.Length / 2] ^= 1;
            await File.WriteAllBytesAsync(folder[file], bytes, TestContext.Current.CancellationToken);
            ToolResult refused = await CheckAsync(file.StartsWith("range", StringComparison.Ordinal) ? folder["range"] : folder[file]);
            Assert.True(refused.ExitCode == 4 && refused.Output.Contains("damaged", StringComparison.Ordinal), file + refused.Output + refused.Errors);
        }
    }

    [Fact]
    public async Task What_the_ledger_does_not_hold_and_what_cannot_be_written_or_read_is_refused()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(2, (await AuditAsync("proof", "100000", "--out", folder["x"])).ExitCode);
        Assert.Equal(2, (await AuditAsync("proof", "--out", folder["x"])).ExitCode);
        Assert.Equal(2, (await AuditAsync("proof", "0", "--out", folder["no/such/folder"])).ExitCode);
        Assert.Equal(2, (await AuditAsync("export", "--from", "3", "--to", "1", "--out", folder["x"])).ExitCode);
        Assert.Equal(2, (await AuditAsync("consistency", "--from", folder["none"])).ExitCode);
        Assert.Equal(2, (await AuditAsync("custody", new string('0', 32))).ExitCode);
        Assert.Equal(2, (await AuditAsync("search", "--decision", "maybe")).ExitCode);
        Assert.Equal(2, (await AuditAsync("search", "--from", "yesterday")).ExitCode);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task A_document_is_found_and_followed_by_its_id()
    {
        ToolResult all = await AuditAsync("search", "--json");
        string document = all.Lines.Select(line => line.TryGetProperty("document", out JsonElement id) ? id.GetString() : null).First(id => id is not null)!;
        string[] of = [.. all.Output.Split('\n').Where(line => line.Contains($"\"document\":\"{document}\"", StringComparison.Ordinal))];
        Assert.Equal(of, (await AuditAsync("search", "--document", document, "--json")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(of, (await AuditAsync("search", "--document", document, "--scan", "--json", "--key", released.KeyFile)).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));

        ToolResult custody = await AuditAsync("custody", document, "--json");
        Assert.Equal(0, custody.ExitCode);
        Assert.Equal(of.Length, custody.Lines.Count);
        Assert.Equal(["first", .. Enumerable.Repeat("linked", of.Length - 1)], custody.Lines.Select(line => line.GetProperty("link").GetString()));
        ToolResult table = await AuditAsync("custody", document);
        Assert.Contains("the chain is whole", table.Output, StringComparison.Ordinal);
        ToolResult known = await AuditAsync("search", "--kind", "document.released", "--from", "2020-01-01");
        Assert.Contains("document.released", known.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ledger_that_was_put_back_or_damaged_is_found_out()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["home/ledger"]);
        foreach (string file in Directory.EnumerateFiles(Path.Combine(released.Home, "ledger")))
            File.Copy(file, Path.Combine(folder["home/ledger"], Path.GetFileName(file)));
        Assert.Equal(0, (await AuditAsync("checkpoint", "--out", folder["kept"])).ExitCode);
        string[] copy = ["--home", folder["home"], "--key", released.KeyFile];
        Assert.Equal(0, (await MedRedactTool.RunAsync(["audit", "consistency", "--from", folder["kept"], .. copy])).ExitCode);

        string segment = Directory.EnumerateFiles(folder["home/ledger"], "*.segment").Single();
        byte[] bytes = await File.ReadAllBytesAsync(segment, TestContext.Current.CancellationToken);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(segment, bytes, TestContext.Current.CancellationToken);
        foreach (string[] command in new string[][] { ["consistency", "--from", folder["kept"]], ["proof", "0", "--out", folder["p"]], ["search"], ["export", "--from", "0", "--to", "1", "--out", folder["r"]] })
        {
            ToolResult damaged = await MedRedactTool.RunAsync(["audit", .. command, .. copy]);
            Assert.True(damaged.ExitCode == 4 && damaged.Output.Contains("damaged", StringComparison.Ordinal), command[0] + damaged.Output + damaged.Errors);
        }
    }

    private Task<ToolResult> AuditAsync(params string[] arguments) => MedRedactTool.RunAsync(["audit", .. arguments, "--home", released.Home]);

    private Task<ToolResult> CheckAsync(string path) => MedRedactTool.RunAsync(["audit", "check", path, "--key", released.KeyFile]);
}
