using MedRedact.Synthesis;
using MedRedact.Testing;

namespace MedRedact.ConformanceTests.Tests;

/// <summary>Draws a page at double its size, so that there is a way back.</summary>
internal sealed class DoublingStage : IPageStage
{
    public ValueTask<StagedRaster> ProcessAsync(PageImage page, PageContext context, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Raster raster = page.Reveal();
        Raster large = context.Memory.Allocate(PixelFormat.Gray8, raster.Width * 2, raster.Height * 2, raster.Dpi);
        for (int y = 0; y < large.Height; y++)
        {
            ReadOnlySpan<byte> from = raster.Pixels.Span[(y / 2 * raster.Stride)..];
            Span<byte> to = large.WritablePixels.Span[(y * large.Stride)..];
            for (int x = 0; x < large.Width; x++)
                to[x] = from[x / 2];
        }

        return ValueTask.FromResult(new StagedRaster(large, PageTransform.Scale(0.5)));
    }
}

/// <summary>The doubling stage, wrong in one way.</summary>
internal sealed class BrokenStage(Func<PageImage, PageContext, StagedRaster, StagedRaster> spoil) : IPageStage
{
    private readonly DoublingStage _sound = new();

    public IRasterMemory? Memory { get; init; }

    public bool EatsCancellation { get; init; }

    public async ValueTask<StagedRaster> ProcessAsync(PageImage page, PageContext context, CancellationToken cancellationToken = default)
    {
        if (EatsCancellation && cancellationToken.IsCancellationRequested)
            throw new InvalidOperationException("Something went wrong.");
        return spoil(page, context, await _sound.ProcessAsync(page, Memory is null ? context : context with { Memory = Memory }, cancellationToken));
    }
}

/// <summary>Doubles pages whatever the plan says.</summary>
internal sealed class EagerPreparer : IPagePreparer
{
    public ValueTask<StagedRaster> PrepareAsync(PageImage page, PreparationPlan plan, PageContext context, CancellationToken cancellationToken = default) =>
        new DoublingStage().ProcessAsync(page, context, cancellationToken);
}

/// <summary>Ways to spoil what the doubling stage leaves behind.</summary>
internal static class Spoil
{
    private static int s_calls;

    public static StagedRaster Scratch(PageImage page, PageContext context, StagedRaster staged)
    {
        page.Reveal().WritablePixels.Span[..50].Clear();
        return staged;
    }

    public static StagedRaster LeaveBehind(PageImage page, PageContext context, StagedRaster staged)
    {
        context.Memory.Allocate(PixelFormat.Gray8, 8, 8, staged.Raster.Dpi);
        return staged;
    }

    public static StagedRaster Flicker(PageImage page, PageContext context, StagedRaster staged)
    {
        staged.Raster.WritablePixels.Span[0] = (byte)Interlocked.Increment(ref s_calls);
        return staged;
    }

    public static StagedRaster RefuseSmall(PageImage page, PageContext context, StagedRaster staged) =>
        staged.Raster.Width < 16 ? throw new InvalidOperationException("Too small.") : staged;

    public static StagedRaster Print(PageImage page, PageContext context, StagedRaster staged)
    {
        // What a stage sees are pixels; the suite's canary is the same for every run of this class.
        foreach (string value in PhiCanaryOf(typeof(StageSuite)).Values)
            Console.WriteLine(value);
        return staged;
    }

    private static PhiCanary PhiCanaryOf(Type suite) =>
        PhiCanary.Create(BitConverter.ToInt32(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(suite.FullName!))));
}

// The suites over a broken implementation. They are not public, so the runner leaves them alone.
#pragma warning disable xUnit1000
internal sealed class StageSuite(Func<IPageStage> create) : PageStageContract
{
    protected override IPageStage CreateStage() => create();
}

internal sealed class PreparerSuite(Func<IPagePreparer> create) : PagePreparerContract
{
    protected override IPagePreparer CreatePreparer() => create();
}

internal sealed class DocumentDetectorSuite(Func<IDocumentDetector> create) : DocumentDetectorContract
{
    protected override IDocumentDetector CreateDetector() => create();
}
#pragma warning restore xUnit1000

/// <summary>A sound stage is accepted.</summary>
[Proves(typeof(DoublingStage))]
public sealed class DoublingStageContract : PageStageContract
{
    protected override IPageStage CreateStage() => new DoublingStage();
}
