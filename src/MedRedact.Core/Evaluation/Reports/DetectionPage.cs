using static MedRedact.Evaluation.ReportFrame;

namespace MedRedact.Evaluation;

/// <summary>Writes an evaluation as one self-contained HTML page: no script, nothing loaded from elsewhere.</summary>
/// <remarks>Texts appear where the report holds them, and a report holds them only of sets that were declared synthetic.</remarks>
public static class DetectionPage
{
    /// <summary>Writes the page.</summary>
    /// <param name="report">The report.</param>
    /// <param name="page">Where it goes.</param>
    public static void Write(DetectionReport report, TextWriter page)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(page);
        string judged = report.Policy is null ? "Everything found was judged." : $"Judged: what the policy <b>{Encode(report.Policy)}</b> removes.";
        ReportFrame.Begin(page, "Detection, evaluated", judged + (report.IgnoresAgesUnder90 ? " Ages up to 89 are don’t-care." : "") + " Intervals are 95 %.");

        if (report.Sets.Length > 1)
            WriteOverview(report, page);
        foreach (DetectionSet set in report.Sets)
        {
            page.Write($"<section><h2>{Encode(set.Name)}</h2>\n");
            FigureTables.Write(set.Figures, page);
            MarkedTexts.Write(set.Documents, page);
            page.Write("</section>\n");
        }

        ReportFrame.End(page, "An identifier counts as found in full when none of its letters and digits stays; the words <i>of, in, the, at, and, on</i> inside it do not count. "
            + "A leak is an identifier that stays, whole or in part. Labels OTHER are neither misses nor errors.");
    }

    private static void WriteOverview(DetectionReport report, TextWriter page)
    {
        page.Write("<section><h2>All sets</h2>\n<table class=\"wide\"><thead><tr><th>set<th class=\"n\">documents<th class=\"n\">identifiers<th>recall, overlapped<th>recall, full<th>precision<th class=\"n\">other text redacted<th class=\"n\">leaks per 1,000 documents</tr></thead><tbody>\n");
        foreach (DetectionSet set in report.Sets)
            WriteRow(set.Name, set.Figures, page);
        page.Write("</tbody><tfoot>");
        WriteRow("all", report.All, page);
        page.Write("</tfoot></table></section>\n");
    }

    private static void WriteRow(string name, DetectionFigures figures, TextWriter page) =>
        page.Write($"<tr><th>{Encode(name)}<td class=\"n\">{Number(figures.Documents)}<td class=\"n\">{Number(figures.Full.Of)}<td>{IntervalBar.Of(figures.Overlapped)}"
            + $"<td>{IntervalBar.Of(figures.Full)}<td>{IntervalBar.Of(figures.Precision)}<td class=\"n\">{Percent(figures.OtherCharacters.Value, "0.00")}"
            + $"<td class=\"n\">{FigureTables.Leaks(figures.Leaks)}</tr>\n");
}
