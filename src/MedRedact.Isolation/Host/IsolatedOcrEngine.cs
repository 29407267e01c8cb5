namespace MedRedact.Isolation;

/// <summary>Stands for an engine that runs in worker processes.</summary>
/// <param name="pool">The processes.</param>
/// <param name="id">The engine's.</param>
/// <param name="type">Its type.</param>
internal sealed class IsolatedOcrEngine(PageWorkerPool pool, EngineId id, string type) : IOcrEngine
{
    public EngineId Id => id;

    public string Type => type;

    /// <summary>As the first worker has told it, which is before the first page. Whoever asks still earlier waits until one is started.</summary>
    public string Version
    {
        get
        {
            if (pool.Parts.IsEmpty)
                Task.Run(() => pool.IntroduceAsync(CancellationToken.None).AsTask()).GetAwaiter().GetResult();
            return pool.Parts.First(part => part.Type == type).Version;
        }
    }

    public async ValueTask<PageText> RecognizeAsync(PageImage page, OcrRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(page);
        ArgumentNullException.ThrowIfNull(request);
        PageResult result = await pool.RunAsync(PageOrder.Of(page) with { Engine = type, Request = request }, RasterMemory.Shared, cancellationToken);
        return result.Done.Text!;
    }
}
