using System.Globalization;
using System.Text.Encodings.Web;

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
        page.Write("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
            + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Detection, evaluated</title>\n<style>\n");
        page.Write(PageStyle.Css);
        page.Write("</style></head>\n<body><main>\n<header><h1>Detection, evaluated</h1><p>");
        page.Write(report.Policy is null ? "Everything found was judged." : $"Judged: what the policy <b>{Encode(report.Policy)}</b> removes.");
        page.Write(report.IgnoresAgesUnder90 ? " Ages up to 89 are don’t-care." : "");
        page.Write(" Intervals are 95 %.</p></header>\n");

        if (report.Sets.Length > 1)
            WriteOverview(report, page);
        foreach (DetectionSet set in report.Sets)
        {
            page.Write($"<section><h2>{Encode(set.Name)}</h2>\n");
            FigureTables.Write(set.Figures, page);
            MarkedTexts.Write(set.Documents, page);
            page.Write("</section>\n");
        }

        page.Write("<footer><p>An identifier counts as found in full when none of its letters and digits stays; the words <i>of, in, the, at, and, on</i> inside it do not count. "
            + "A leak is an identifier that stays, whole or in part. Labels OTHER are neither misses nor errors.</p></footer>\n</main></body></html>\n");
    }

    internal static string Encode(string text) => HtmlEncoder.Default.Encode(text);

    internal static string Percent(double? share, string format = "0.0") =>
        share is { } value ? (100 * value).ToString(format, CultureInfo.InvariantCulture) + " %" : "–";

    internal static string Number(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);

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
