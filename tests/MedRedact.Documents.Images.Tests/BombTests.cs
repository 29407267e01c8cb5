namespace MedRedact.Documents.Images.Tests;

/// <summary>Many files at once that claim or unpack to far more than they hold.</summary>
public sealed class BombTests
{
    private const int Bombs = 100;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_hundred_bombs_at_once_get_a_code_and_no_pixel_and_sound_pages_between_them_are_read()
    {
        byte[] sound = Pictures.Png();
        byte[] expected = await PixelsAsync(sound, new CountedMemory());
        byte[][] bombs =
        [
            Files.Png(Files.PngHeader(100_000, 100_000), Files.Chunk("IDAT", new byte[70]), Files.PngEnd),
            Files.Png(Files.PngHeader(9_000, 9_000), Files.Chunk("IDAT", new byte[70]), Files.PngEnd),
            Files.Gif(65_535, 65_535)[..40],
        ];

        var memory = new CountedMemory();
        string?[] verdicts = await Task.WhenAll(Enumerable.Range(0, Bombs).Select(number => Task.Run(() => VerdictAsync(bombs[number % bombs.Length], memory), Cancel))
            .Concat(Enumerable.Range(0, 4).Select(_ => Task.Run<string?>(async () => (await PixelsAsync(sound, new CountedMemory())).SequenceEqual(expected) ? "read" : "misread", Cancel))));

        Assert.All(verdicts[..Bombs], verdict => Assert.StartsWith("MR-SRC-", verdict, StringComparison.Ordinal));
        Assert.All(verdicts[Bombs..], verdict => Assert.Equal("read", verdict));
        Assert.Equal(0, memory.Pixels);
    }

    /// <summary>The code it is rejected or withheld with.</summary>
    private static async Task<string?> VerdictAsync(byte[] file, CountedMemory memory)
    {
        Inspection inspection = await Reading.InspectAsync(file);
        if (inspection.Rejection is { } rejection)
            return rejection.Value;
        try
        {
            await PixelsAsync(file, memory);
            return null;
        }
        catch (PageFaultException fault)
        {
            return fault.Code.Value;
        }
    }

    private static async Task<byte[]> PixelsAsync(byte[] file, CountedMemory memory)
    {
        await using IPageSource source = await Reading.OpenAsync(file);
        using PageImage page = await source.OpenAsync(Reading.Id, new PageNumber(1), memory, Cancel);
        return Pixels.Of(page);
    }

    private sealed class CountedMemory : IRasterMemory
    {
        private long _pixels;

        public long Pixels => Interlocked.Read(ref _pixels);

        public Raster Allocate(PixelFormat format, int width, int height, Dpi dpi)
        {
            Interlocked.Add(ref _pixels, (long)width * height);
            return RasterMemory.Shared.Allocate(format, width, height, dpi);
        }
    }
}
