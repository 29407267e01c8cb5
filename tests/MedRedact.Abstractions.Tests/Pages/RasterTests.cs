using System.Buffers;

namespace MedRedact.Tests;

public sealed class RasterTests
{
    private static readonly Dpi Dpi = new(300, IsEstimated: false);

    [Fact]
    public void Is_cleared_before_its_memory_goes_back()
    {
        var memory = new Memory(64);
        var raster = new Raster(memory, PixelFormat.Gray8, 8, 8, 8, Dpi);
        raster.WritablePixels.Span.Fill(0xAA);

        raster.Dispose();
        raster.Dispose();

        Assert.All(memory.Bytes, b => Assert.Equal(0, b));
        Assert.Equal(1, memory.Disposals);
        Assert.Equal(0, memory.DirtyDisposals);
        Assert.Throws<ObjectDisposedException>(() => raster.Pixels);
        Assert.Throws<ObjectDisposedException>(() => raster.WritablePixels);
    }

    [Theory]
    [InlineData(PixelFormat.Gray8, 10, 10)]
    [InlineData(PixelFormat.Rgb24, 10, 30)]
    [InlineData(PixelFormat.Bgra32, 10, 40)]
    [InlineData(PixelFormat.Bilevel, 10, 2)]
    [InlineData(PixelFormat.Bilevel, 16, 2)]
    public void Fresh_pixels_are_zero_and_exactly_as_many_as_the_format_needs(PixelFormat format, int width, int stride)
    {
        for (int round = 0; round < 3; round++)
        {
            using Raster raster = RasterMemory.Shared.Allocate(format, width, 7, Dpi);
            Assert.Equal(stride, raster.Stride);
            Assert.Equal(stride * 7, raster.Pixels.Length);
            Assert.True(raster.Pixels.Span.IndexOfAnyExcept((byte)0) < 0);
            raster.WritablePixels.Span.Fill(0xFF);
        }
    }

    [Fact]
    public void Refuses_memory_that_is_too_small_and_sizes_that_are_none()
    {
        Assert.ThrowsAny<ArgumentException>(() => new Raster(new Memory(63), PixelFormat.Gray8, 8, 8, 8, Dpi));
        Assert.ThrowsAny<ArgumentException>(() => new Raster(new Memory(64), PixelFormat.Gray8, 8, 8, 7, Dpi));
        Assert.ThrowsAny<ArgumentException>(() => new Raster(new Memory(64), PixelFormat.Gray8, 0, 8, 8, Dpi));
        Assert.ThrowsAny<ArgumentException>(() => new Raster(new Memory(64), (PixelFormat)0, 1, 1, 8, Dpi));
        Assert.ThrowsAny<ArgumentException>(() => RasterMemory.Shared.Allocate(PixelFormat.Gray8, -1, 8, Dpi));
        Assert.Throws<OverflowException>(() => RasterMemory.Shared.Allocate(PixelFormat.Bgra32, 1 << 20, 1 << 20, Dpi));
    }

    [Theory]
    [InlineData(9)]
    [InlineData(10_001)]
    [InlineData(double.NaN)]
    public void A_resolution_is_a_plausible_number(double value) => Assert.Throws<ArgumentOutOfRangeException>(() => new Dpi(value, true));

    [Fact]
    public void A_page_owns_its_raster_and_its_texts()
    {
        var memory = new Memory(64);
        PageText native = new PageTextBuilder(PageTransform.Identity).AddWord("Roe", new Box(0, 0, 1, 1), Confidence.Certain).Build();
        PageImage page = PageImage.Create(DocumentId.Create(TimeProvider.System), new PageNumber(1), new Raster(memory, PixelFormat.Gray8, 8, 8, 8, Dpi), native);
        Assert.Equal(new PageSize(8, 8), page.OriginalSize);

        page.Dispose();

        Assert.Equal(1, memory.Disposals);
        Assert.Throws<ObjectDisposedException>(() => native.Text.Extract(new TextSpan(0, 3)));
        Assert.Throws<ObjectDisposedException>(() => page.Reveal().Pixels);
    }

    private sealed class Memory(int size) : IMemoryOwner<byte>
    {
        public byte[] Bytes { get; } = [.. Enumerable.Repeat((byte)0x55, size)];

        public int Disposals { get; private set; }

        public int DirtyDisposals { get; private set; }

        Memory<byte> IMemoryOwner<byte>.Memory => Bytes;

        public void Dispose()
        {
            Disposals++;
            DirtyDisposals += Bytes.Any(b => b != 0) ? 1 : 0;
        }
    }
}
