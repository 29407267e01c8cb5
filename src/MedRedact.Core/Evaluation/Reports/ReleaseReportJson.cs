using System.Text.Json;

namespace MedRedact.Evaluation;

/// <summary>Writes an evaluation of whole runs as JSON: counts, shares and labels, never a text. Described in docs/evaluation.md.</summary>
public static class ReleaseReportJson
{
    internal const string Format = "medredact.release-report";
    internal const int Version = 1;

    /// <summary>Writes a report; the same report gives the same bytes.</summary>
    /// <param name="report">The report.</param>
    /// <returns>Indented UTF-8 without a byte order mark.</returns>
    public static byte[] Write(ReleaseReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return FigureJson.Report(Format, Version, json =>
        {
            json.WriteString("policy", report.Policy);
            json.WriteString("otherReader", report.OtherReader);
            json.WriteList("grades", report.Grades, grade =>
            {
                json.WriteString("grade", grade.Grade);
                Write(json, grade.Figures);
            });
            json.WriteList("kinds", report.Kinds, kind =>
            {
                json.WriteString("kind", kind.Kind);
                Write(json, kind.Figures);
            });
            json.WriteObject("all", () => Write(json, report.All));
        });
    }

    private static void Write(Utf8JsonWriter json, ReleaseFigures figures)
    {
        json.WriteShare("released", figures.Released);
        json.WriteNumber("held", figures.Held);
        json.WriteNumber("withheld", figures.Withheld);
        json.WriteNumber("pages", figures.Pages);
        json.WriteShare("valuesGone", figures.ValuesGone);
        json.WriteShare("valuesUnreadable", figures.ValuesUnreadable);
        json.WriteShare("valuesInText", figures.ValuesInText);
        json.WriteShare("wordsCovered", figures.WordsCovered);
        json.WriteShare("wordsGone", figures.WordsGone);
        json.WriteShare("wordsGoneEnlarged", figures.WordsGoneEnlarged);
        json.WriteShare("wordsReadBefore", figures.WordsReadBefore);
        json.WriteShare("area", figures.Area, hasInterval: false);
        json.WriteShare("ink", figures.Ink, hasInterval: false);
        json.WriteShare("othersKept", figures.OthersKept);
        json.WriteShare("otherInkLost", figures.OtherInkLost, hasInterval: false);
        json.WriteNumber("pixelsChangedElsewhere", figures.ChangedElsewhere);
        json.WriteNumber("unfinishedReadings", figures.UnfinishedReadings);
        json.WriteList("categories", figures.Categories, category =>
        {
            json.WriteString("category", category.Category);
            json.WriteShare("wordsCovered", category.WordsCovered);
            json.WriteShare("wordsGone", category.WordsGone);
            json.WriteShare("valuesGone", category.ValuesGone);
        });
        json.WriteList("marks", figures.Marks, mark =>
        {
            json.WriteString("kind", mark.Kind);
            json.WriteShare("covered", mark.Covered);
        });
        json.WriteList("leaks", figures.Leaks, leak =>
        {
            json.WriteString("category", leak.Category);
            json.WriteString("cause", LeakWording.Code(leak.Cause));
            json.WriteNumber("readable", leak.Readable);
            json.WriteNumber("count", leak.Count);
        });
        json.WriteList("otherWordsLost", figures.Lost, lost =>
        {
            json.WriteString("under", lost.Under);
            json.WriteNumber("count", lost.Count);
        });
        json.WriteList("codes", figures.Codes, code =>
        {
            json.WriteString("code", code.Code);
            json.WriteNumber("count", code.Count);
        });
    }
}
