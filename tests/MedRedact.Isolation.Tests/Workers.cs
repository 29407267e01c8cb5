using System.Collections.Immutable;
using Microsoft.Extensions.Options;

namespace MedRedact.Isolation.Tests;

/// <summary>A pool whose workers are this test program, bad on black pages and good on white ones.</summary>
internal sealed class Workers : IAsyncDisposable
{
    public const byte Black = 0, White = 255;

    private readonly IOcrEngine _engine;

    public Workers(string manner, Action<PageWorkerOptions>? configure = null, bool isRaw = false)
    {
        Options = new PageWorkerOptions { Program = typeof(Workers).Assembly.Location, MaxProcesses = 2, Patience = TimeSpan.FromSeconds(60) };
        Options.Arguments.Add(isRaw ? "raw-worker" : "worker");
        if (isRaw)
            Options.Arguments.Add(manner);
        Options.Settings[BadWorker.Manner] = manner;
        Options.Isolate<BadEngine>();
        configure?.Invoke(Options);
        IOptions<PageWorkerOptions> options = Microsoft.Extensions.Options.Options.Create(Options);
        Pool = new PageWorkerPool(options, Microsoft.Extensions.Options.Options.Create(new PipelineLimits()));
        Isolation = new PageIsolation(Pool, options);
        _engine = Isolation.Isolate(new BadEngine(manner));
    }

    public PageWorkerOptions Options { get; }

    public PageWorkerPool Pool { get; }

    public IPageIsolation Isolation { get; }

    public string EngineVersion => _engine.Version;

    public static PageImage Page(byte shade)
    {
        Raster raster = RasterMemory.Shared.Allocate(PixelFormat.Gray8, 40, 30, new Dpi(300, IsEstimated: false));
        raster.WritablePixels.Span.Fill(shade);
        return PageImage.Create(new DocumentId(Guid.Empty), new PageNumber(1), raster);
    }

    public async Task<PageText> ReadAsync(byte shade, CancellationToken cancellationToken)
    {
        using PageImage page = Page(shade);
        return await _engine.RecognizeAsync(page, new OcrRequest(), cancellationToken);
    }

    public async Task<string> ReadWordsAsync(byte shade, CancellationToken cancellationToken)
    {
        using PageText text = await ReadAsync(shade, cancellationToken);
        return text.Text.Extract(new TextSpan(0, text.Text.Length)).Reveal();
    }

    public async Task<PageFaultException> LoseAsync(CancellationToken cancellationToken) =>
        await Assert.ThrowsAsync<PageFaultException>(() => ReadAsync(Black, cancellationToken));

    public ValueTask DisposeAsync() => Pool.DisposeAsync();
}
