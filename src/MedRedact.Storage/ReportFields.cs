using System.Collections.Immutable;

namespace MedRedact.Storage;

/// <summary>An ingestion report as JSON. Free of content, as the report is.</summary>
internal sealed record ReportFields(
    Guid Document,
    string Verdict,
    ImmutableArray<PageReportFields> Pages,
    SortedDictionary<string, int> Findings,
    string Policy,
    long Sequence,
    string Leaf,
    string? Rejection = null,
    string? Remedy = null,
    string? Manifest = null,
    string? DocumentType = null)
{
    public static ReportFields Of(IngestionReport report) => new(
        report.Document.Value,
        report.Verdict.ToString(),
        [.. report.Pages.Select(page => new PageReportFields(page.Page.Value, page.Verdict.ToString(), page.Reason?.Code))],
        new(report.Tally.Counts.ToDictionary(), StringComparer.Ordinal),
        report.Policy.ToString(),
        report.Receipt.Sequence,
        report.Receipt.LeafHash.ToString(),
        report.Rejection?.Value,
        report.Remedy,
        report.Manifest?.ToString(),
        report.DocumentType?.Value);

    /// <summary>The report; whatever is out of grammar throws <see cref="FormatException"/> or <see cref="ArgumentException"/>.</summary>
    public IngestionReport ToReport() => new(
        new DocumentId(Document),
        Enum.Parse<DocumentVerdict>(Verdict),
        [.. Pages.Select(page => page.ToReport())],
        new FindingTally(Findings.ToImmutableSortedDictionary(StringComparer.Ordinal)),
        new PolicyHash(ReadDigest(Policy)),
        new AuditReceipt(Sequence, new LeafHash(ReadDigest(Leaf))))
    {
        Rejection = Rejection is null ? null : new RejectionCode(Rejection),
        Remedy = Remedy,
        Manifest = Manifest is null ? null : ReadDigest(Manifest),
        DocumentType = DocumentType is null ? null : new DocumentType(DocumentType),
    };

    internal static Digest256 ReadDigest(string hex) =>
        Digest256.TryParse(hex, out Digest256 digest) ? digest : throw new FormatException("A digest is 64 hexadecimal digits.");
}

/// <summary>What became of one page, as JSON.</summary>
internal sealed record PageReportFields(int Page, string Verdict, string? Reason = null)
{
    public PageReport ToReport() =>
        new(new PageNumber(Page), Enum.Parse<PageVerdict>(Verdict), Reason is null ? null : new HoldReason(Reason));
}
