using System.Runtime.InteropServices;

namespace MedRedact.Ocr.Tesseract.Tests;

/// <summary>What the native libraries print may quote the page, so they must print nothing, on standard output or error, whatever happens.</summary>
[Collection(nameof(Alone))]
public sealed partial class SilenceTests
{
    [Fact]
    public async Task Nothing_is_printed()
    {
        Installed.Tesseract();
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "File descriptors are redirected by libc.");
        string path = Path.GetTempFileName();
        try
        {
            using (var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            {
                int descriptor = (int)file.SafeFileHandle.DangerousGetHandle(), output = Dup(1), error = Dup(2);
                _ = Dup2(descriptor, 1);
                _ = Dup2(descriptor, 2);
                try
                {
                    await WorkOnAwkwardPages();
                }
                finally
                {
                    _ = Dup2(output, 1);
                    _ = Dup2(error, 2);
                    _ = Close(output);
                    _ = Close(error);
                }
            }

            Assert.Equal("", await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static async Task WorkOnAwkwardPages()
    {
        await using var pool = new TesseractEnginePool(new() { MaxConcurrentPages = 1 });
        var engine = new TesseractOcrEngine(pool);
        var preparer = new LeptonicaPreparer(pool);
        PreparationPlan plan = PreparationPlan.Of(scan => scan.Orient().Deskew().Denoise().NormalizeContrast().ScaleToTextHeight());
        Raster noise = Pages.Paper(600, 500);
        new Random(1).NextBytes(noise.WritablePixels.Span);
        foreach (Raster raster in (Raster[])[Pages.Gray(Pages.Note), Pages.Gray(Pages.Draw(72)), Pages.Paper(1, 1), Pages.Paper(2, 3000), Pages.Paper(3000, 2), noise])
        {
            using PageImage page = Pages.Image(raster);
            StagedRaster staged = await preparer.PrepareAsync(page, plan, Pages.ContextOf(page));
            using PageText text = await engine.RecognizeAsync(page, new());
            if (!ReferenceEquals(staged.Raster, raster))
                staged.Raster.Dispose();
        }

        _ = TesseractEnvironment.Probe(new() { Languages = ["qqq"] });
    }

    [LibraryImport("libc", EntryPoint = "dup")]
    private static partial int Dup(int descriptor);

    [LibraryImport("libc", EntryPoint = "dup2")]
    private static partial int Dup2(int from, int to);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);

    /// <summary>Runs while no other test prints.</summary>
    [CollectionDefinition(nameof(Alone), DisableParallelization = true)]
    public sealed class Alone;
}
