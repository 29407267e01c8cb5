using System.Text.Json;
using MedRedact.EndToEnd.Tests.Tool;
using MedRedact.Synthesis;

namespace MedRedact.EndToEnd.Tests;

/// <summary><c>medredact synth</c> and <c>medredact eval ocr|redact</c>, run as processes on a corpus of one card.</summary>
public sealed class PageEvalTests : IDisposable
{
    private const int Seed = 52;
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_corpus_is_written_and_read_and_released_and_nothing_of_it_is_printed_or_left_behind()
    {
        string corpus = _folder["corpus"];
        ToolResult made = await RunAsync("synth", "--out", corpus, "--count", "1", "--seed", $"{Seed}", "--kind", "insurance-card", "--dpi", "150");
        Assert.Equal((0, "clean: 1 documents in 1 files\n", ""), (made.ExitCode, made.Output, made.Errors));

        ToolResult read = await RunAsync("eval", "ocr", "--gold", corpus, "--json", _folder["reading.json"], "--html", _folder["reading.html"]);
        Assert.Equal((0, ""), (read.ExitCode, read.Errors));
        JsonElement ours = (await JsonAsync("reading.json")).GetProperty("all").GetProperty("ours");
        Assert.Equal(1, ours.GetProperty("pages").GetInt32());
        Assert.InRange(ours.GetProperty("wordsInAnyOrder").GetProperty("value").GetDouble(), 0.8, 1);

        ToolResult released = await RunAsync("eval", "redact", "--gold", corpus, "--json", _folder["release.json"], "--html", _folder["release.html"]);
        Assert.Equal((0, ""), (released.ExitCode, released.Errors));
        JsonElement all = (await JsonAsync("release.json")).GetProperty("all");
        Assert.Equal(1, all.GetProperty("released").GetProperty("count").GetInt32());
        Assert.InRange(all.GetProperty("ink").GetProperty("value").GetDouble(), 0.9, 1);
        Assert.Equal(0, all.GetProperty("pixelsChangedElsewhere").GetInt64());

        // The corpus declares that it is about nobody: its pages are shown. Screen and JSON never hold a word of it.
        string page = await TextAsync("release.html");
        Assert.Contains("001-insurance-card", page, StringComparison.Ordinal);
        Assert.Contains("data:image/png", page, StringComparison.Ordinal);
        AssertSilent(made.Output + read.Output + released.Output, await TextAsync("reading.json"), await TextAsync("release.json"), await TextAsync("reading.html"));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Temporary));
    }

    [Fact]
    public async Task Without_its_declaration_a_corpus_gives_figures_only()
    {
        string corpus = _folder["corpus"], list = Path.Combine(corpus, "corpus.json");
        await RunAsync("synth", "--out", corpus, "--count", "1", "--seed", $"{Seed}", "--kind", "insurance-card", "--dpi", "150");
        string declared = await File.ReadAllTextAsync(list, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(list, declared.Replace("  \"synthetic\": true,\n", "", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        ToolResult released = await RunAsync("eval", "redact", "--gold", _folder.Path, "--html", _folder["release.html"]);
        Assert.Equal((0, ""), (released.ExitCode, released.Errors));
        string page = await TextAsync("release.html");
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.DoesNotContain("001-insurance-card", page, StringComparison.Ordinal);
        AssertSilent(released.Output, page);
    }

    [Fact]
    public async Task Several_grades_make_a_folder_each()
    {
        ToolResult made = await RunAsync("synth", "--out", _folder["corpora"], "--count", "1", "--kind", "prescription", "--dpi", "72", "--grade", "fax", "clean", "--format", "pdf");
        Assert.Equal((0, ""), (made.ExitCode, made.Errors));
        foreach (string grade in (string[])["clean", "fax"])
        {
            Assert.True(File.Exists(Path.Combine(_folder["corpora"], grade, "corpus.json")));
            Assert.Equal("%PDF"u8.ToArray(), (await File.ReadAllBytesAsync(Path.Combine(_folder["corpora"], grade, "001-prescription.pdf"), TestContext.Current.CancellationToken))[..4]);
        }
    }

    [Theory]
    [InlineData("MR-CLI-012", "eval", "ocr", "--gold", "{folder}")]
    [InlineData("MR-CLI-012", "eval", "redact", "--gold", "{folder}/quillfeather")]
    [InlineData("MR-CLI-001", "synth", "--out", "{folder}/quillfeather", "--count", "1", "--grade", "worn-by-quillfeather")]
    [InlineData("MR-CLI-001", "synth", "--out", "{folder}/quillfeather", "--count", "0")]
    public async Task What_cannot_be_done_ends_with_a_code(string code, params string[] arguments)
    {
        ToolResult result = await RunAsync([.. arguments.Select(argument => argument.Replace("{folder}", _folder.Path, StringComparison.Ordinal))]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(code, result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("quillfeather", result.Output + result.Errors, StringComparison.OrdinalIgnoreCase);
    }

    public void Dispose() => _folder.Dispose();

    private string Temporary => Directory.CreateDirectory(_folder["temporary"]).FullName;

    private Task<ToolResult> RunAsync(params string[] arguments) => MedRedactTool.RunAsync(arguments, new Dictionary<string, string> { ["TMPDIR"] = Temporary });

    private async Task<string> TextAsync(string name) => await File.ReadAllTextAsync(_folder[name], TestContext.Current.CancellationToken);

    private async Task<JsonElement> JsonAsync(string name) => JsonDocument.Parse(await TextAsync(name)).RootElement;

    private static void AssertSilent(params string[] said)
    {
        SyntheticRecord record = SyntheticRecords.Create(DocumentKind.InsuranceCard, Seed);
        foreach (TruthSpan span in record.Spans.Where(span => span.IsPhi && span.Value.Length > 4))
            Assert.All(said, text => Assert.DoesNotContain(span.Value, text, StringComparison.OrdinalIgnoreCase));
    }
}
