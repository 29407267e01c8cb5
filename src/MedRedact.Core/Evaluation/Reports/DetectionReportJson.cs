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
        using (var json = new Utf8JsonWriter(bytes, FigureJson.Options))
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
        json.WriteShare("characterRecall", figures.Characters, hasInterval: false);
        json.WriteShare("spanRecallOverlapped", figures.Overlapped);
        json.WriteShare("spanRecallFull", figures.Full);
        json.WriteShare("precision", figures.Precision);
        json.WriteNumber("f1", FigureJson.Rounded(figures.F1));
        json.WriteShare("otherCharactersRedacted", figures.OtherCharacters, hasInterval: false);
        json.WriteShare("documentsWithLeak", figures.DocumentsWithLeak);
        json.WriteShare("cleanDocumentsTouched", figures.CleanDocumentsTouched);
        json.WriteShare("typeMatch", figures.TypeMatch);
        Write(json, figures.Leaks);

        json.WriteStartArray("types");
        foreach (TypeFigures type in figures.Types)
        {
            json.WriteStartObject();
            json.WriteString("type", type.Type);
            json.WriteShare("overlapped", type.Overlapped);
            json.WriteShare("full", type.Full);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("confusions");
        foreach (Confusion confusion in figures.Confusions)
            Write(json, confusion);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, EventRate leaks)
    {
        json.WriteStartObject("leaks");
        json.WriteNumber("count", leaks.Events);
        json.WriteNumber("dispersion", FigureJson.Rounded(leaks.Dispersion));
        if (leaks.PerThousand is { } rate)
        {
            json.WriteNumber("perThousandDocuments", FigureJson.Rounded(rate));
            json.WriteNumber("low", FigureJson.Rounded(leaks.Low));
            json.WriteNumber("high", FigureJson.Rounded(leaks.High));
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
}
