using System.Globalization;
using MedRedact.Evaluation;

namespace MedRedact.Cli;

/// <summary>One evaluation: sets in, a table on the screen and reports in files out.</summary>
internal sealed class EvalRun(IDispositionPolicy? policy, bool ignoresAgesUnder90, bool isSynthetic)
{
    public async Task RunAsync(IEnumerable<string> gold, string? json, string? html, CancellationToken cancellationToken)
    {
        var evaluation = new DetectionEvaluation(policy, ignoresAgesUnder90, isSynthetic);
        try
        {
            List<string> sets = Sets(gold);
            if (sets.Count == 0 || sets.Any(string.IsNullOrWhiteSpace))
                throw Faults.EvaluationFileFailed();
            for (int i = 0; i < sets.Count; i++)
            {
                await using FileStream set = File.OpenRead(sets[i]);
                await evaluation.AddAsync(NameOf(sets[i], i), GoldReader.ReadAsync(set, cancellationToken), cancellationToken);
            }

            DetectionReport report = evaluation.Report();
            FiguresTable.Show(report, PlainWidth.Console());
            if (json is not null)
                await ReportFile.WriteAsync(json, DetectionReportJson.Write(report), cancellationToken);
            if (html is not null)
                await ReportFile.WriteAsync(html, page => DetectionPage.Write(report, page), cancellationToken);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Messages of the file system name paths, and a path may name a patient.
            throw Faults.EvaluationFileFailed();
        }
    }

    /// <summary>A file that was named is a set whatever it is called; in a folder only <c>.jsonl</c> files are.</summary>
    private static List<string> Sets(IEnumerable<string> gold) =>
        [.. gold.SelectMany(path => Directory.Exists(path) ? InputFiles.Expand([path]).Where(file => file.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase)) : [path])];

    private string NameOf(string path, int index) =>
        isSynthetic ? Path.GetFileNameWithoutExtension(path) : string.Create(CultureInfo.InvariantCulture, $"set {index + 1}");
}
