using System.Text;
using System.Text.Json;
using MedRedact.EndToEnd.Tests.Tool;
using MedRedact.Synthesis;
using Microsoft.Data.Sqlite;

namespace MedRedact.EndToEnd.Tests;

/// <summary>A page through the tool under policies that replace values without the vault: it is released, also where it is read once more as a whole, and the vault stays as it was.</summary>
public sealed class ReplacementsTests(ReplacementsHome home) : IClassFixture<ReplacementsHome>
{
    [Theory]
    [InlineData("tokenize-one-way", "TokenizeOneWay", "Token")]
    [InlineData("pseudonym", "Pseudonym", "Token")]
    [InlineData("format-preserving", "FormatPreserving", "Free")]
    [InlineData("surrogate", "Surrogate", "Free")]
    public async Task A_page_is_released_and_the_vault_is_left_alone(string disposition, string decided, string replacement)
    {
        string policy = home.Folder[$"{disposition}.json"];
        await File.WriteAllTextAsync(policy, Policy(disposition), TestContext.Current.CancellationToken);
        (string text, string manifest) = await home.IngestAsync(policy, disposition);

        foreach (TruthSpan span in ReplacementsHome.Record.Spans.Where(span => span is { IsPhi: true, Value.Length: > 6 } && span.Type is "NAME" or "ID" or "EMAIL" or "PHONE"))
            Assert.DoesNotContain(span.Value, text, StringComparison.OrdinalIgnoreCase);
        Assert.Matches($"\"disposition\":\\s*\"{decided}\",\\s*\"replacement\":\\s*\"{replacement}\"", manifest);
        Assert.Equal(home.Vault, await home.ReadVaultAsync());
    }

    private static string Policy(string disposition) => $$"""
        {
          "name": "replaces", "version": "1.0", "standard": "expert-determination", "default": "redact",
          "rules": [
            { "categories": ["name", "mrn", "account", "plan", "phone", "geo"], "disposition": "{{disposition}}" },
            { "categories": ["date"], "disposition": "generalize" }
          ]
        }
        """;
}

/// <summary>A home whose vault has tokens of the same page.</summary>
public sealed class ReplacementsHome : IAsyncLifetime
{
    internal static readonly SyntheticRecord Record = SyntheticRecords.Create(DocumentKind.Prescription, 61);

    internal TemporaryFolder Folder { get; } = new();

    internal string[] Vault { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllBytesAsync(Folder["a.png"], Record.DrawPages()[0].PngBytes.ToArray(), TestContext.Current.CancellationToken);
        await IngestAsync("safe-harbor", "tokens");
        Vault = await ReadVaultAsync();
        Assert.NotEmpty(Vault);
    }

    public ValueTask DisposeAsync()
    {
        Folder.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>All rows of the vault, as they are.</summary>
    internal async Task<string[]> ReadVaultAsync()
    {
        await using var database = new SqliteConnection($"Data Source={Folder["home/vault/tokens.db"]};Mode=ReadOnly;Pooling=False");
        await database.OpenAsync(TestContext.Current.CancellationToken);
        await using SqliteCommand rows = database.CreateCommand();
        rows.CommandText = "SELECT * FROM token ORDER BY token";
        await using SqliteDataReader reader = await rows.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var all = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            all.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetValue(i) is byte[] bytes ? Convert.ToHexString(bytes) : reader.GetValue(i).ToString())));
        return [.. all];
    }

    internal async Task<(string Text, string Manifest)> IngestAsync(string policy, string name)
    {
        string output = Folder["out-" + name];
        ToolResult result = await MedRedactTool.RunAsync(
            ["ingest", Folder["a.png"], "--out", output, "--home", Folder["home"], "--policy", policy, "--second-reading", "all", "--json"]);
        Assert.True(result.ExitCode == 0, result.Output + result.Errors);
        JsonElement document = result.Lines[0];
        Assert.Equal("Released", document.GetProperty("verdict").GetString());
        string folder = Path.Combine(output, document.GetProperty("document").GetString()!);
        var text = new StringBuilder();
        foreach (string file in Directory.EnumerateFiles(folder, "*.txt"))
            text.Append(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        Assert.NotEqual(0, text.Length);
        return (text.ToString(), await File.ReadAllTextAsync(Path.Combine(folder, "manifest.json"), TestContext.Current.CancellationToken));
    }
}
