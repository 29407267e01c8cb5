using System.Globalization;
using MedRedact.Evaluation;
using Spectre.Console;
using static MedRedact.Cli.Figure;

namespace MedRedact.Cli;

/// <summary>An evaluation of whole runs on the screen: one row a grade, then each category and what is left by cause.</summary>
internal static class ReleaseTable
{
    private const int MostRows = 15;

    public static void Show(ReleaseReport report, IAnsiConsole console)
    {
        Table overview = NewTable("grade", "released", "identifiers gone", "unreadable", "words covered", "not read", "not read, x3", "read before", "ink covered", "in text", "other words kept", "other ink lost");
        foreach (GradeRelease grade in report.Grades)
            Add(overview, grade.Grade, grade.Figures);
        if (report.Grades.Length > 1)
            Add(overview, "all", report.All);
        console.Write(overview);
        if (report.OtherReader is null)
            console.WriteLine("The tesseract program is not installed: released pages were not read again.");
        if (report.All.UnfinishedReadings > 0)
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.All.UnfinishedReadings} readings were not finished in time and count neither way."));
        if (report.All.ChangedElsewhere > 0)
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.All.ChangedElsewhere} pixels changed that no manifest names."));
        ShowDetails(report, console);
    }

    private static void ShowDetails(ReleaseReport report, IAnsiConsole console)
    {
        Table categories = NewTable("category", "words", "identifiers gone", "words covered", "words not read");
        foreach (CategoryRelease one in report.All.Categories)
            categories.Row(one.Category, Number(one.WordsCovered.Of), WithInterval(one.ValuesGone), WithInterval(one.WordsCovered), WithInterval(one.WordsGone));
        foreach (MarkRelease mark in report.All.Marks)
            categories.Row(mark.Kind, Number(mark.Covered.Of), "-", WithInterval(mark.Covered), "-");
        console.Write(categories);

        Table causes = NewTable("grade", "what is left", "category", "words", "readable");
        foreach (GradeRelease grade in report.Grades)
        {
            foreach (LeakCount leak in grade.Figures.Leaks.Take(MostRows))
                causes.Row(grade.Grade, LeakWording.Of(leak.Cause), leak.Category, Number(leak.Count), Number(leak.Readable));
        }

        console.Write(causes);
        Table others = NewTable("documents not released, other words lost", "times");
        foreach (CodeCount code in report.All.Codes)
            others.Row(code.Code, Number(code.Count));
        foreach (LostCount lost in report.All.Lost.Take(MostRows))
            others.Row(lost.Under ?? "no paint: read otherwise", Number(lost.Count));
        console.Write(others);
    }

    private static void Add(Table table, string grade, ReleaseFigures figures) => table.Row(
        grade,
        $"{figures.Released.Count} of {figures.Released.Of}",
        WithInterval(figures.ValuesGone),
        WithInterval(figures.ValuesUnreadable),
        WithInterval(figures.WordsCovered),
        WithInterval(figures.WordsGone),
        WithInterval(figures.WordsGoneEnlarged),
        Percent(figures.WordsReadBefore.Value),
        Percent(figures.Ink.Value),
        Number(figures.ValuesInText.Count),
        WithInterval(figures.OthersKept),
        Percent(figures.OtherInkLost.Value));
}
