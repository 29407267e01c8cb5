namespace MedRedact.Ink;

/// <summary>Tells a flat tint, such as the shaded bar behind a heading, from ink that shows something: a tint has one grey all over, and an outline no longer
/// than a box around it. A photograph has many greys, writing has many edges.</summary>
internal static class FlatTint
{
    // Grey levels: the grain of a scan inside a cell, and the fall of light from one end to the other.
    private const int Grain = 24, Fall = 16;
    private const int FewestCells = 12, MostSpots = 5;

    /// <summary>Judges a patch of ink.</summary>
    /// <param name="cells">Each cell's share of ink and its darkest and lightest grey.</param>
    /// <param name="perimeter">Of the box around the patch, in cells.</param>
    public static bool Is(IReadOnlyList<(double Ink, byte Darkest, byte Lightest)> cells, int perimeter)
    {
        int[] flat = [.. cells.Where(cell => cell.Ink >= 0.9 && cell.Lightest - cell.Darkest <= Grain).Select(cell => (cell.Darkest + cell.Lightest) / 2).Order()];
        if (flat.Length < FewestCells)
            return false;

        int middle = flat[flat.Length / 2];
        int spots = cells.Count(cell => cell.Ink >= 0.9) - flat.Count(grey => Math.Abs(grey - middle) <= Fall);
        int edges = cells.Count(cell => cell.Ink < 0.9);
        return spots <= MostSpots && edges <= perimeter * 3 / 2;
    }
}
