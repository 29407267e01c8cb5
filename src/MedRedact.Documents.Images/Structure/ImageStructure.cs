using System.Collections.Immutable;

namespace MedRedact.Documents.Images;

/// <summary>What a walk found: a document that may be given to a decoder.</summary>
internal sealed record ImageStructure(MediaType MediaType, ImmutableArray<PageStructure> Pages)
{
    public long LargestPagePixels => Pages.Max(page => (long)page.Width * page.Height);

    public int BlockSide => Pages.Max(page => page.BlockSide);
}

/// <summary>A page as its header declares it.</summary>
/// <param name="Width">Pixels across, as stored: before <paramref name="Orientation"/> is applied.</param>
/// <param name="Height">Pixels down, as stored.</param>
/// <param name="Orientation">EXIF and TIFF orientation, 1 to 8.</param>
/// <param name="Dpi">Resolution along the rows as stored.</param>
internal abstract record PageStructure(int Width, int Height, int Orientation, Dpi Dpi)
{
    // What most encoders write: colour at half the size, in blocks of eight.
    public const int CommonBlock = 16;

    /// <summary>The longer side of the blocks in which lossy compression coded the page, colour included; 0: it is coded without loss.</summary>
    public int BlockSide { get; init; }
}

/// <summary>The one page of a file with one image. <c>Essential</c> are the bytes that the pixels depend on: metadata, previews and trailers lie
/// outside and never reach a decoder.</summary>
internal sealed record CodecPage(int Width, int Height, int Orientation, Dpi Dpi, ImmutableArray<ByteRange> Essential)
    : PageStructure(Width, Height, Orientation, Dpi)
{
    /// <summary>Of a JPEG: how many components its frame has.</summary>
    public int Components { get; init; }
}

/// <summary>A page of a TIFF, read again from its directory when it is decoded.</summary>
internal sealed record TiffPage(int Width, int Height, int Orientation, Dpi Dpi, long DirectoryOffset)
    : PageStructure(Width, Height, Orientation, Dpi);

/// <summary>A stretch of the file.</summary>
internal readonly record struct ByteRange(long Offset, long Length);

/// <summary>Collects ranges and joins neighbours, so that a million small chunks stay one range.</summary>
internal sealed class ByteRanges
{
    // Files have a few; one that alternates tiny pieces would make the list larger than itself.
    private const int MaxRanges = 10_000;

    private readonly List<ByteRange> _ranges = [];

    public void Add(long offset, long length)
    {
        if (_ranges is [.., var last] && last.Offset + last.Length == offset)
            _ranges[^1] = last with { Length = last.Length + length };
        else if (_ranges.Count < MaxRanges)
            _ranges.Add(new(offset, length));
        else
            throw new RejectedException(ImageFaults.Malformed);
    }

    public ImmutableArray<ByteRange> ToImmutable() => [.. _ranges];
}
