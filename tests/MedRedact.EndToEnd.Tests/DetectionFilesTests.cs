using System.Text.Json;
using MedRedact.EndToEnd.Tests.Tool;

namespace MedRedact.EndToEnd.Tests;

public sealed class DetectionFilesTests
{
    private const string Rules = """{ "name": "own", "version": "1.0", "recognizers": [ { "name": "study-id", "category": "hospital:study", "patterns": ["ST-\\d{6}"] } ] }""";

    [Fact]
    public async Task The_tool_detects_by_rules_of_ones_own_and_explains_each_span_without_content()
    {
        using var folder = new TemporaryFolder();
        await WriteAsync(folder["rules.json"], Rules);
        await WriteAsync(folder["in.jsonl"], """{ "id": 1, "text": "\ud83c\udf00 as ST-004711 today, MRN: 4471902" }""");

        ToolResult result = await MedRedactTool.RunAsync(["detect", "--in", folder["in.jsonl"], "--out", folder["out.jsonl"], "--rules", folder["rules.json"], "--explain"]);

        Assert.Equal((0, ""), (result.ExitCode, result.Errors));
        string answer = await File.ReadAllTextAsync(folder["out.jsonl"], TestContext.Current.CancellationToken);
        Assert.DoesNotContain("4711", answer, StringComparison.Ordinal);
        JsonElement span = JsonDocument.Parse(answer).RootElement.GetProperty("spans")[0];
        Assert.Equal(("study-id", "study", "text-rules", 5, 14), (span.GetProperty("rule").GetString(), span.GetProperty("category").GetString(), span.GetProperty("detector").GetString(), span.GetProperty("start").GetInt32(), span.GetProperty("end").GetInt32()));
        JsonElement ground = span.GetProperty("evidence").EnumerateArray().Single(each => each.GetProperty("rule").GetString() == "shape-match");
        Assert.Equal((5, 14), (ground.GetProperty("start").GetInt32(), ground.GetProperty("end").GetInt32()));
    }

    [Theory]
    [InlineData("detect")]
    [InlineData("ingest")]
    public async Task A_file_that_is_refused_ends_the_run_before_it_begins(string command)
    {
        using var folder = new TemporaryFolder();
        await WriteAsync(folder["rules.json"], Rules.Replace("category", "categroy", StringComparison.Ordinal));
        await WriteAsync(folder["in.jsonl"], """{ "id": 1, "text": "as ST-004711 today" }""");
        string[] arguments = command == "detect" ? ["detect", "--in", folder["in.jsonl"]] : ["ingest", folder["in.jsonl"], "--home", folder["home"]];

        ToolResult result = await MedRedactTool.RunAsync([.. arguments, "--out", folder["out"], "--rules", folder["rules.json"]]);

        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("MR-DET-102: line 1, column 75:", result.Errors, StringComparison.Ordinal);
        Assert.False(Path.Exists(folder["out"]));
    }

    private static Task WriteAsync(string path, string content) => File.WriteAllTextAsync(path, content, TestContext.Current.CancellationToken);
}
