using System.Text;
using System.Text.Json;
using MedRedact.EndToEnd.Tests.Tool;
using MedRedact.Ocr.Tesseract;
using MedRedact.Synthesis;

namespace MedRedact.EndToEnd.Tests;

/// <summary>Spanish pages through the tool: their language is told, they are read in it, and what identifies somebody is gone.</summary>
public sealed class SpanishPagesTests : IDisposable
{
    private const int Seed = 4100;
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(DocumentKind.Prescription)]
    [InlineData(DocumentKind.IntakeForm)]
    public async Task A_Spanish_page_is_told_read_and_released_without_its_identifiers(DocumentKind kind)
    {
        RequireSpanish();
        SyntheticRecord record = SyntheticRecords.Create(kind, Seed, DocumentLanguage.Spanish);
        await File.WriteAllBytesAsync(_folder["a.png"], record.DrawPages()[0].PngBytes.ToArray(), TestContext.Current.CancellationToken);
        string text = await IngestAsync("auto");

        // Of the unmistakable identifiers nothing is left, and words of the page with their accents are: it was read in Spanish.
        foreach (TruthSpan span in record.Spans.Where(span => span is { IsPhi: true, Value.Length: > 6 } && span.Type is "NAME" or "ID" or "EMAIL" or "PHONE"))
            Assert.DoesNotContain(span.Value, text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(kind is DocumentKind.Prescription ? "Duración" : "vía", text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task An_English_page_is_released_alike_with_and_without_a_choice()
    {
        RequireSpanish();
        await File.WriteAllBytesAsync(_folder["a.png"], Samples.Png(DocumentKind.Prescription, 61), TestContext.Current.CancellationToken);
        Assert.Equal(WithoutTokens(await IngestAsync("eng")), WithoutTokens(await IngestAsync("auto")));
    }

    [Fact]
    public async Task Without_data_for_the_second_language_the_run_ends_before_a_page_needs_it()
    {
        RequireSpanish();
        Directory.CreateDirectory(_folder["tessdata"]);
        string installed = TesseractEnvironment.Probe().TessdataPath!;
        foreach (string language in (string[])["eng", "osd"])
            File.CreateSymbolicLink(Path.Combine(_folder["tessdata"], language + ".traineddata"), Path.Combine(installed, language + ".traineddata"));
        await File.WriteAllBytesAsync(_folder["a.png"], Samples.Png(DocumentKind.Prescription, 61), TestContext.Current.CancellationToken);
        ToolResult result = await MedRedactTool.RunAsync(
            ["ingest", _folder["a.png"], "--out", _folder["none"], "--home", _folder["home-none"], "--lang", "auto", "--tessdata", _folder["tessdata"]]);
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("MR-OCR-004", result.Output + result.Errors, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>The words but for tokens, which each home makes its own.</summary>
    private static string[] WithoutTokens(string text) => [.. text.Split().Where(word => word.Length < 25)];

    private async Task<string> IngestAsync(string language)
    {
        string output = _folder["out-" + language];
        ToolResult result = await MedRedactTool.RunAsync(["ingest", _folder["a.png"], "--out", output, "--home", _folder["home-" + language], "--lang", language, "--json"]);
        Assert.True(result.ExitCode == 0, result.Output + result.Errors);
        JsonElement document = result.Lines[0];
        var text = new StringBuilder();
        foreach (string file in Directory.EnumerateFiles(Path.Combine(output, document.GetProperty("document").GetString()!), "*.txt"))
            text.Append(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        Assert.NotEqual(0, text.Length);
        return text.ToString();
    }

    /// <summary>Skips the test where Spanish is not installed; fails it where it must be.</summary>
    private static void RequireSpanish()
    {
        bool isReady = TesseractEnvironment.Probe(new TesseractOptions { Languages = ["eng", "spa"] }).IsReady;
        Assert.False(!isReady && Environment.GetEnvironmentVariable("CI") == "true", "CI lacks Tesseract 5 with eng and spa.");
        Assert.SkipUnless(isReady, "Not installed here: Tesseract 5 with eng and spa.");
    }
}
