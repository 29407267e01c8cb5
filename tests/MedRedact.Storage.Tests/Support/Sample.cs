using System.Collections.Immutable;
using System.Reflection;

namespace MedRedact.Storage.Tests;

/// <summary>Synthetic documents, and the two kinds of object that only the core may make.</summary>
internal static class Sample
{
    public static TenantId Tenant { get; } = new("clinic-a");

    public static TokenScope Scope { get; } = new("clinic-a");

    public static TokenContext Context { get; } = new(Tenant, Scope);

    public static DocumentId Document(int number = 1) => new(new Guid(number, 0, 7, [1, 2, 3, 4, 5, 6, 7, 8]));

    public static RedactedPage Page(DocumentId document, int number, string text = "[NAME] was seen in 2024.")
    {
        Raster raster = RasterMemory.Shared.Allocate(PixelFormat.Gray8, 40 + number, 50, new Dpi(300, false));
        var word = new LayoutWord(new TextSpan(0, text.Length), new Box(1, 2, 30, 10), Confidence.Of(0.9));
        var layout = new PageLayout([new LayoutLine(word.Span, word.Box, [word])]);
        var clean = Make<CleanPageText>(Make<CleanText>(text), layout);
        var mark = new RedactionMark(
            PhiCategory.PersonName, new Location.Text(new TextSpan(0, 6)), [new Box(1, 2, 8, 10)], Disposition.Redact,
            Replacement.Label(PhiCategory.PersonName), new RuleId("label.name"), Confidence.Certain);
        return Make<RedactedPage>(document, new PageNumber(number), clean, raster, null, ImmutableArray.Create(mark));
    }

    public static IngestionReport Report(DocumentId document, int pages = 2) => new(
        document,
        DocumentVerdict.Released,
        [.. Enumerable.Range(1, pages).Select(page => new PageReport(new PageNumber(page), PageVerdict.Released, page == 2 ? new HoldReason("MR-PIP-009") : null))],
        new FindingTally(ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, [KeyValuePair.Create("safe-harbor:name", 3)])),
        new PolicyHash(new Digest256(1, 2)),
        new AuditReceipt(41, new LeafHash(new Digest256(3, 4))))
    {
        Manifest = new Digest256(5, 6),
        DocumentType = new DocumentType("discharge-summary"),
    };

    public static AccessGrant Grant(DateTimeOffset expires, AccessAction action = AccessAction.RevealToken, TenantId? tenant = null, DocumentId? document = null) => Make<AccessGrant>(
        new AccessRequest(new ActorId("nurse-7"), PurposeOfUse.Treatment, action, tenant ?? Tenant, document),
        expires,
        new AuditReceipt(12, new LeafHash(new Digest256(7, 8))));

    /// <summary>Two reports say the same: collections compare by content here.</summary>
    public static void Same(IngestionReport expected, IngestionReport actual)
    {
        Assert.Equal(expected.Pages, actual.Pages);
        Assert.Equal(expected.Tally.Counts, actual.Tally.Counts);
        Assert.Equal(expected with { Pages = [], Tally = FindingTally.Empty }, actual with { Pages = [], Tally = FindingTally.Empty });
    }

    private static T Make<T>(params object?[] arguments) =>
        (T)Activator.CreateInstance(typeof(T), BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public, null, arguments, null)!;
}
