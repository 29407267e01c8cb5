using System.Collections.Immutable;
using MedRedact.Languages;

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
    /// <returns>What was left, or <see langword="null"/> where nothing was found.</returns>
    /// <exception cref="PageFaultException">The engine could not read the surroundings: the page must be withheld as well.</exception>
    public async ValueTask<Residue?> CheckAsync(
        AppliedRedaction applied, ImmutableArray<RemovedValue> certain, CancellationToken cancellationToken = default)
    {
        var search = new ResidueSearch(applied.Removed.AddRange(certain.Select(value => value with { IsCertain = true })));
        if (!PixelProof.Holds(applied, labels, memory))
            return new Residue(RedactionFaults.PixelResidue, []);

        ImmutableArray<Leftover> inText = [.. search.Find(CheckedWords.Of(applied.Page))];
        ImmutableArray<Leftover> around = engine is null || applied.Painted.IsEmpty
            ? []
            : await ReadAroundAsync(engine, applied, search, cancellationToken);
        return !inText.IsEmpty ? new Residue(RedactionFaults.TextResidue, inText.AddRange(around))
            : !around.IsEmpty ? new Residue(RedactionFaults.SurroundingResidue, around)
            : null;
    }

    private async ValueTask<ImmutableArray<Leftover>> ReadAroundAsync(
        IOcrEngine reader, AppliedRedaction applied, ResidueSearch search, CancellationToken cancellationToken)
    {
        Surroundings surroundings = await SurroundingsReader.ReadAsync(applied, reader, request.In(applied.Languages), memory, cancellationToken);
        return [.. search.Find(surroundings.Words), .. surroundings.Remainders()];
    }
}
