using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using MedRedact.Core.Tests.Detection;
using MedRedact.Evaluation;
using MedRedact.Policies;

namespace MedRedact.Core.Tests.Evaluation;

/// <summary>The figures are those of the scoring script beside the labelled sets, to the last printed digit.</summary>
public sealed class ScoreScriptTests
{
    [Theory]
    [InlineData("asq-phi", true)]
    [InlineData("aci-bench-notes-silver", true)]
    [InlineData("mts-dialog-sections-negatives", true)]
    [InlineData("presidio-synth-v2", false)]
    [InlineData("presidio-generated-large", false)]
    [InlineData("meddocan-dev", false)]
    [InlineData("jsl-pdf-easy-text", false)]
    public async Task Figures_equal_those_of_the_scoring_script(string set, bool ignoresAges)
    {
        string? gold = OptionalData.Find($"phi/{set}.jsonl");
        string? script = OptionalData.Find("phi/score.py");
        if (gold is null || script is null)
            Assert.Skip("the optional labelled sets are not beside the repository");

        DirectoryInfo folder = Directory.CreateTempSubdirectory("medredact-eval-");
        try
        {
            string predictions = Path.Combine(folder.FullName, "found.jsonl");
            DetectionFigures figures = await JudgeAsync(gold, predictions, ignoresAges);
            Assert.Equal(Run([script, gold, predictions, "--q", .. ignoresAges ? ["--age90"] : Array.Empty<string>()]), Printed(figures));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<DetectionFigures> JudgeAsync(string gold, string predictions, bool ignoresAges)
    {
        var tally = new DetectionTally();
        await using FileStream stream = File.OpenRead(gold);
        await using StreamWriter found = File.CreateText(predictions);
        await foreach (GoldDocument document in GoldReader.ReadAsync(stream, TestContext.Current.CancellationToken))
        {
            ImmutableArray<FoundSpan> spans = FoundSpans.In(document.Text, BuiltInPolicies.SafeHarbor);
            tally.Add(DocumentScorer.Score(document, spans, ignoresAges));
            await found.WriteLineAsync(JsonSerializer.Serialize(new
            {
                id = document.Id.Reveal(),
                spans = spans.Select(span => new { start = span.Start, end = span.End, type = span.Type }),
            }));
        }

        return tally.Figures();
    }

    private static string Run(string[] arguments)
    {
        try
        {
            using Process python = Process.Start(new ProcessStartInfo("python3", arguments) { RedirectStandardOutput = true })!;
            string output = python.StandardOutput.ReadToEnd();
            python.WaitForExit();
            return output.Trim();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("python3 is not installed");
            return "";
        }
    }

    private static string Printed(DetectionFigures figures) => string.Create(
        CultureInfo.InvariantCulture,
        $"docs {figures.Documents} gold {figures.Full.Of} pred {figures.Precision.Of} | char-recall {figures.Characters.Value ?? 0:0.0000} span-recall(overlap) {figures.Overlapped.Value ?? 0:0.0000} span-recall(full) {figures.Full.Value ?? 0:0.0000} precision {figures.Precision.Value ?? 0:0.0000} F1(ov) {figures.F1:0.0000} | non-PHI chars redacted {100 * figures.OtherCharacters.Value ?? 0:0.00}% | docs with a leak {figures.DocumentsWithLeak.Count}/{figures.Documents} | negatives over-redacted {figures.CleanDocumentsTouched.Count}/{figures.CleanDocumentsTouched.Of} | type-match {figures.TypeMatch.Value ?? 0:0.000}");
}
