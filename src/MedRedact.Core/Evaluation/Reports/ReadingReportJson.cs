using System.Text.Json;

namespace MedRedact.Evaluation;

/// <summary>Writes an evaluation of reading as JSON: counts, shares and labels, never a text. Described in docs/evaluation.md.</summary>
public static class ReadingReportJson
{
    internal const string Format = "medredact.reading-report";
    internal const int Version = 1;

    /// <summary>Writes a report; the same report gives the same bytes.</summary>
    /// <param name="report">The report.</param>
    /// <returns>Indented UTF-8 without a byte order mark.</returns>
    public static byte[] Write(ReadingReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return FigureJson.Report(Format, Version, json =>
        {
            json.WriteString("otherReader", report.OtherReader);
            json.WriteList("grades", report.Grades, grade =>
            {
                json.WriteString("grade", grade.Grade);
                Write(json, grade.All);
                json.WriteList("pages", grade.Pages, page =>
                {
                    json.WriteNumber("document", page.Document);
                    json.WriteNumber("page", page.Page);
                    json.WriteString("kind", page.Kind);
                    Write(json, page.Reading);
                });
            });
            json.WriteObject("all", () => Write(json, report.All));
        });
    }

    private static void Write(Utf8JsonWriter json, ComparedReading reading)
    {
        json.WriteObject("ours", () => Write(json, reading.Ours));
        if (reading.Other is { } other)
            json.WriteObject("other", () => Write(json, other));
    }

    private static void Write(Utf8JsonWriter json, ReadingFigures figures)
    {
        json.WriteNumber("pages", figures.Pages);
        json.WriteNumber("unread", figures.Unread);
        json.WriteShare("wordErrors", new Proportion(figures.Errors.WordErrors, figures.Errors.Words), hasInterval: false);
        json.WriteShare("characterErrors", new Proportion(figures.Errors.CharacterErrors, figures.Errors.Characters), hasInterval: false);
        json.WriteShare("wordsInAnyOrder", figures.Errors.Recall);
        json.WriteShare("identifiers", figures.Identifiers);
    }
}
