using static MedRedact.Evaluation.ReportFrame;

namespace MedRedact.Evaluation;

/// <summary>The figures of one grade: the headline, each category, and what is left by cause.</summary>
internal static class ReleaseTables
{
    private const int MostRows = 25;

    public static void Write(ReleaseFigures figures, TextWriter page)
    {
        page.Write("<div class=\"tiles\">");
        Tile(page, "identifiers gone", Percent(figures.ValuesGone.Value), Interval(figures.ValuesGone));
        Tile(page, "identifiers unreadable", Percent(figures.ValuesUnreadable.Value), Interval(figures.ValuesUnreadable));
        Tile(page, "documents released", $"{Number(figures.Released.Count)} of {Number(figures.Released.Of)}", $"{Number(figures.Held)} held, {Number(figures.Withheld)} withheld{Codes(figures)}");
        Tile(page, "words covered", Percent(figures.WordsCovered.Value), Interval(figures.WordsCovered));
        Tile(page, "words no longer read", Percent(figures.WordsGone.Value), Interval(figures.WordsGone));
        Tile(page, "words no longer read, × 3", Percent(figures.WordsGoneEnlarged.Value), Interval(figures.WordsGoneEnlarged));
        Tile(page, "words that were read before", Percent(figures.WordsReadBefore.Value), Interval(figures.WordsReadBefore));
        Tile(page, "identifiers’ ink covered", Percent(figures.Ink.Value, "0.00"), $"{Percent(figures.Area.Value, "0.00")} of their rectangles");
        Tile(page, "values in the released text", Number(figures.ValuesInText.Count), $"of {Number(figures.ValuesInText.Of)}");
        Tile(page, "other words still read", Percent(figures.OthersKept.Value), Interval(figures.OthersKept));
        Tile(page, "other words’ ink lost", Percent(figures.OtherInkLost.Value, "0.00"), $"{Number(figures.Pages)} pages");
        Tile(page, "changes no manifest names", Number(figures.ChangedElsewhere), $"pixels; {Number(figures.UnfinishedReadings)} readings not finished");
        page.Write("</div>\n<div class=\"columns\">\n");
        WriteLeaks(figures, page);
        page.Write("<div>");
        WriteMarks(figures, page);
        WriteLost(figures, page);
        page.Write("</div></div>\n");
        WriteCategories(figures, page);
    }

    private static void WriteCategories(ReleaseFigures figures, TextWriter page)
    {
        page.Write("<table class=\"wide\"><caption>By category</caption><thead><tr><th>category<th class=\"n\">words<th>gone<th>words covered<th>words not read</tr></thead><tbody>\n");
        foreach (CategoryRelease one in figures.Categories)
            page.Write($"<tr><th>{Encode(one.Category)}<td class=\"n\">{Number(one.WordsCovered.Of)}<td>{IntervalBar.Of(one.ValuesGone)}<td>{IntervalBar.Of(one.WordsCovered)}<td>{IntervalBar.Of(one.WordsGone)}</tr>\n");
        page.Write("</tbody></table>\n");
    }

    private static void WriteLeaks(ReleaseFigures figures, TextWriter page)
    {
        page.Write("<table><caption>What is left, and why</caption><thead><tr><th>cause<th>category<th class=\"n\">words<th class=\"n\">readable</tr></thead><tbody>\n");
        foreach (LeakCount leak in figures.Leaks.Take(MostRows))
            page.Write($"<tr><td><span class=\"cause {(leak.Readable > 0 ? "missed" : "part")}\">{LeakWording.Of(leak.Cause)}</span><td>{Encode(leak.Category)}<td class=\"n\">{Number(leak.Count)}<td class=\"n\">{Number(leak.Readable)}</tr>\n");
        if (figures.Leaks.Skip(MostRows).ToList() is { Count: > 0 } rest)
            page.Write($"<tr class=\"rest\"><td colspan=\"2\">{Number(rest.Count)} rarer<td class=\"n\">{Number(rest.Sum(leak => leak.Count))}<td class=\"n\">{Number(rest.Sum(leak => leak.Readable))}</tr>\n");
        page.Write(figures.Leaks.IsEmpty ? "<tr><td colspan=\"4\">Nothing.</tr></tbody></table>\n" : "</tbody></table>\n");
    }

    private static void WriteMarks(ReleaseFigures figures, TextWriter page)
    {
        if (figures.Marks.IsEmpty)
            return;
        page.Write("<table><caption>Ink that is not text</caption><thead><tr><th>kind<th class=\"n\">of<th>covered</tr></thead><tbody>\n");
        foreach (MarkRelease mark in figures.Marks)
            page.Write($"<tr><th>{Encode(mark.Kind)}<td class=\"n\">{Number(mark.Covered.Of)}<td>{IntervalBar.Of(mark.Covered)}</tr>\n");
        page.Write("</tbody></table>\n");
    }

    private static void WriteLost(ReleaseFigures figures, TextWriter page)
    {
        page.Write("<table><caption>Other words lost</caption><thead><tr><th>under<th class=\"n\">words</tr></thead><tbody>\n");
        foreach (LostCount lost in figures.Lost.Take(MostRows))
            page.Write($"<tr><td>{(lost.Under is null ? "no paint: read otherwise" : $"<code>{Encode(lost.Under)}</code>")}<td class=\"n\">{Number(lost.Count)}</tr>\n");
        page.Write(figures.Lost.IsEmpty ? "<tr><td colspan=\"2\">None.</tr></tbody></table>\n" : "</tbody></table>\n");
    }

    private static string Codes(ReleaseFigures figures) =>
        figures.Codes.IsEmpty ? "" : "; " + string.Join(", ", figures.Codes.Select(code => $"{Encode(code.Code)} × {Number(code.Count)}"));
}
