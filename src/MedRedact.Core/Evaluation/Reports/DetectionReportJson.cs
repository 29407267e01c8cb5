using System.Buffers;
using System.Text.Json;

namespace MedRedact.Evaluation;

/// <summary>Writes an evaluation as JSON: counts, shares, intervals and labels, never a text. Described in docs/evaluation.md.</summary>
public static class DetectionReportJson
{
    internal const string Format = "medredact.detection-report";
    internal const int Version = 1;

    /// <summary>Writes a report; the same report gives the same bytes.</summary>
    /// <param name="report">The report.</param>
    /// <returns>Indented UTF-8 without a byte order mark.</returns>
    public static byte[] Write(DetectionReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("format", Format);
            json.WriteNumber("version", Version);
            json.WriteString("policy", report.Policy);
            json.WriteBoolean("agesUnder90DontCare", report.IgnoresAgesUnder90);
            json.WriteStartArray("sets");
            foreach (DetectionSet set in report.Sets)
                Write(json, set.Name, set.Figures);
            json.WriteEndArray();
            json.WritePropertyName("all");
            Write(json, null, report.All);
            json.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter json, string? name, DetectionFigures figures)
    {
        json.WriteStartObject();
        if (name is not null)
            json.WriteString("name", name);
        json.WriteNumber("documents", figures.Documents);
        Write(json, "characterRecall", figures.Characters, hasInterval: false);
        Write(json, "spanRecallOverlapped", figures.Overlapped);
        Write(json, "spanRecallFull", figures.Full);
        Write(json, "precision", figures.Precision);
        json.WriteNumber("f1", Rounded(figures.F1));
        Write(json, "otherCharactersRedacted", figures.OtherCharacters, hasInterval: false);
        Write(json, "documentsWithLeak", figures.DocumentsWithLeak);
        Write(json, "cleanDocumentsTouched", figures.CleanDocumentsTouched);
        Write(json, "typeMatch", figures.TypeMatch);
        Write(json, figures.Leaks);

        json.WriteStartArray("types");
        foreach (TypeFigures type in figures.Types)
        {
            json.WriteStartObject();
            json.WriteString("type", type.Type);
            Write(json, "overlapped", type.Overlapped);
            Write(json, "full", type.Full);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("confusions");
        foreach (Confusion confusion in figures.Confusions)
            Write(json, confusion);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, Proportion share, bool hasInterval = true)
    {
        json.WriteStartObject(name);
        json.WriteNumber("count", share.Count);
        json.WriteNumber("of", share.Of);
        if (share.Value is { } value)
        {
            json.WriteNumber("value", Rounded(value));
            if (hasInterval)
            {
                json.WriteNumber("low", Rounded(share.Low));
                json.WriteNumber("high", Rounded(share.High));
            }
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, EventRate leaks)
    {
        json.WriteStartObject("leaks");
        json.WriteNumber("count", leaks.Events);
        json.WriteNumber("dispersion", Rounded(leaks.Dispersion));
        if (leaks.PerThousand is { } rate)
        {
            json.WriteNumber("perThousandDocuments", Rounded(rate));
            json.WriteNumber("low", Rounded(leaks.Low));
            json.WriteNumber("high", Rounded(leaks.High));
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Confusion confusion)
    {
        json.WriteStartObject();
        json.WriteString("cause", Cause(confusion.Cause));
        if (confusion.Marked is not null)
            json.WriteString("marked", confusion.Marked);
        if (confusion.Found is not null)
            json.WriteString("found", confusion.Found);
        if (confusion.Rule is { } rule)
            json.WriteString("rule", rule.Value);
        json.WriteNumber("count", confusion.Count);
        json.WriteEndObject();
    }

    private static string Cause(ConfusionCause cause) => cause switch
    {
        ConfusionCause.NotFound => "not-found",
        ConfusionCause.InPart => "in-part",
        ConfusionCause.WrongType => "wrong-type",
        _ => "over-redacted",
    };

    private static double Rounded(double value) => Math.Round(value, 6);
}
