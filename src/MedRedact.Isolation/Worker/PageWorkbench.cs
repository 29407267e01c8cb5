namespace MedRedact.Isolation;

/// <summary>Does one job: decodes a page or takes its pixels, prepares it, reads it, and lays what is new into the shared memory.</summary>
internal sealed class PageWorkbench(PageWorkerParts parts, HostChannel channel) : IAsyncDisposable
{
    // A worker need not know whose page it is.
    private static readonly DocumentId Nobody = new(Guid.Empty);
    private static readonly PageNumber First = new(1);

    private readonly OpenDocuments _documents = new(parts, channel);

    public async Task<PageDone> DoAsync(PageJob job)
    {
        using MappedMemory? shared = job.Memory.Length == 0 ? null : MappedMemory.Open(job.Memory.Path, job.Memory.Length);
        using PageImage page = await OpenAsync(job, shared);
        Digest256 digest = job.Input is PageInput.Encoded && job.Engine is not null ? PixelDigest.Of(page.Reveal()) : default;
        StagedRaster staged = job.Plan == PreparationPlan.None || parts.Preparer is null
            ? new(page.Reveal(), PageTransform.Identity)
            : await parts.Preparer.PrepareAsync(page, job.Plan, new PageContext(Nobody, First, RasterMemory.Shared));
        bool isNew = !ReferenceEquals(staged.Raster, page.Reveal());
        using PageImage? prepared = isNew ? PageImage.Create(Nobody, First, staged.Raster) : null;
        PageText? text = job.Engine is { } engine ? await parts.Engine(engine).RecognizeAsync(prepared ?? page, job.Request) : null;
        RasterShape? shape = isNew || job.Input is PageInput.Encoded ? Lay(staged.Raster, job.Memory, shared!) : null;
        return new PageDone(shape, staged.ToInput, page.OriginalSize, digest, text, page.DetachNativeText());
    }

    public ValueTask DisposeAsync() => _documents.DisposeAsync();

    private async ValueTask<PageImage> OpenAsync(PageJob job, MappedMemory? shared)
    {
        switch (job.Input)
        {
            case PageInput.Encoded encoded:
                IPageSource pages = await _documents.OpenAsync(encoded);
                return await pages.OpenAsync(Nobody, new PageNumber(encoded.Page), RasterMemory.Shared);
            case PageInput.Pixels { Shape: { } shape } when shared is not null:
                return PageImage.Create(Nobody, First, new Raster(shared.Lend(0, (int)shape.Bytes), shape.Format, shape.Width, shape.Height, shape.RowBytes, shape.Dpi));
            default:
                throw new ProtocolException();
        }
    }

    private static RasterShape Lay(Raster raster, SharedPixels room, MappedMemory shared)
    {
        var shape = RasterShape.Of(raster);
        if (shape.Bytes > room.Output)
            throw Faults.Large();

        RasterShape.Pack(raster, shared.GetSpan()[room.Input..]);
        return shape;
    }
}
