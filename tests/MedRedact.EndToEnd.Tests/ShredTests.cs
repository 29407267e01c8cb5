using MedRedact.Audit;
using MedRedact.EndToEnd.Tests.Tool;
using MedRedact.Synthesis;

namespace MedRedact.EndToEnd.Tests;

/// <summary>A person whose record is taken in and shredded with the tool, and a stranger who checks that it was.</summary>
public sealed class ShredTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Home => _folder["home"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_person_is_shredded_by_a_record_number_that_no_command_line_shows_and_a_stranger_can_check_it()
    {
        await WriteAsync("a.png", Samples.Png(DocumentKind.Prescription, 62));
        await WriteAsync("known.json", """{ "mrn": "QX-4471-09" }"""u8.ToArray());
        await WriteAsync("number", "qx 447109\n"u8.ToArray());
        await WriteAsync("other", "QX-0000-01"u8.ToArray());
        ToolResult ingested = await MedRedactTool.RunAsync(
            ["ingest", _folder["a.png"], "--known", _folder["known.json"], "--out", _folder["out"], "--home", Home, "--json"]);
        Assert.True(ingested.ExitCode == 0, ingested.Output + ingested.Errors);
        string document = ingested.Lines[0].GetProperty("document").GetString()!;

        Assert.Equal(2, (await RunAsync("shred")).ExitCode);
        Assert.Equal(2, (await RunAsync("shred", "--subject", "Ann-Example")).ExitCode);
        Assert.Equal(2, (await RunAsync("shred", "--record-number", _folder["nowhere"])).ExitCode);
        Assert.Equal(1, (await RunAsync("shred", "--record-number", _folder["other"])).ExitCode);
        Assert.Equal(0, (await RunAsync("hold", document, "--reason", "audit-7")).ExitCode);
        ToolResult held = await RunAsync("shred", "--record-number", _folder["number"]);
        Assert.Equal(3, held.ExitCode);
        Assert.StartsWith("MR-RET-016", held.Errors, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("release", document, "--reason", "audit-7")).ExitCode);

        ToolResult shredded = await RunAsync("shred", "--record-number", _folder["number"], "--out", _folder["gone"]);
        Assert.True(shredded.ExitCode == 0, shredded.Output + shredded.Errors);
        string subject = shredded.Output.Trim().Split(' ')[^1];
        foreach (string zone in new[] { "quarantine", "redacted", "structured" })
            Assert.Empty(Directory.EnumerateFiles(Path.Combine(Home, "zones", zone), "*", SearchOption.AllDirectories));
        ToolResult all = await MedRedactTool.RunAsync(["audit", "verify", Home]);
        Assert.True(all.ExitCode == 0, all.Output);

        ToolResult keys = await MedRedactTool.RunAsync(["audit", "keys", "--home", Home]);
        await WriteAsync("keys.txt", System.Text.Encoding.UTF8.GetBytes(keys.Output));
        Assert.Equal(0, await VerifyAsync());
        foreach (string file in Directory.GetFiles(_folder[$"gone/{subject}"]))
        {
            byte[] good = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
            await File.WriteAllBytesAsync(file, [.. good[..^20], (byte)(good[^20] ^ 1), .. good[^19..]], TestContext.Current.CancellationToken);
            Assert.Equal(4, await VerifyAsync());
            await File.WriteAllBytesAsync(file, good, TestContext.Current.CancellationToken);
        }

        Directory.Move(_folder[$"gone/{subject}"], _folder[$"gone/{new string('0', 64)}"]);
        Assert.Equal(4, await VerifyAsync());

        // Again, by pseudonym: nothing more happens.
        Assert.Equal(0, (await RunAsync("shred", "--subject", subject)).ExitCode);
        AuditRecord[] events = await AuditLedgerReader.ReadAsync(Path.Combine(Home, "ledger"), cancellationToken: TestContext.Current.CancellationToken)
            .ToArrayAsync(TestContext.Current.CancellationToken);
        Assert.Single(events, each => each.Kind == "retention.shred-begun");
        Assert.Single(events, each => each.Kind == "retention.shredded");
    }

    private async Task<int> VerifyAsync() => (await MedRedactTool.RunAsync(["verify", _folder["gone"], "--key", _folder["keys.txt"]])).ExitCode;

    private Task WriteAsync(string name, byte[] content) => File.WriteAllBytesAsync(_folder[name], content, TestContext.Current.CancellationToken);

    private Task<ToolResult> RunAsync(params string[] arguments) => MedRedactTool.RunAsync(["retention", .. arguments, "--home", Home]);
}
