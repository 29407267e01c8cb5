using System.Collections.Immutable;

namespace MedRedact.Redaction;

/// <summary>Looks for what a redaction may have left, in text and pixels, before anybody gets the page. Thread-safe.</summary>
/// <remarks>The text is searched for every removed value. Each box is compared, bit by bit, with fill and label painted anew: what is inside is
/// proved, not read. What stands around the boxes is read by the engine that read the page.</remarks>
/// <param name="engine">The engine that read the page, or <see langword="null"/>: then the surroundings are not read again.</param>
/// <param name="request">How it read the page.</param>
/// <param name="labels">The painter that drew the labels.</param>
/// <param name="memory">Where pixels are allocated.</param>
internal sealed class ResidueCheck(IOcrEngine? engine, OcrRequest request, ILabelPainter labels, IRasterMemory memory)
{
    /// <summary>Checks one clean page.</summary>
    /// <param name="applied">The redaction; borrowed for the call.</param>
    /// <param name="certain">Values that the document barrier knows for certain, from all pages.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    /// <returns>Why the page must be withheld, or <see langword="null"/> where nothing was found.</returns>
    /// <exception cref="PageFaultException">The engine could not read the surroundings: the page must be withheld as well.</exception>
    public async ValueTask<HoldReason?> CheckAsync(
        AppliedRedaction applied, ImmutableArray<RemovedValue> certain, CancellationToken cancellationToken = default)
    {
        var search = new ResidueSearch(applied.Removed.AddRange(certain.Select(value => value with { IsCertain = true })));
        if (search.Finds(CheckedWords.Of(applied.Page)))
            return RedactionFaults.TextResidue;

        if (!PixelProof.Holds(applied, labels, memory))
            return RedactionFaults.PixelResidue;

        if (engine is null || applied.Painted.IsEmpty)
            return null;

        Surroundings surroundings = await SurroundingsReader.ReadAsync(applied, engine, request, memory, cancellationToken);
        return search.Finds(surroundings.Words) || surroundings.ShowsRemainder() ? RedactionFaults.SurroundingResidue : null;
    }
}
