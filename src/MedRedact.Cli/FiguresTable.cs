using System.Globalization;
using MedRedact.Evaluation;
using Spectre.Console;
using static MedRedact.Cli.Figure;

namespace MedRedact.Cli;

/// <summary>An evaluation on the screen: one row a set, then each label and what went wrong most.</summary>
internal static class FiguresTable
{
    private const int MostCauses = 12;

    public static void Show(DetectionReport report, IAnsiConsole console)
    {
        Table overview = NewTable("set", "documents", "identifiers", "recall overlapped", "recall full", "characters", "precision", "other text redacted", "clean touched", "with a leak", "leaks / 1,000 documents");
        foreach (DetectionSet set in report.Sets)
            AddRow(overview, set.Name, set.Figures);
        if (report.Sets.Length > 1)
            AddRow(overview, "all", report.All);
        console.Write(overview);

        Table types = NewTable("label", "marked", "overlapped", "full");
        foreach (TypeFigures type in report.All.Types)
            types.Row(type.Type, Number(type.Full.Of), WithInterval(type.Overlapped), WithInterval(type.Full));
        console.Write(types);

        if (report.All.Confusions.IsEmpty)
            return;
        Table causes = NewTable("what went wrong", "marked", "found as", "by rule", "times");
        foreach (Confusion one in report.All.Confusions.OrderByDescending(one => one.Count).Take(MostCauses))
            causes.Row(Name(one.Cause), one.Marked ?? "-", one.Found ?? "-", one.Rule?.Value ?? "-", Number(one.Count));
        console.Write(causes);
        if (report.All.Confusions.Length > MostCauses)
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.All.Confusions.Length - MostCauses} rarer kinds are in the reports of --json and --html."));
    }

    private static void AddRow(Table table, string name, DetectionFigures figures) => table.Row(
        name,
        Number(figures.Documents),
        Number(figures.Full.Of),
        WithInterval(figures.Overlapped),
        WithInterval(figures.Full),
        Share(figures.Characters.Value),
        WithInterval(figures.Precision),
        Percent(figures.OtherCharacters.Value),
        $"{figures.CleanDocumentsTouched.Count} of {figures.CleanDocumentsTouched.Of}",
        $"{figures.DocumentsWithLeak.Count} of {figures.DocumentsWithLeak.Of}",
        figures.Leaks.PerThousand is { } rate ? string.Create(CultureInfo.InvariantCulture, $"{rate:0.#} ({figures.Leaks.Low:0.#} to {figures.Leaks.High:0.#})") : "-");

    private static string Name(ConfusionCause cause) => cause switch
    {
        ConfusionCause.NotFound => "not found",
        ConfusionCause.InPart => "found in part",
        ConfusionCause.WrongType => "wrong type",
        _ => "over-redacted",
    };
}
