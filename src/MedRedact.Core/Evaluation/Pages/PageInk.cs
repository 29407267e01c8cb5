using MedRedact.Ink;
using MedRedact.Redaction;

namespace MedRedact.Evaluation;

/// <summary>The grey values of a page and which of its pixels are ink.</summary>
internal sealed class PageInk
{
    private readonly byte[] _gray;
    private readonly byte[] _ink;

    private PageInk(byte[] gray, byte[] ink, PageSize size) => (_gray, _ink, Size) = (gray, ink, size);

    public PageSize Size { get; }

    public static PageInk Of(Raster raster)
    {
        var gray = new byte[raster.Width * raster.Height];
        RasterInk.ReadGray(raster, new Box(0, 0, raster.Width, raster.Height), gray);
        byte[] ink = [.. gray];
        var threshold = new InkThreshold(gray, raster.Width, raster.Height);
        for (int y = 0; y < raster.Height; y++)
            threshold.Apply(y, ink.AsSpan(y * raster.Width, raster.Width));
        return new PageInk(gray, ink, raster.Size);
    }

    public bool IsInk(int at) => _ink[at] != 0;

    public byte Gray(int at) => _gray[at];

    /// <summary>The part of a box that lies on the page.</summary>
    public Box Within(Box box) => box.Intersect(new Box(0, 0, Size.Width, Size.Height));
}
