using System.Text.Json;
using MedRedact.EndToEnd.Tests.Tool;

namespace MedRedact.EndToEnd.Tests;

/// <summary><c>medredact eval detect</c>, run as a process.</summary>
public sealed class EvalTests : IDisposable
{
    private const string Secret = "Quillfeather";
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_set_is_judged_and_neither_screen_nor_reports_hold_its_texts_ids_or_file_name()
    {
        string gold = _folder["quillfeather.jsonl"];
        await File.WriteAllTextAsync(gold, $$"""
            {"id":"{{Secret}}","text":"Mr. {{Secret}} was seen on 03/14/2024. He drives zebras.","spans":[{"start":4,"end":16,"type":"NAME"},{"start":29,"end":39,"type":"DATE"},{"start":51,"end":57,"type":"PROFESSION"}]}
            """, TestContext.Current.CancellationToken);
        ToolResult result = await MedRedactTool.RunAsync(
            ["eval", "detect", "--gold", _folder.Path, "--policy", "safe-harbor", "--age90", "--json", _folder["figures.json"], "--html", _folder["figures.html"]]);

        Assert.Equal((0, ""), (result.ExitCode, result.Errors));
        string json = await File.ReadAllTextAsync(_folder["figures.json"], TestContext.Current.CancellationToken);
        string html = await File.ReadAllTextAsync(_folder["figures.html"], TestContext.Current.CancellationToken);
        foreach (string shown in (string[])[result.Output, json, html])
        {
            Assert.DoesNotContain(Secret, shown, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("zebras", shown, StringComparison.Ordinal);
        }

        using JsonDocument figures = JsonDocument.Parse(json);
        JsonElement full = figures.RootElement.GetProperty("all").GetProperty("spanRecallFull");
        Assert.Equal((2, 3), (full.GetProperty("count").GetInt32(), full.GetProperty("of").GetInt32()));
    }

    [Fact]
    public async Task Only_a_set_declared_synthetic_shows_where_it_went_wrong()
    {
        await File.WriteAllTextAsync(_folder["own.jsonl"], """{"id":"n-1","text":"He drives zebras.","spans":[{"start":10,"end":16,"type":"PROFESSION"}]}""", TestContext.Current.CancellationToken);
        ToolResult result = await MedRedactTool.RunAsync(["eval", "detect", "--gold", _folder["own.jsonl"], "--synthetic", "--html", _folder["figures.html"]]);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("zebras</mark>", await File.ReadAllTextAsync(_folder["figures.html"], TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"id\":\"a\",\"text\":\"Quillfeather\",\"spans\":[{\"start\":0,\"end\":99,\"type\":\"NAME\"}]}", "MR-EVA-001")]
    [InlineData(null, "MR-CLI-008")]
    public async Task A_set_that_cannot_be_understood_or_found_ends_the_run_with_a_code(string? line, string code)
    {
        string gold = _folder["quillfeather.jsonl"];
        if (line is not null)
            await File.WriteAllTextAsync(gold, line, TestContext.Current.CancellationToken);
        ToolResult result = await MedRedactTool.RunAsync(["eval", "detect", "--gold", gold, "--json", _folder["figures.json"]]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(code, result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, result.Output + result.Errors, StringComparison.OrdinalIgnoreCase);
        Assert.False(File.Exists(_folder["figures.json"]));
    }

    public void Dispose() => _folder.Dispose();
}
