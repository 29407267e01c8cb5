using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using MedRedact.Languages;
using MedRedact.Layout;
using MedRedact.Redaction;

namespace MedRedact.Ingestion;

/// <summary>Reads a clean page that would be released once more as a whole, at another size, and looks for anything that identifies somebody: with the
/// detectors, with what the document revealed, and with what was removed.</summary>
/// <remarks>What stands inside painted boxes is not read: it was compared bit by bit with paint and label. A page on which anything is found is withheld, not mended: two
/// readings disagree about it, and a person decides.</remarks>
internal sealed class SecondReading(CompiledPipeline pipeline, PageExamination examination, SecondReadingScope scope, double share, IRasterMemory memory)
{
    /// <summary>Reads the page again where it is its turn.</summary>
    /// <param name="document">The document behind the barrier.</param>
    /// <param name="clean">The clean page; borrowed for the call.</param>
    /// <param name="languages">The languages that were chosen for it; empty where there was no choice.</param>
    /// <param name="removed">What was removed from it. PHI.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>Why the page must be withheld, or <see langword="null"/>.</returns>
    /// <exception cref="PageFaultException">The engine could not read the page: it must be withheld as well.</exception>
    public async ValueTask<HoldReason?> CheckAsync(
        ExaminedDocument document, RedactedPage clean, ImmutableArray<string> languages, ImmutableArray<RemovedValue> removed, CancellationToken cancellationToken)
    {
        if (!IsDue(clean.DocumentId, clean.Number))
            return null;

        PageText text = await ReadAsync(clean, pipeline.Request.In(languages), cancellationToken);
        RecognizedPage recognized = RecognizedPage.Create(clean.DocumentId, clean.Number, clean.OriginalSize, ReadingOrder.Arrange(text));
        recognized.DocumentType = clean.DocumentType;
        using ExaminedPage page = await examination.ExamineAsync(document, recognized, cancellationToken);

        DecisionContext context = document.Run.Decision(page.Number, page.DocumentType);
        bool isFound = page.Findings.Any(finding => pipeline.Policy.Decide(finding, context) != Disposition.Keep)
            || new ResidueSearch(removed.AddRange(document.Certain.Select(value => value with { IsCertain = true }))).Find(Words(page.Text, CheckedWords.KeptBoxes(clean))).Any();
        return isFound ? RedactionFaults.SecondReadingResidue
            : 2 * Letters(page.Text.Layout, []) < Letters(clean.Text.Layout, [.. clean.Marks.SelectMany(mark => mark.Boxes)]) ? RedactionFaults.SecondReadingSaysNothing : null;
    }

    /// <summary>Whether a page is read again: all, or a share that follows from document and page, so that who audits the document can tell which.</summary>
    public bool IsDue(DocumentId document, PageNumber page)
    {
        if (scope != SecondReadingScope.SampledPages)
            return scope != SecondReadingScope.None;

        Span<byte> message = stackalloc byte[20], digest = stackalloc byte[32];
        document.Value.TryWriteBytes(message, bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(message[16..], page.Value);
        SHA256.HashData(message, digest);
        return BinaryPrimitives.ReadUInt64BigEndian(digest) < share * ulong.MaxValue;
    }

    private async ValueTask<PageText> ReadAsync(RedactedPage clean, OcrRequest request, CancellationToken cancellationToken)
    {
        double scale = OtherScale.Of(clean.Raster);
        using PageImage image = PageImage.CreatePrepared(
            clean.DocumentId, clean.Number, OtherScale.Draw(clean, scale, memory), clean.OriginalSize, PageTransform.Scale(1 / scale));
        return await pipeline.Engine.RecognizeAsync(image, request, cancellationToken);
    }

    /// <summary>How many characters were read beside painted boxes.</summary>
    private static long Letters(PageLayout layout, Box[] painted) =>
        layout.Lines.SelectMany(line => line.Words).Where(word => !painted.Any(box => box.Overlaps(word.Box))).Sum(word => (long)word.Span.Length);

    /// <summary>The words, broken at the ends of lines and where the policy keeps one.</summary>
    private static List<SearchedWord> Words(PageText text, ImmutableArray<Box> kept)
    {
        var words = new List<SearchedWord>();
        foreach (LayoutLine line in text.Layout.Lines)
        {
            foreach (LayoutWord word in line.Words)
                words.Add(kept.Any(box => box.Overlaps(word.Box)) ? SearchedWord.Break : SearchedWord.Of(text.Text.Extract(word.Span).Reveal(), word.Box));
            words.Add(SearchedWord.Break);
        }

        return words;
    }
}
