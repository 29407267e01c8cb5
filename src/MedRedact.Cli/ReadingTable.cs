using MedRedact.Evaluation;
using Spectre.Console;
using static MedRedact.Cli.Figure;

namespace MedRedact.Cli;

/// <summary>An evaluation of reading on the screen: two rows a grade, ours and the other reader's.</summary>
internal static class ReadingTable
{
    public static void Show(ReadingReport report, IAnsiConsole console)
    {
        Table table = NewTable("grade", "reader", "pages", "given up", "word errors", "character errors", "words in any order", "identifiers read");
        foreach (GradeReading grade in report.Grades)
            Add(table, grade.Grade, grade.All, report.OtherReader);
        if (report.Grades.Length > 1)
            Add(table, "all", report.All, report.OtherReader);
        console.Write(table);
        if (report.OtherReader is null)
            console.WriteLine("The tesseract program is not installed: there is nothing to compare with.");
    }

    private static void Add(Table table, string grade, ComparedReading reading, string? other)
    {
        Add(table, grade, "ours", reading.Ours);
        if (reading.Other is { } figures)
            Add(table, "", other ?? "other", figures);
    }

    private static void Add(Table table, string grade, string reader, ReadingFigures figures) => table.Row(
        grade,
        reader,
        Number(figures.Pages),
        Number(figures.Unread),
        Percent(figures.Errors.WordErrorRate),
        Percent(figures.Errors.CharacterErrorRate),
        WithInterval(figures.Errors.Recall),
        WithInterval(figures.Identifiers));
}
