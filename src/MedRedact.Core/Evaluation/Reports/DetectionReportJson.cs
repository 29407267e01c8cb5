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
        return FigureJson.Report(Format, Version, json =>
        {
            json.WriteString("policy", report.Policy);
            json.WriteBoolean("agesUnder90DontCare", report.IgnoresAgesUnder90);
            json.WriteList("sets", report.Sets, set =>
            {
                json.WriteString("name", set.Name);
                Write(json, set.Figures);
            });
            json.WriteObject("all", () => Write(json, report.All));
        });
    }

    private static void Write(Utf8JsonWriter json, DetectionFigures figures)
    {
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
        json.WriteObject("leaks", () => Write(json, figures.Leaks));
        json.WriteList("types", figures.Types, type =>
        {
            json.WriteString("type", type.Type);
            json.WriteShare("overlapped", type.Overlapped);
            json.WriteShare("full", type.Full);
        });
        json.WriteList("confusions", figures.Confusions, confusion => Write(json, confusion));
    }

    private static void Write(Utf8JsonWriter json, EventRate leaks)
    {
        json.WriteNumber("count", leaks.Events);
        json.WriteNumber("dispersion", FigureJson.Rounded(leaks.Dispersion));
        if (leaks.PerThousand is { } rate)
        {
            json.WriteNumber("perThousandDocuments", FigureJson.Rounded(rate));
            json.WriteNumber("low", FigureJson.Rounded(leaks.Low));
            json.WriteNumber("high", FigureJson.Rounded(leaks.High));
        }
    }

    private static void Write(Utf8JsonWriter json, Confusion confusion)
    {
        json.WriteString("cause", Cause(confusion.Cause));
        if (confusion.Marked is not null)
            json.WriteString("marked", confusion.Marked);
        if (confusion.Found is not null)
            json.WriteString("found", confusion.Found);
        if (confusion.Rule is { } rule)
            json.WriteString("rule", rule.Value);
        json.WriteNumber("count", confusion.Count);
    }

    private static string Cause(ConfusionCause cause) => cause switch
    {
        ConfusionCause.NotFound => "not-found",
        ConfusionCause.InPart => "in-part",
        ConfusionCause.WrongType => "wrong-type",
        _ => "over-redacted",
    };
}
