using System.Collections.Immutable;

namespace MedRedact.Cli;

/// <summary>What became of one input file; no content, and its path only where it was asked for.</summary>
internal sealed record FileResult(int Index, DocumentVerdict Verdict)
{
    public string? Document { get; init; }

    public string? Code { get; init; }

    public string? Remedy { get; init; }

    public int Released { get; init; }

    public int Held { get; init; }

    public int Withheld { get; init; }

    public int Findings { get; init; }

    public string? Out { get; init; }

    public string? Path { get; init; }

    public ImmutableArray<string> Explanation { get; init; } = [];

    public static FileResult Of(int index, IngestionReport report, string? folder, string? path)
    {
        HoldReason? reason = report.Pages.Where(page => page.Reason is not null).OrderBy(page => page.Verdict).Select(page => page.Reason).FirstOrDefault();
        string? code = report.Rejection?.Value ?? reason?.Code;
        return new FileResult(index, report.Verdict)
        {
            Document = report.Document.ToString(),
            Code = report.Verdict == DocumentVerdict.Released ? null : code,
            Remedy = report.Remedy,
            Released = report.Pages.Count(page => page.Verdict == PageVerdict.Released),
            Held = report.Pages.Count(page => page.Verdict == PageVerdict.HeldForReview),
            Withheld = report.Pages.Count(page => page.Verdict == PageVerdict.Withheld),
            Findings = report.Tally.Total,
            Out = folder,
            Path = path,
        };
    }

    public static FileResult Faulted(int index, MedRedactException fault, string? path) =>
        new(index, DocumentVerdict.Withheld) { Code = fault.Code.Value, Remedy = fault.Remedy, Path = path };

    public static FileResult Refused(int index, MedRedactException fault, string? path) =>
        new(index, DocumentVerdict.Rejected) { Code = fault.Code.Value, Remedy = fault.Remedy, Path = path };
}
