using static MedRedact.Evaluation.ReportFrame;

namespace MedRedact.Evaluation;

/// <summary>Writes an evaluation of whole runs as one self-contained HTML page: no script, nothing loaded from elsewhere.</summary>
/// <remarks>Pages and words appear where the report holds them, and a report holds them only of corpora that declare themselves synthetic.</remarks>
public static class ReleasePage
{
    /// <summary>Writes the page.</summary>
    /// <param name="report">The report.</param>
    /// <param name="page">Where it goes.</param>
    public static void Write(ReleaseReport report, TextWriter page)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(page);
        string reader = report.OtherReader is null ? "No other reader was installed to read them again." : $"Read again by <b>{Encode(report.OtherReader)}</b>, as they are and enlarged threefold.";
        Begin(page, "Released pages, evaluated", $"Policy <b>{Encode(report.Policy)}</b>. {reader} Intervals are 95 %.", showsImages: true);

        page.Write("<section><h2>Grades</h2>\n");
        WriteOverview(page, "grade", report.Grades.Select(grade => (grade.Grade, grade.Figures)), report.All);
        page.Write("</section>\n<section><h2>Kinds of document</h2>\n");
        WriteOverview(page, "kind", report.Kinds.Select(kind => (kind.Kind, kind.Figures)), report.All);
        page.Write("</section>\n");
        foreach (GradeRelease grade in report.Grades)
        {
            page.Write($"<section><h2>{Encode(grade.Grade)}</h2>\n");
            ReleaseTables.Write(grade.Figures, page);
            ShownPages.Write(grade.Documents, page);
            page.Write("</section>\n");
        }

        End(page, "An identifier is gone when every word of it is covered (all but a tenth of its ink), none can be read at either size, whole or in a telling part, and its value "
            + "does not stand in the released text. The year of a date may stay. Other words count when they could be read before.");
    }

    private static void WriteOverview(TextWriter page, string by, IEnumerable<(string Name, ReleaseFigures Figures)> rows, ReleaseFigures all)
    {
        page.Write($"<table class=\"wide\"><thead><tr><th>{by}<th class=\"n\">released<th>identifiers gone<th>unreadable<th>words covered<th class=\"n\">ink covered<th class=\"n\">in text<th>other words kept<th class=\"n\">other ink lost</tr></thead><tbody>\n");
        foreach ((string name, ReleaseFigures figures) in rows)
            WriteRow(page, Encode(name), figures);
        page.Write("</tbody><tfoot>");
        WriteRow(page, "all", all);
        page.Write("</tfoot></table>\n");
    }

    private static void WriteRow(TextWriter page, string name, ReleaseFigures figures) => page.Write(
        $"<tr><th>{name}<td class=\"n\">{Number(figures.Released.Count)} of {Number(figures.Released.Of)}<td>{IntervalBar.Of(figures.ValuesGone)}<td>{IntervalBar.Of(figures.ValuesUnreadable)}"
        + $"<td>{IntervalBar.Of(figures.WordsCovered)}<td class=\"n\">{Percent(figures.Ink.Value)}<td class=\"n\">{Number(figures.ValuesInText.Count)}"
        + $"<td>{IntervalBar.Of(figures.OthersKept)}<td class=\"n\">{Percent(figures.OtherInkLost.Value, "0.00")}</tr>\n");
}
