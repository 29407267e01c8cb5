namespace MedRedact.Isolation;

/// <summary>What the pool is asked for: the job, and what of the host it needs. It can be carried out again by another worker.</summary>
/// <param name="Encoded">A page to decode, or</param>
/// <param name="Pixels">the pixels of one, borrowed.</param>
/// <param name="Source">The bytes of a page to decode.</param>
/// <param name="LargestPixels">The pixels of the page at the most; 0 where nobody knows.</param>
/// <param name="Plan">What may be done to its pixels.</param>
/// <param name="Engine">The type of the engine that reads it, or <see langword="null"/>.</param>
/// <param name="Request">How it reads.</param>
/// <param name="Beyond">From the pixels that are sent to the original page.</param>
internal sealed record PageOrder(
    PageInput.Encoded? Encoded,
    Raster? Pixels,
    SourceDocument? Source,
    long LargestPixels,
    PreparationPlan Plan,
    string? Engine,
    OcrRequest Request,
    PageTransform Beyond)
{
    // Decoded colours take four; small text is scaled up fourfold in both directions, and straightening adds to that. What is not written takes no memory.
    private const int MostBytesPerPixel = 24;

    public static PageOrder Decode(PageInput.Encoded page, SourceDocument source) =>
        new(page, null, source, page.LargestPagePixels, PreparationPlan.None, null, new OcrRequest(), PageTransform.Identity);

    public static PageOrder Of(PageImage page) =>
        new(null, page.Reveal(), null, (long)page.Reveal().Width * page.Reveal().Height, PreparationPlan.None, null, new OcrRequest(), page.ToOriginal);

    /// <summary>Memory to share for one attempt.</summary>
    /// <exception cref="PageFaultException"><see cref="Faults.TooLarge"/>.</exception>
    public (MemoryFile File, SharedPixels Shared) Share()
    {
        long input = Pixels is { } raster ? RasterShape.Of(raster).Bytes : 0;
        long most = SharedPixels.MostBytes - input;
        long output = Encoded is null && Plan == PreparationPlan.None ? 0 : LargestPixels <= 0 ? most : Math.Min(most, LargestPixels * MostBytesPerPixel);
        if (output < 0)
            throw Faults.Large();

        try
        {
            var file = MemoryFile.Create(Math.Max(1, input + output));
            return (file, new SharedPixels(file.Path, (int)input, (int)output));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Faults.NotShared();
        }
    }

    public PageJob ToJob(SharedPixels shared) =>
        new(shared, Encoded is { } page ? page : new PageInput.Pixels(RasterShape.Of(Pixels!)), Plan, Engine, Request);
}

/// <summary>What came of it, in memory of the host's own.</summary>
/// <param name="Raster">The pixels that were read, or <see langword="null"/>: those that were sent.</param>
/// <param name="Done">The rest.</param>
internal sealed record PageResult(Raster? Raster, PageDone Done) : IDisposable
{
    public void Dispose()
    {
        Raster?.Dispose();
        Done.Dispose();
    }
}
