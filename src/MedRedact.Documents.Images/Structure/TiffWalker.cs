using System.Collections.Immutable;

namespace MedRedact.Documents.Images;

/// <summary>Walks the graph of directories of a TIFF or BigTIFF. Every directory of the main chain is a page, except a smaller copy of the page before it;
/// full images in sub-directories and masks are refused, because nobody would search them.</summary>
internal static class TiffWalker
{
    // Reduced-resolution copies come in pyramids of a dozen at most.
    private const int MaxSubDirectories = 32;
    private const int ReducedResolution = 1, TransparencyMask = 4;
    private static readonly MediaType Tiff = new("image/tiff");

    public static ImageStructure Walk(SourceBytes source, StructureLimits limits)
    {
        TiffHeader header = TiffHeader.Read(source);
        var seen = new HashSet<long>();
        var pages = ImmutableArray.CreateBuilder<PageStructure>();
        long codedBytes = 0;
        for (long offset = header.FirstDirectory; offset != 0;)
        {
            TiffDirectory directory = Visit(source, header, offset, seen, limits);
            WalkSubDirectories(source, header, directory, seen, limits);
            long kind = Kind(source, directory);
            if ((kind & TransparencyMask) != 0)
                throw new RejectedException(ImageFaults.HiddenImages);

            TiffLayout layout = TiffLayout.Read(source, header, directory, limits);
            codedBytes += layout.ByteCounts.Sum();

            // Segments that are shared or overlap would let a small file stand for many large pages.
            if (codedBytes > source.Length)
                throw new RejectedException(ImageFaults.Malformed);

            bool isSmallerCopy = (kind & ReducedResolution) != 0 && pages is [.., var page] && layout.Width < page.Width && layout.Height < page.Height;
            if (!isSmallerCopy)
                pages.Add(Page(source, directory, layout, offset, limits));

            if (pages.Count > limits.MaxPages)
                throw new RejectedException(ImageFaults.TooManyPages);

            offset = directory.Next;
        }

        return pages.Count == 0 ? throw new RejectedException(ImageFaults.Malformed) : new(Tiff, pages.ToImmutable());
    }

    private static TiffDirectory Visit(SourceBytes source, TiffHeader header, long offset, HashSet<long> seen, StructureLimits limits)
    {
        if (!seen.Add(offset))
            throw new RejectedException(ImageFaults.DirectoryLoop);

        if (seen.Count > limits.MaxDirectories)
            throw new RejectedException(ImageFaults.TooManyDirectories);

        return TiffDirectory.Read(source, header, offset);
    }

    /// <summary>Sub-directories, and the chains that start at them, may hold smaller copies only; those are never decoded.</summary>
    private static void WalkSubDirectories(SourceBytes source, TiffHeader header, TiffDirectory parent, HashSet<long> seen, StructureLimits limits)
    {
        var waiting = new Stack<long>(SubDirectories(source, parent));
        while (waiting.TryPop(out long offset))
        {
            TiffDirectory directory = Visit(source, header, offset, seen, limits);
            if ((Kind(source, directory) & ReducedResolution) == 0)
                throw new RejectedException(ImageFaults.HiddenImages);

            if (directory.Next != 0)
                waiting.Push(directory.Next);

            foreach (long inner in SubDirectories(source, directory))
                waiting.Push(inner);
        }
    }

    private static long[] SubDirectories(SourceBytes source, TiffDirectory directory) => directory.Count(TiffTagId.SubDirectories) switch
    {
        0 => [],
        > MaxSubDirectories => throw new RejectedException(ImageFaults.TooManyDirectories),
        var count => directory.Values(source, TiffTagId.SubDirectories, (int)count),
    };

    /// <summary>The bits of NewSubfileType; the older SubfileType says "reduced" with a 2.</summary>
    private static long Kind(SourceBytes source, TiffDirectory directory) => directory.Has(TiffTagId.NewSubfileType)
        ? directory.Value(source, TiffTagId.NewSubfileType, 0)
        : directory.Value(source, TiffTagId.SubfileType, 1) == 2 ? ReducedResolution : 0;

    private static TiffPage Page(SourceBytes source, TiffDirectory directory, TiffLayout layout, long offset, StructureLimits limits)
    {
        double across = directory.Rational(source, TiffTagId.XResolution), down = directory.Rational(source, TiffTagId.YResolution);
        long orientation = directory.Value(source, TiffTagId.Orientation, 1);
        int height = checked(layout.Height * FaxRows.Repeat(layout, across, down));
        limits.CheckSize(layout.Width, height);
        double dpi = directory.Value(source, TiffTagId.ResolutionUnit, 2) switch { 2 => across, 3 => Resolution.FromCentimetre(across), _ => 0 };
        return new(layout.Width, height, orientation is >= 1 and <= 8 ? (int)orientation : 1, Resolution.Choose(dpi, layout.Width, height), offset)
        {
            BlockSide = layout.Compression == TiffCompression.Jpeg ? PageStructure.CommonBlock : 0,
        };
    }
}
