using System.Globalization;
using static MedRedact.Evaluation.ReportFrame;

namespace MedRedact.Evaluation;

/// <summary>The figures of one set: the headline, each label, and what went wrong by cause and rule.</summary>
internal static class FigureTables
{
    private const int MostRows = 25;

    public static void Write(DetectionFigures figures, TextWriter page)
    {
        page.Write("<div class=\"tiles\">");
        Tile(page, "recall, overlapped", Percent(figures.Overlapped.Value), Interval(figures.Overlapped));
        Tile(page, "recall, full", Percent(figures.Full.Value), Interval(figures.Full));
        Tile(page, "precision", Percent(figures.Precision.Value), Interval(figures.Precision));
        Tile(page, "characters found", Percent(figures.Characters.Value), $"{Number(figures.Characters.Count)} of {Number(figures.Characters.Of)}");
        Tile(page, "other text redacted", Percent(figures.OtherCharacters.Value, "0.00"), $"{Number(figures.OtherCharacters.Count)} of {Number(figures.OtherCharacters.Of)} characters");
        Tile(page, "leaks per 1,000 documents", Rate(figures.Leaks.PerThousand), Rates(figures.Leaks));
        Tile(page, "documents with a leak", $"{Number(figures.DocumentsWithLeak.Count)} of {Number(figures.DocumentsWithLeak.Of)}", Interval(figures.DocumentsWithLeak));
        Tile(page, "clean documents touched", $"{Number(figures.CleanDocumentsTouched.Count)} of {Number(figures.CleanDocumentsTouched.Of)}", Interval(figures.CleanDocumentsTouched));
        page.Write("</div>\n<div class=\"columns\">\n");
        WriteTypes(figures, page);
        WriteConfusions(figures, page);
        page.Write("</div>\n");
    }

    public static string Leaks(EventRate leaks) => $"{Rate(leaks.PerThousand)}<br><small>{Rates(leaks)}</small>";

    private static void WriteTypes(DetectionFigures figures, TextWriter page)
    {
        page.Write("<table><caption>By label</caption><thead><tr><th>label<th class=\"n\">marked<th>overlapped<th>full</tr></thead><tbody>\n");
        foreach (TypeFigures type in figures.Types)
            page.Write($"<tr><th>{Encode(type.Type)}<td class=\"n\">{Number(type.Full.Of)}<td>{IntervalBar.Of(type.Overlapped)}<td>{IntervalBar.Of(type.Full)}</tr>\n");
        page.Write("</tbody></table>\n");
    }

    private static void WriteConfusions(DetectionFigures figures, TextWriter page)
    {
        page.Write($"<table><caption>What went wrong <small>(found as what it is: {Percent(figures.TypeMatch.Value)})</small></caption>"
            + "<thead><tr><th>cause<th>marked<th>found as<th>by rule<th class=\"n\">times</tr></thead><tbody>\n");
        foreach (IGrouping<ConfusionCause, Confusion> cause in figures.Confusions.GroupBy(one => one.Cause))
        {
            foreach (Confusion one in cause.Take(MostRows))
                page.Write($"<tr><td><span class=\"cause {Class(one.Cause)}\">{Name(one.Cause)}</span><td>{Encode(one.Marked ?? "–")}<td>{Encode(one.Found ?? "–")}<td><code>{Encode(one.Rule?.Value ?? "–")}</code><td class=\"n\">{Number(one.Count)}</tr>\n");
            if (cause.Skip(MostRows).ToList() is { Count: > 0 } rest)
                page.Write($"<tr class=\"rest\"><td><span class=\"cause {Class(cause.Key)}\">{Name(cause.Key)}</span><td colspan=\"3\">{Number(rest.Count)} rarer kinds<td class=\"n\">{Number(rest.Sum(one => one.Count))}</tr>\n");
        }

        page.Write(figures.Confusions.IsEmpty ? "<tr><td colspan=\"5\">Nothing.</tr></tbody></table>\n" : "</tbody></table>\n");
    }

    private static string Rate(double? rate) => rate is { } value ? value.ToString(value < 10 ? "0.0" : "#,0", CultureInfo.InvariantCulture) : "–";

    private static string Rates(EventRate leaks) => leaks.PerThousand is null ? "" : $"{Rate(leaks.Low)} to {Rate(leaks.High)}";

    private static string Name(ConfusionCause cause) => cause switch
    {
        ConfusionCause.NotFound => "not found",
        ConfusionCause.InPart => "found in part",
        ConfusionCause.WrongType => "wrong type",
        _ => "over-redacted",
    };

    private static string Class(ConfusionCause cause) => cause switch
    {
        ConfusionCause.NotFound => "missed",
        ConfusionCause.InPart => "part",
        ConfusionCause.WrongType => "wrong",
        _ => "over",
    };
}
