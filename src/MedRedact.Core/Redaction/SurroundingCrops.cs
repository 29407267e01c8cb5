using System.Collections.Immutable;

namespace MedRedact.Redaction;

/// <summary>The parts of a page beside its painted boxes: three text heights to the left and to the right, whole words, and a little above and below.</summary>
internal sealed class SurroundingCrops
{
    // Text of about fifteen points. Taller boxes are areas, and what surrounds them is text all the same.
    private const double LargestTextInches = 0.2;

    private readonly Raster _raster;
    private readonly Box[] _painted;
    private readonly Box[] _hidden;

    public SurroundingCrops(AppliedRedaction applied)
    {
        _raster = applied.Page.Raster;
        _painted = [.. applied.Painted.Select(painted => painted.Box)];
        Box[] words = [.. applied.Page.Text.Layout.Lines.SelectMany(line => line.Words).Select(word => word.Box).Where(word => !word.IsEmpty)];

        // Beside an area nothing can be compared: nobody knows what it held. Only where a value stood is read again.
        Box[] values = [.. applied.Painted.Where(painted => painted.Removed is not null).Select(painted => painted.Box)];

        // Words of the lines above and below would be cut, and read as anything: they show as paper, as the painted boxes do.
        ILookup<bool, Box> beside = words.ToLookup(word => values.Any(box => IsBeside(box, word)));
        _hidden = [.. _painted, .. beside[false]];
        Boxes = Merged([.. values.Select(box => CropOf(box, beside[true])).Where(ShowsInk)]);
    }

    /// <summary>The crops that show any ink, apart from each other or nearly so.</summary>
    public ImmutableArray<Box> Boxes { get; }

    /// <summary>The height of the text beside a box.</summary>
    public static int TextHeight(Box box, Raster raster) => Math.Max(4, Math.Min(box.Height, (int)(raster.Dpi.Value * LargestTextInches)));

    /// <summary>The grey values of a crop, which the caller disposes; painted boxes and words that are not beside one show as paper.</summary>
    public GrayRegion ReadGray(Box crop)
    {
        GrayRegion gray = GrayRegion.Of(_raster, crop);
        byte paper = PaperOf(gray.Pixels);
        foreach (Box box in _hidden.Select(hidden => hidden.Intersect(crop)).Where(box => !box.IsEmpty))
        {
            for (int y = box.Top; y < box.Bottom; y++)
                gray.Row(y - crop.Top).Slice(box.Left - crop.Left, box.Width).Fill(paper);
        }

        return gray;
    }

    private Box CropOf(Box box, IEnumerable<Box> words)
    {
        int height = TextHeight(box, _raster);
        Box crop = Box.FromEdges(box.Left - (3 * height), box.Top - (height / 4), box.Right + (3 * height), box.Bottom + (height / 4));
        foreach (Box word in words.Where(word => IsBeside(box, word)))
            crop = Box.FromEdges(Math.Min(crop.Left, word.Left - 2), crop.Top, Math.Max(crop.Right, word.Right + 2), crop.Bottom);

        return crop.Intersect(new Box(0, 0, _raster.Width, _raster.Height));
    }

    private bool IsBeside(Box box, Box word)
    {
        int height = TextHeight(box, _raster), middle = word.Top + (word.Height / 2);
        return middle >= box.Top && middle < box.Bottom && word.Right > box.Left - height && word.Left < box.Right + height;
    }

    /// <summary>Whether there is anything to read: as much ink as the smallest letter has.</summary>
    private bool ShowsInk(Box crop)
    {
        using GrayRegion gray = ReadGray(crop);
        return RegionInk.Of(gray).Count >= TextHeight(crop, _raster) / 2;
    }

    /// <summary>The most frequent grey: paper, or paint that is nearly as light.</summary>
    private static byte PaperOf(ReadOnlySpan<byte> gray)
    {
        Span<int> histogram = stackalloc int[256];
        histogram.Clear();
        foreach (byte value in gray)
            histogram[value]++;

        int paper = 255;
        for (int value = 254; value >= 128; value--)
            paper = histogram[value] > histogram[paper] ? value : paper;
        return (byte)paper;
    }

    /// <summary>Joins crops that share more than they add, so that little is read twice.</summary>
    private static ImmutableArray<Box> Merged(List<Box> crops)
    {
        for (int i = 0; i < crops.Count; i++)
        {
            for (int j = crops.Count - 1; j > i; j--)
            {
                Box both = crops[i].Union(crops[j]);
                if (crops[i].Overlaps(crops[j]) && Area(both) <= Area(crops[i]) + Area(crops[j]))
                {
                    crops[i] = both;
                    crops.RemoveAt(j);
                    j = crops.Count;
                }
            }
        }

        return [.. crops];
    }

    private static long Area(Box box) => (long)box.Width * box.Height;
}
