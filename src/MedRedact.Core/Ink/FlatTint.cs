namespace MedRedact.Ink;

/// <summary>A cell of a patch of ink.</summary>
/// <param name="Ink">Its share of ink, 0 to 1.</param>
/// <param name="Darkest">Its darkest grey.</param>
/// <param name="Lightest">Its lightest grey.</param>
/// <param name="IsRim">Whether it lies at the rim of the patch.</param>
internal readonly record struct InkCell(double Ink, byte Darkest, byte Lightest, bool IsRim);

/// <summary>Tells a flat tint, such as the shaded bar behind a heading, from ink that shows something: a tint is light, has one grey all over, and only its rim
/// is not filled. A photograph has many greys, writing has many edges; white writing on a dark bar is no tint.</summary>
internal static class FlatTint
{
    /// <summary>No tint is darker.</summary>
    public const byte Lightness = 160;

    // Grey levels: the grain of a scan inside a cell, and the fall of light from one end to the other.
    private const int Grain = 16, Fall = 12;
    private const int FewestCells = 12, MostSpots = 2;

    /// <summary>Judges a patch of ink.</summary>
    public static bool Is(IReadOnlyList<InkCell> cells)
    {
        int[] flat = [.. cells.Where(IsFlat).Select(Middle).Order()];
        if (flat.Length < FewestCells)
            return false;

        int middle = flat[flat.Length / 2];
        return middle >= Lightness && cells.Count(cell => !cell.IsRim && !(IsFlat(cell) && Math.Abs(Middle(cell) - middle) <= Fall)) <= MostSpots;
    }

    private static bool IsFlat(InkCell cell) => cell.Ink >= 0.9 && cell.Lightest - cell.Darkest <= Grain;

    private static int Middle(InkCell cell) => (cell.Darkest + cell.Lightest) / 2;
}
