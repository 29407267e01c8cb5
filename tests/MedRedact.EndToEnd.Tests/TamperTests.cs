using MedRedact.EndToEnd.Tests.Tool;
using MedRedact.Synthesis;

namespace MedRedact.EndToEnd.Tests;

public sealed class TamperTests
{
    [Fact]
    public async Task Verification_names_what_was_changed_in_ledger_store_manifest_or_image()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder["a.png"], Samples.Png(DocumentKind.Prescription, 61), TestContext.Current.CancellationToken);
        ToolResult ingested = await MedRedactTool.RunAsync(["ingest", folder["a.png"], "--out", folder["out"], "--home", folder["home"], "--pdf", "--json"]);
        Assert.True(ingested.ExitCode == 0, ingested.Output + ingested.Errors);
        string document = ingested.Lines[0].GetProperty("document").GetString()!;
        Assert.Equal(0, (await VerifyAsync(folder["home"])).ExitCode);
        Assert.Equal(0, (await VerifyAsync(folder["out"], folder["home"])).ExitCode);

        // One byte in the middle of each kind of file; the rooms' own tests flip every byte.
        foreach (string file in Directory.EnumerateFiles(folder["home/ledger"], "*", SearchOption.AllDirectories).Where(path => new FileInfo(path).Length > 0 && !path.EndsWith("lock", StringComparison.Ordinal)))
        {
            ToolResult result = await FlippedAsync(file, () => VerifyAsync(folder["home"]));
            Assert.True(result.ExitCode is 4 or 3, $"{Path.GetFileName(file)}: {result.Output}{result.Errors}");
        }

        foreach (string zone in new[] { "redacted", "structured", "proofs" })
        {
            string file = Directory.EnumerateFiles(folder["home"], "*", SearchOption.AllDirectories).First(path => path.Contains($"{Path.DirectorySeparatorChar}{zone}{Path.DirectorySeparatorChar}", StringComparison.OrdinalIgnoreCase) && new FileInfo(path).Length > 100);
            ToolResult result = await FlippedAsync(file, () => VerifyAsync(folder["home"]));
            Assert.Equal(4, result.ExitCode);
            Assert.Contains(document, result.Output.ReplaceLineEndings(""), StringComparison.Ordinal);
        }

        foreach (string name in new[] { "manifest.json", "page-0001.png", "text.txt", "record.json", "document.pdf" })
        {
            ToolResult result = await FlippedAsync(folder[$"out/{document}/{name}"], () => VerifyAsync(folder["out"], folder["home"]));
            Assert.Equal(4, result.ExitCode);
            Assert.Contains($"document {document}: {name}", result.Output, StringComparison.Ordinal);
        }

        foreach (string name in new[] { "manifest.json", "page-0001.png", "text.txt", "record.json" })
        {
            File.Move(folder[$"out/{document}/{name}"], folder["aside"]);
            ToolResult result = await VerifyAsync(folder["out"], folder["home"]);
            File.Move(folder["aside"], folder[$"out/{document}/{name}"]);
            Assert.Equal(4, result.ExitCode);
            Assert.Contains($"document {document}: {name} is missing", result.Output, StringComparison.Ordinal);
        }

        string more = folder[$"out/{document}/Quillfeather-Ambrose.png"];
        await File.WriteAllTextAsync(more, "no part of it", TestContext.Current.CancellationToken);
        ToolResult quiet = await VerifyAsync(folder["out"], folder["home"]);
        ToolResult shown = await MedRedactTool.RunAsync(["audit", "verify", folder["out"], "--home", folder["home"], "--show-paths"]);
        File.Delete(more);
        Assert.Equal(4, quiet.ExitCode);
        Assert.Contains(document, quiet.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Quillfeather", quiet.Output, StringComparison.Ordinal);
        Assert.Contains("Quillfeather-Ambrose.png is not part of the document", shown.Output, StringComparison.Ordinal);

        Assert.Equal(0, (await VerifyAsync(folder["home"])).ExitCode);
    }

    private static Task<ToolResult> VerifyAsync(string target, string? home = null) =>
        MedRedactTool.RunAsync(["audit", "verify", target, .. home is null ? Array.Empty<string>() : ["--home", home]]);

    private static async Task<ToolResult> FlippedAsync(string file, Func<Task<ToolResult>> verify)
    {
        byte[] good = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        byte[] bad = [.. good];
        bad[bad.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(file, bad, TestContext.Current.CancellationToken);
        try
        {
            return await verify();
        }
        finally
        {
            await File.WriteAllBytesAsync(file, good, TestContext.Current.CancellationToken);
        }
    }
}
