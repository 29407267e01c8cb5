using System.Buffers.Binary;
using System.Collections.Immutable;

namespace MedRedact.Storage;

/// <summary>What retention knows of a tenant's documents.</summary>
/// <param name="SeenAt">Trusted time of the listing it was made from.</param>
/// <param name="Documents">Every document that had an object then.</param>
internal sealed record RetainedDocuments(DateTimeOffset SeenAt, ImmutableArray<RetainedDocument> Documents);

/// <summary>One document.</summary>
/// <param name="Document">The document.</param>
/// <param name="Start">When its periods began.</param>
/// <param name="Committed">Whether it was committed.</param>
/// <param name="Type">The type it was committed with.</param>
/// <param name="ContentGone">When the last of its content was found gone: from then on its proofs are kept for their period.</param>
internal sealed record RetainedDocument(Guid Document, DateTimeOffset Start, bool Committed = false, string? Type = null, DateTimeOffset? ContentGone = null)
{
    public DocumentId Id => new(Document);

    public DocumentType? DocumentType => Type is null ? null : new DocumentType(Type);

    /// <summary>A document that is seen for the first time.</summary>
    /// <param name="document">Its id bears the time of its arrival, as the wall clock said then.</param>
    /// <param name="isFirstListing">Whether no listing was made before.</param>
    /// <param name="trusted">Trusted time now.</param>
    /// <param name="wall">The wall clock now.</param>
    /// <returns>The document. It begins now: it came after the listing before, and what the clock said at that moment proves nothing, as it may have been set back and forth since.
    /// Only what was there when retention began is believed its age.</returns>
    public static RetainedDocument Of(DocumentId document, bool isFirstListing, DateTimeOffset trusted, DateTimeOffset wall)
    {
        DateTimeOffset now = trusted > wall ? trusted : wall;
        return new(document.Value, isFirstListing && ArrivalOf(document) is { } claimed && claimed < now ? claimed : trusted);
    }

    public RetainedDocument Postponed(DateTimeOffset since, TimeSpan lag) => this with
    {
        Start = Start >= since ? Start + lag : Start,
        ContentGone = ContentGone >= since ? ContentGone + lag : ContentGone,
    };

    /// <summary>The moment that a version 7 id bears; null for any other id.</summary>
    private static DateTimeOffset? ArrivalOf(DocumentId document)
    {
        if (document.Value.Version != 7)
            return null;

        Span<byte> bytes = stackalloc byte[16];
        document.Value.TryWriteBytes(bytes, bigEndian: true, out _);
        long milliseconds = (long)(BinaryPrimitives.ReadUInt64BigEndian(bytes) >> 16);
        return milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;
    }
}
