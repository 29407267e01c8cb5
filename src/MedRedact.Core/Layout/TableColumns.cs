namespace MedRedact.Layout;

/// <summary>The columns of the rows seen so far: stretches of the page's width that text covers, parted by gutters that no row crosses.</summary>
internal sealed class TableColumns
{
    private readonly List<(double Left, double Right)> _columns = [];

    public int Count => _columns.Count;

    /// <summary>Takes a row in, unless it crosses a gutter.</summary>
    /// <returns>Whether the row stands in columns.</returns>
    public bool TryAdd(IReadOnlyList<Strip> row, double narrowestGutter)
    {
        var widened = new List<(double Left, double Right)>(_columns);
        foreach (Place strip in row.Select(strip => strip.Place))
        {
            int first = widened.FindIndex(column => strip.Left - column.Right < narrowestGutter && column.Left - strip.Right < narrowestGutter);
            if (first < 0)
            {
                int at = widened.FindIndex(column => column.Left > strip.Left);
                widened.Insert(at < 0 ? widened.Count : at, (strip.Left, strip.Right));
                continue;
            }

            widened[first] = (Math.Min(widened[first].Left, strip.Left), Math.Max(widened[first].Right, strip.Right));
            if (first + 1 < widened.Count && widened[first + 1].Left - widened[first].Right < narrowestGutter)
                return false;
        }

        _columns.Clear();
        _columns.AddRange(widened);
        return true;
    }

    /// <summary>The column that a strip of a row taken in stands in.</summary>
    public int Of(Strip strip) => _columns.FindIndex(column => strip.Place.Left < column.Right && column.Left < strip.Place.Right);
}
