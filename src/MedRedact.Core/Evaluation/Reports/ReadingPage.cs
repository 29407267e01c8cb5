using static MedRedact.Evaluation.ReportFrame;

namespace MedRedact.Evaluation;

/// <summary>Writes an evaluation of reading as one self-contained HTML page: no script, nothing loaded from elsewhere, no text of any page.</summary>
public static class ReadingPage
{
    private const string Head = "<th class=\"n\">pages<th class=\"n\">word errors<th class=\"n\">character errors<th>words in any order<th>identifiers read";

    /// <summary>Writes the page.</summary>
    /// <param name="report">The report.</param>
    /// <param name="page">Where it goes.</param>
    public static void Write(ReadingReport report, TextWriter page)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(page);
        string other = report.OtherReader is null ? "No other reader was installed to compare with." : $"Beside each figure of ours that of <b>{Encode(report.OtherReader)}</b>.";
        Begin(page, "Reading, evaluated", $"{other} Intervals are 95 %.");
        page.Write($"<section><h2>Grades</h2>\n<table class=\"wide\"><thead><tr><th>grade<th>reader{Head}</tr></thead><tbody>\n");
        foreach (GradeReading grade in report.Grades)
            WriteRows(page, Encode(grade.Grade), grade.All);
        page.Write("</tbody><tfoot>");
        WriteRows(page, "all", report.All);
        page.Write("</tfoot></table></section>\n");

        foreach (GradeReading grade in report.Grades)
        {
            page.Write($"<section><h2>{Encode(grade.Grade)}</h2>\n<table class=\"wide\"><thead><tr><th>page<th>reader{Head}</tr></thead><tbody>\n");
            foreach (PageReadingScore one in grade.Pages)
                WriteRows(page, $"{Number(one.Document)}, page {Number(one.Page)} <small>{Encode(one.Kind)}</small>", one.Reading);
            page.Write("</tbody></table></section>\n");
        }

        End(page, "Word errors follow the order of the words, so a table that is read column by column costs them dearly; words in any order and identifiers do not. "
            + "A page that a reader gave up on counts with all its words as errors.");
    }

    private static void WriteRows(TextWriter page, string what, ComparedReading reading)
    {
        page.Write($"<tr><th{(reading.Other is null ? "" : " rowspan=\"2\"")}>{what}<td>ours{Cells(reading.Ours, reading.Other)}</tr>\n");
        if (reading.Other is { } other)
            page.Write($"<tr class=\"rest\"><td>other{Cells(other, null)}</tr>\n");
    }

    private static string Cells(ReadingFigures figures, ReadingFigures? beside) =>
        $"<td class=\"n\">{Number(figures.Pages)}{(figures.Unread > 0 ? $"<br><small>{Number(figures.Unread)} given up</small>" : "")}"
        + $"<td class=\"n{Tone(figures.Errors.WordErrorRate, beside?.Errors.WordErrorRate)}\">{Percent(figures.Errors.WordErrorRate)}"
        + $"<td class=\"n{Tone(figures.Errors.CharacterErrorRate, beside?.Errors.CharacterErrorRate)}\">{Percent(figures.Errors.CharacterErrorRate)}"
        + $"<td>{IntervalBar.Of(figures.Errors.Recall)}<td>{IntervalBar.Of(figures.Identifiers)}";

    private static string Tone(double? ours, double? other) => other is null || ours == other ? "" : ours < other ? " better" : " worse";
}
