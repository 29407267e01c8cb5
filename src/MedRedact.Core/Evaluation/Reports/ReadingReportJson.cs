using System.Buffers;
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
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, FigureJson.Options))
        {
            json.WriteStartObject();
            json.WriteString("format", Format);
            json.WriteNumber("version", Version);
            json.WriteString("otherReader", report.OtherReader);
            json.WriteStartArray("grades");
            foreach (GradeReading grade in report.Grades)
            {
                json.WriteStartObject();
                json.WriteString("grade", grade.Grade);
                Write(json, grade.All);
                json.WriteStartArray("pages");
                foreach (PageReadingScore page in grade.Pages)
                {
                    json.WriteStartObject();
                    json.WriteNumber("document", page.Document);
                    json.WriteNumber("page", page.Page);
                    json.WriteString("kind", page.Kind);
                    Write(json, page.Reading);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartObject("all");
            Write(json, report.All);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter json, ComparedReading reading)
    {
        Write(json, "ours", reading.Ours);
        if (reading.Other is { } other)
            Write(json, "other", other);
    }

    private static void Write(Utf8JsonWriter json, string whose, ReadingFigures figures)
    {
        json.WriteStartObject(whose);
        json.WriteNumber("pages", figures.Pages);
        json.WriteNumber("unread", figures.Unread);
        json.WriteShare("wordErrors", new Proportion(figures.Errors.WordErrors, figures.Errors.Words), hasInterval: false);
        json.WriteShare("characterErrors", new Proportion(figures.Errors.CharacterErrors, figures.Errors.Characters), hasInterval: false);
        json.WriteShare("wordsInAnyOrder", figures.Errors.Recall);
        json.WriteShare("identifiers", figures.Identifiers);
        json.WriteEndObject();
    }
}
