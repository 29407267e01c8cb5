using System.Text;
using System.Text.Json;
using MedRedact.EndToEnd.Tests.Tool;
using MedRedact.Synthesis;

namespace MedRedact.EndToEnd.Tests;

/// <summary>A page through the tool under policies that replace values without the vault: it is released, also where it is read once more as a whole, and the vault stays as it was.</summary>
public sealed class ReplacementsTests : IDisposable
{
    private static readonly SyntheticRecord Record = SyntheticRecords.Create(DocumentKind.Prescription, 61);

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("tokenize-one-way", "Token")]
    [InlineData("pseudonym", "Token")]
    [InlineData("format-preserving", "Free")]
    [InlineData("surrogate", "Free")]
    public async Task A_page_is_released_and_the_vault_is_left_alone(string disposition, string kind)
    {
        string home = _folder["home"];
        await File.WriteAllBytesAsync(_folder["a.png"], Record.DrawPages()[0].PngBytes.ToArray(), TestContext.Current.CancellationToken);
        await IngestAsync(home, "first", "safe-harbor");
        byte[] vault = await VaultAsync(home);

        await File.WriteAllTextAsync(_folder["policy.json"], Policy(disposition), TestContext.Current.CancellationToken);
        (string text, string manifest) = await IngestAsync(home, "second", _folder["policy.json"]);

        foreach (TruthSpan span in Record.Spans.Where(span => span is { IsPhi: true, Value.Length: > 6 } && span.Type is "NAME" or "ID" or "EMAIL" or "PHONE"))
            Assert.DoesNotContain(span.Value, text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(kind, manifest, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(vault, await VaultAsync(home));
    }

    public void Dispose() => _folder.Dispose();

    private static string Policy(string disposition) => $$"""
        {
          "name": "replaces", "version": "1.0", "standard": "expert-determination", "default": "redact",
          "rules": [
            { "categories": ["name", "mrn", "account", "plan", "phone", "geo"], "disposition": "{{disposition}}" },
            { "categories": ["date"], "disposition": "generalize" }
          ]
        }
        """;

    private static Task<byte[]> VaultAsync(string home) =>
        File.ReadAllBytesAsync(Assert.Single(Directory.EnumerateFiles(home, "*.db", SearchOption.AllDirectories), file => Path.GetFileName(file).Contains("token", StringComparison.Ordinal)), TestContext.Current.CancellationToken);

    private async Task<(string Text, string Manifest)> IngestAsync(string home, string name, string policy)
    {
        string output = _folder[name];
        ToolResult result = await MedRedactTool.RunAsync(
            ["ingest", _folder["a.png"], "--out", output, "--home", home, "--policy", policy, "--second-reading", "all", "--json"]);
        Assert.True(result.ExitCode == 0, result.Output + result.Errors);
        JsonElement document = result.Lines[0];
        Assert.Equal("released", document.GetProperty("verdict").GetString(), ignoreCase: true);
        string folder = Path.Combine(output, document.GetProperty("document").GetString()!);
        var text = new StringBuilder();
        foreach (string file in Directory.EnumerateFiles(folder, "*.txt"))
            text.Append(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        Assert.NotEqual(0, text.Length);
        return (text.ToString(), await File.ReadAllTextAsync(Path.Combine(folder, "manifest.json"), TestContext.Current.CancellationToken));
    }
}
