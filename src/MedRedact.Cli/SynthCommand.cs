using System.CommandLine;
using System.Globalization;
using MedRedact.Synthesis;

namespace MedRedact.Cli;

/// <summary><c>medredact synth --out DIR --count N</c>: made-up scans with their truth, for trying out and for measuring.</summary>
internal static class SynthCommand
{
    private const string AllGrades = "all";

    private static readonly Dictionary<string, CorpusFormat> Formats = new(StringComparer.Ordinal)
    {
        ["png"] = CorpusFormat.Png,
        ["jpeg"] = CorpusFormat.Jpeg,
        ["tiff"] = CorpusFormat.TiffGrey,
        ["tiff-g4"] = CorpusFormat.TiffG4,
        ["pdf"] = CorpusFormat.Pdf,
    };

    private static readonly Dictionary<string, DocumentLanguage> Languages = new(StringComparer.Ordinal)
    {
        ["eng"] = DocumentLanguage.English,
        ["spa"] = DocumentLanguage.Spanish,
    };

    public static Command Create()
    {
        var output = new Option<string>("--out") { Description = "Where the corpus goes; with several grades, a folder each in it.", Required = true };
        var count = new Option<int>("--count") { Description = "How many documents of each grade.", Required = true };
        var seed = new Option<int>("--seed") { Description = "The first document's seed; the same seed gives the same documents.", DefaultValueFactory = _ => 1 };
        var kinds = new Option<string[]>("--kind") { Description = "Kinds of document, turn by turn. Default: all.", DefaultValueFactory = _ => [], AllowMultipleArgumentsPerToken = true };
        kinds.AcceptOnlyFromAmong([.. Enum.GetValues<DocumentKind>().Select(SyntheticCorpus.NameOf)]);
        var grades = new Option<string[]>("--grade") { Description = "How worn the pages are; all for each.", DefaultValueFactory = _ => [ScanGrade.Clean.Name], AllowMultipleArgumentsPerToken = true };
        grades.AcceptOnlyFromAmong([.. ScanGrade.Known.Select(grade => grade.Name), AllGrades]);
        var language = new Option<string>("--language", "--lang") { Description = "What the documents are written in; kinds that it lacks are refused.", DefaultValueFactory = _ => "eng" };
        language.AcceptOnlyFromAmong([.. Languages.Keys]);
        var dpi = new Option<int?>("--dpi") { Description = "Pixels an inch, 72 to 600. Default: 200." };
        var format = new Option<string>("--format") { Description = "png and jpeg: a file a page; tiff, tiff-g4 and pdf: a file a document.", DefaultValueFactory = _ => "png" };
        format.AcceptOnlyFromAmong([.. Formats.Keys]);
        var command = new Command("synth", "Write made-up scans with their truth.") { output, count, seed, kinds, language, grades, dpi, format };
        command.Validators.Add(result =>
        {
            if (result.GetValue(dpi) is < 72 or > 600 || result.GetValue(count) is < 1 or > 999)
                result.AddError("--dpi is 72 to 600, --count 1 to 999.");
            // Nothing has its default yet; a name that is no language is refused beside this.
            IReadOnlyList<DocumentKind> known = SyntheticRecords.KindsIn(Languages.GetValueOrDefault(result.GetValue(language) ?? ""));
            if (KindsOf(result.GetValue(kinds) ?? []).Any(kind => !known.Contains(kind)))
                result.AddError($"In this language there are: {string.Join(", ", known.Select(SyntheticCorpus.NameOf))}.");
        });
        command.SetAction(async (parsed, cancel) =>
        {
            string[] named = parsed.GetValue(grades)!;
            ScanGrade[] chosen = [.. ScanGrade.Known.Where(grade => named.Contains(AllGrades) || named.Contains(grade.Name))];
            DocumentKind[] wanted = KindsOf(parsed.GetValue(kinds)!);
            foreach (ScanGrade grade in chosen)
            {
                string folder = chosen.Length == 1 ? parsed.GetValue(output)! : Path.Combine(parsed.GetValue(output)!, grade.Name);
                var options = new CorpusOptions { Dpi = parsed.GetValue(dpi) ?? 200, Grade = grade, Format = Formats[parsed.GetValue(format)!], Language = Languages[parsed.GetValue(language)!] };
                int files = await WriteAsync(folder, wanted, parsed.GetValue(count), parsed.GetValue(seed), options, cancel);
                await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{grade.Name}: {parsed.GetValue(count)} documents in {files} files"));
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static DocumentKind[] KindsOf(string[] names) => [.. Enum.GetValues<DocumentKind>().Where(kind => names.Contains(SyntheticCorpus.NameOf(kind)))];

    private static async Task<int> WriteAsync(string folder, DocumentKind[] kinds, int count, int seed, CorpusOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return (await SyntheticCorpus.WriteAsync(folder, kinds, count, seed, options, cancellationToken)).Count;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Faults.CorpusNotWritten();
        }
    }
}
