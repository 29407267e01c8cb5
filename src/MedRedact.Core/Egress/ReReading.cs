using System.Collections.Immutable;
using MedRedact.Ingestion;
using MedRedact.Layout;
using MedRedact.Redaction;

namespace MedRedact.Egress;

/// <summary>Lets a remote engine read a clean page. Its answer is PHI again: the engine may read what the painter missed.</summary>
internal sealed class ReReading(
    CompiledPipeline pipeline, IRemoteOcrEngine remote, EgressGate gate, PageExamination examination, PageRedaction redaction, IRasterMemory memory)
{
    /// <summary>Reads a clean page again, examines the answer with all detectors and with what the document revealed, and redacts it.</summary>
    /// <param name="document">The document behind the barrier.</param>
    /// <param name="page">The examined page the clean one came from.</param>
    /// <param name="clean">The clean page; taken over.</param>
    /// <param name="removed">What the first redaction removed: the answer must not show it.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The page with the better text, or the same page where it may not leave or was read well enough.</returns>
    public async ValueTask<RedactionResult> ReadAgainAsync(
        ExaminedDocument document, ExaminedPage page, RedactedPage clean, ImmutableArray<RemovedValue> removed, CancellationToken cancellationToken)
    {
        if (pipeline.ReReadBelow != Confidence.Certain && page.Text.ReadingQuality >= pipeline.ReReadBelow.Value)
            return new RedactionResult(clean, ReviewAsked: false, Residue: null, removed);

        EgressPermit? permit = await gate.AuthorizeAsync(clean, remote.Id, pipeline.Agreement, document.Run.Request, cancellationToken);
        if (permit is null)
            return new RedactionResult(clean, ReviewAsked: false, Residue: null, removed);

        PageText answer = await AskAsync(clean, permit, cancellationToken);
        RecognizedPage recognized = RecognizedPage.Create(clean.DocumentId, clean.Number, clean.OriginalSize, ReadingOrder.Arrange(answer, clean.Text.Layout.CheckBoxes));
        recognized.DocumentType = clean.DocumentType;
        recognized.Languages = page.Recognized.Languages;
        using ExaminedPage examined = await examination.ExamineAsync(document, recognized, cancellationToken);

        ExaminedDocument known = document with
        {
            Certain = document.Certain.AddRange(removed),
            Found = document.Found.IsEmpty ? [] : document.Found.AddRange(FoundText.All(examined)),
        };
        RedactionResult again = await redaction.RedactAsync(known, examined, _ => ValueTask.FromResult(Copy(clean.Raster)), cancellationToken);
        RedactedPage merged = new(
            clean.DocumentId, clean.Number, again.Page.Text, again.Page.Raster, clean.DocumentType,
            [.. clean.Marks.Select(AsAreas), .. again.Page.Marks]);
        clean.Dispose();
        return again with { Page = merged };
    }

    private async ValueTask<PageText> AskAsync(RedactedPage clean, EgressPermit permit, CancellationToken cancellationToken)
    {
        try
        {
            return await remote.ReadAsync(clean, permit, cancellationToken);
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or MedRedactException))
        {
            throw PipelineFaults.PageFault(PipelineFaults.ReReadFailed);
        }
    }

    private Raster Copy(Raster raster)
    {
        Raster copy = memory.Allocate(raster.Format, raster.Width, raster.Height, raster.Dpi);
        int row = Raster.RowBytes(raster.Format, raster.Width);
        for (int y = 0; y < raster.Height; y++)
            raster.Pixels.Span.Slice(y * raster.Stride, row).CopyTo(copy.WritablePixels.Span[(y * copy.Stride)..]);
        return copy;
    }

    /// <summary>The spans of the first reading mean nothing in the second text; the painted boxes still do.</summary>
    private static RedactionMark AsAreas(RedactionMark mark) => mark.Boxes.IsEmpty
        ? mark with { Location = new Location.Area(default) }
        : mark with { Location = new Location.Area(mark.Boxes.Aggregate((left, right) => left.Union(right))) };
}
