using System.Buffers;
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
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, FigureJson.Options))
        {
            json.WriteStartObject();
            json.WriteString("format", Format);
            json.WriteNumber("version", Version);
            json.WriteString("policy", report.Policy);
            json.WriteString("otherReader", report.OtherReader);
            json.WriteStartArray("grades");
            foreach (GradeRelease grade in report.Grades)
                Write(json, "grade", grade.Grade, grade.Figures);
            json.WriteEndArray();
            json.WriteStartArray("kinds");
            foreach (KindRelease kind in report.Kinds)
                Write(json, "kind", kind.Kind, kind.Figures);
            json.WriteEndArray();
            json.WritePropertyName("all");
            Write(json, null, null, report.All);
            json.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter json, string? by, string? name, ReleaseFigures figures)
    {
        json.WriteStartObject();
        if (by is not null)
            json.WriteString(by, name);
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
        WriteLists(json, figures);
        json.WriteEndObject();
    }

    private static void WriteLists(Utf8JsonWriter json, ReleaseFigures figures)
    {
        json.WriteStartArray("categories");
        foreach (CategoryRelease category in figures.Categories)
        {
            json.WriteStartObject();
            json.WriteString("category", category.Category);
            json.WriteShare("wordsCovered", category.WordsCovered);
            json.WriteShare("wordsGone", category.WordsGone);
            json.WriteShare("valuesGone", category.ValuesGone);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("marks");
        foreach (MarkRelease mark in figures.Marks)
        {
            json.WriteStartObject();
            json.WriteString("kind", mark.Kind);
            json.WriteShare("covered", mark.Covered);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("leaks");
        foreach (LeakCount leak in figures.Leaks)
        {
            json.WriteStartObject();
            json.WriteString("category", leak.Category);
            json.WriteString("cause", LeakWording.Code(leak.Cause));
            json.WriteNumber("readable", leak.Readable);
            json.WriteNumber("count", leak.Count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("otherWordsLost");
        foreach (LostCount lost in figures.Lost)
        {
            json.WriteStartObject();
            json.WriteString("under", lost.Under);
            json.WriteNumber("count", lost.Count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("codes");
        foreach (CodeCount code in figures.Codes)
        {
            json.WriteStartObject();
            json.WriteString("code", code.Code);
            json.WriteNumber("count", code.Count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
