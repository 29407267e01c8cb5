namespace MedRedact.Ink;

/// <summary>What a patch of unread ink is, judged by its looks: a bar code, a two-dimensional code, a photograph, a signature where one is asked for. What looks like nothing known stays
/// unread ink.</summary>
internal static class InkKinds
{
    private static readonly RuleId Unexplained = new("ink.unexplained"), BarCode = new("ink.barcode"), MatrixCode = new("ink.matrix-code"), Picture = new("ink.photo");

    /// <summary>The rule of signatures.</summary>
    public static RuleId Signed { get; } = new("ink.signature");

    public static (PhiCategory Category, RuleId Rule) Of(InkPatch patch, InkBitmap ink, Box[] signatureLabels, int cell) => patch switch
    {
        _ when IsBarCode(ink, patch.Bounds) => (PhiCategory.Barcode, BarCode),
        _ when MatrixCodes.Is(ink, patch.Bounds, cell) => (PhiCategory.Barcode, MatrixCode),
        _ when IsPhotograph(patch, cell) => (PhiCategory.Photo, Picture),
        _ when IsSignature(patch, signatureLabels, cell) => (PhiCategory.Signature, Signed),
        _ => (PhiCategory.UnreadInk, Unexplained),
    };

    /// <summary>Rows at three heights are alike and change between ink and paper at least as often as the shortest useful code does.</summary>
    private static bool IsBarCode(InkBitmap ink, Box bounds)
    {
        const int FewestChanges = 24;
        Box within = bounds.Intersect(new Box(0, 0, ink.Width, ink.Height));
        if (within.Height < 12 || within.Width < FewestChanges * 2)
            return false;

        ReadOnlySpan<byte> Row(double share) => ink.Row(within.Top + (int)(within.Height * share))[within.Left..within.Right];
        ReadOnlySpan<byte> upper = Row(0.35), middle = Row(0.5), lower = Row(0.65);
        return Changes(middle) >= FewestChanges && Alike(upper, middle) && Alike(middle, lower);
    }

    private static int Changes(ReadOnlySpan<byte> row)
    {
        int changes = 0;
        for (int x = 1; x < row.Length; x++)
            changes += row[x] != row[x - 1] ? 1 : 0;
        return changes;
    }

    private static bool Alike(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        int same = 0;
        for (int x = 0; x < one.Length; x++)
            same += one[x] == other[x] ? 1 : 0;
        return same * 100 >= one.Length * 85;
    }

    /// <summary>At least half an inch each way, mostly filled, in three or more greys.</summary>
    private static bool IsPhotograph(InkPatch patch, int cell)
    {
        if (Math.Min(patch.Bounds.Width, patch.Bounds.Height) < cell * 12)
            return false;

        int[] steps = new int[16];
        int filled = 0;
        foreach ((double share, byte darkest, byte lightest, _) in patch.Cells)
        {
            if (share < 0.9)
                continue;

            filled++;
            steps[(darkest + lightest) / 32]++;
        }

        long cells = (long)patch.Bounds.Width * patch.Bounds.Height / ((long)cell * cell);
        return filled * 2 > cells && steps.Count(step => step * 20 >= filled) >= 3;
    }

    /// <summary>Whether a patch may be a signature, or what an engine left of one: thin strokes within an inch of words that ask for it.</summary>
    public static bool IsSigned(InkPatch patch, Box[] labels, int cell)
    {
        Box near = patch.Bounds.Grow(cell * 25);
        return patch.Cells.Average(each => each.Ink) < 0.65 && patch.Bounds.Height < cell * 30 && labels.Any(near.Overlaps);
    }

    /// <summary>Whether unread ink may be writing: thin strokes, no lower than a letter and no higher than an inch.</summary>
    public static bool MayBeWritten(InkPatch patch, int cell) =>
        patch.Cells.Average(each => each.Ink) < 0.65 && patch.Bounds.Height >= cell * 2 && patch.Bounds.Height < cell * 30 && patch.Bounds.Width >= cell * 3;

    /// <summary>Thin strokes where somebody signs, wider than high.</summary>
    private static bool IsSignature(InkPatch patch, Box[] labels, int cell) => patch.Bounds.Width > patch.Bounds.Height && IsSigned(patch, labels, cell);
}
