using System.Collections.Immutable;
using MedRedact.Ingestion;

namespace MedRedact.Evaluation;

/// <summary>Runs the files of one document and judges each page that is released.</summary>
internal sealed class DocumentJudge(EvaluatedPipeline pipeline, PageScorer scorer)
{
    /// <summary>How much released pages are enlarged for a second try at reading them.</summary>
    private const int Factor = 3;

    public async Task<JudgedFile[]> JudgeAsync(GoldRecord record, bool isShown, CancellationToken cancellationToken)
    {
        var files = new List<JudgedFile>();
        foreach (GoldFile file in record.Files)
            files.Add(await JudgeAsync(file, isShown, cancellationToken));
        return [.. files];
    }

    private async Task<JudgedFile> JudgeAsync(GoldFile file, bool isShown, CancellationToken cancellationToken)
    {
        await using SourceDocument source = SourceDocument.FromFile(file.Path);
        IngestionReport report = await pipeline.Pipeline.IngestAsync(
            new IngestionRequest { Source = source, Actor = pipeline.Actor, Tenant = pipeline.Tenant, Purpose = PurposeOfUse.Operations }, cancellationToken);
        string? code = report.Rejection?.Value ?? CodeOf(report);
        if (report.Verdict != DocumentVerdict.Released)
            return new JudgedFile(report.Verdict, code, []);

        await using ReadablePages pages = await pipeline.Pipeline.OpenPagesAsync(source, cancellationToken) ?? throw EvaluationFaults.PageDiffers();
        if (pages.Count != file.Pages.Length)
            throw EvaluationFaults.PageDiffers();

        var stored = new StoredRelease(pipeline, report.Document);
        Dictionary<int, ImmutableArray<PaintedBox>> paint = await stored.PaintAsync(cancellationToken);
        var judged = ImmutableArray.CreateBuilder<JudgedRelease>();
        foreach (PageReport page in report.Pages.Where(page => page.Verdict == PageVerdict.Released))
            judged.Add(await JudgeAsync(pages, page.Page.Value, file.Pages[page.Page.Value - 1], stored, paint[page.Page.Value], isShown, cancellationToken));
        return new JudgedFile(report.Verdict, code, judged.ToImmutable());
    }

    /// <summary>Why a document stays inside: the reason of the page that holds it, and not that of the clean pages it keeps with it.</summary>
    private static string? CodeOf(IngestionReport report) => report.Pages.Where(page => page.Reason is not null)
        .OrderBy(page => page.Reason!.Value.Code == PipelineFaults.IncompleteDocument.Code).ThenBy(page => page.Verdict).FirstOrDefault()?.Reason?.Code;

    private async Task<JudgedRelease> JudgeAsync(
        ReadablePages pages, int number, GoldPage gold, StoredRelease stored, ImmutableArray<PaintedBox> claimed, bool isShown, CancellationToken cancellationToken)
    {
        using PageImage before = await pages.DecodeAsync(number, cancellationToken);
        if (before.OriginalSize != gold.Size)
            throw EvaluationFaults.PageDiffers();
        using PageImage after = await ReleasedAsync(stored, number, cancellationToken);
        if (after.OriginalSize != gold.Size)
            throw EvaluationFaults.ReleaseDiffers();

        PageInk was = PageInk.Of(before.Reveal()), became = PageInk.Of(after.Reveal());
        using PageImage large = PageImage.Create(after.DocumentId, after.Number, Enlargement.Of(became, Factor, after.Reveal().Dpi, pages.Memory));
        var evidence = new PageEvidence(gold, was, Paint.Between(was, became, claimed), await stored.TextAsync(number, cancellationToken))
        {
            StockBefore = await ReadAsync(before, 1, cancellationToken),
            Stock = await ReadAsync(after, 1, cancellationToken),
            StockEnlarged = await ReadAsync(large, Factor, cancellationToken),
        };

        PageScore score = scorer.Score(evidence);
        ImmutableArray<Leak> leaks = Leaks.Any(score) ? await LeaksAsync(pages, number, gold, score, cancellationToken) : [];
        int unfinished = pipeline.OtherReader is null ? 0 : new[] { evidence.StockBefore, evidence.Stock, evidence.StockEnlarged }.Count(reading => reading is null);
        return new JudgedRelease(score, leaks, unfinished, isShown ? await PageShow.DrawAsync(number, evidence, became, score, leaks, pipeline.Encoder, pages.Memory, cancellationToken) : null);
    }

    private async Task<PageImage> ReleasedAsync(StoredRelease stored, int number, CancellationToken cancellationToken)
    {
        byte[] image = await stored.ImageAsync(number, cancellationToken);
        await using SourceDocument document = SourceDocument.FromOpener(_ => ValueTask.FromResult<Stream>(new MemoryStream(image, writable: false)));
        await using ReadablePages released = await pipeline.Pipeline.OpenPagesAsync(document, cancellationToken) ?? throw EvaluationFaults.ReleaseDiffers();
        return await released.DecodeAsync(1, cancellationToken);
    }

    private async ValueTask<ReadWords?> ReadAsync(PageImage page, int scale, CancellationToken cancellationToken)
    {
        using PageText? text = await pipeline.ReadOtherwiseAsync(page, cancellationToken);
        return text is null ? null : ReadWords.Of(text, scale);
    }

    private static async Task<ImmutableArray<Leak>> LeaksAsync(ReadablePages pages, int number, GoldPage gold, PageScore score, CancellationToken cancellationToken)
    {
        using WorkedPage ours = await pages.ReadAsync(number, cancellationToken);
        return [.. Leaks.Of(gold, score, ReadWords.Of(ours.Recognized.Text))];
    }
}
