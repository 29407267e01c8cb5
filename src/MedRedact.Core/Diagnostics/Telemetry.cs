using System.Diagnostics;
using System.Diagnostics.Metrics;
using MedRedact.Resuming;

namespace MedRedact.Diagnostics;

/// <summary>PHI-free traces and metrics under the name <c>MedRedact</c>: codes, counts and durations only.</summary>
internal static class Telemetry
{
    public const string Name = "MedRedact";

    public static readonly ActivitySource Source = new(Name);

    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> Documents = Meter.CreateCounter<long>("medredact.documents", description: "Documents by verdict.");
    private static readonly Counter<long> Pages = Meter.CreateCounter<long>("medredact.pages", description: "Pages by verdict and reason.");
    private static readonly Counter<long> Findings = Meter.CreateCounter<long>("medredact.findings", description: "Findings by category.");
    private static readonly Counter<long> KeptPages = Meter.CreateCounter<long>("medredact.pages.kept", description: "Pages kept for a repeated request, and what became of them.");
    private static readonly Counter<long> UnreadHandwriting = Meter.CreateCounter<long>("medredact.handwriting.failed", description: "Pieces of handwriting on which the engine failed.");
    private static readonly Histogram<double> Stages = Meter.CreateHistogram<double>("medredact.stage.duration", "s", "Seconds a page spent in a stage.");

    public static void Document(DocumentVerdict verdict) => Documents.Add(1, new KeyValuePair<string, object?>("verdict", verdict.ToString()));

    public static void Page(PageVerdict verdict, HoldReason? reason) => Pages.Add(
        1, new KeyValuePair<string, object?>("verdict", verdict.ToString()), new KeyValuePair<string, object?>("reason", reason?.Code));

    public static void Finding(PhiCategory category) => Findings.Add(1, new KeyValuePair<string, object?>("category", category.ToString()));

    public static void Kept(KeptOutcome outcome) => KeptPages.Add(1, new KeyValuePair<string, object?>("outcome", outcome.ToString()));

    public static void HandwritingFailed() => UnreadHandwriting.Add(1);

    public static void Stage(string stage, TimeSpan elapsed) => Stages.Record(elapsed.TotalSeconds, new KeyValuePair<string, object?>("stage", stage));

    public static Activity? Start(string stage, DocumentId document, PageNumber? page = null)
    {
        Activity? activity = Source.StartActivity(stage);
        activity?.SetTag("medredact.document", document.ToString());
        if (page is { } number)
            activity?.SetTag("medredact.page", number.Value);
        return activity;
    }
}
