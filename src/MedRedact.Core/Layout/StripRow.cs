using System.Collections.Immutable;

namespace MedRedact.Layout;

/// <summary>Strips at one height, from left to right: a line of text, a row of a table.</summary>
internal sealed class StripRow(ImmutableArray<Strip> strips)
{
    private const double SameHeight = 0.5;

    // A rule or a brace that was read as a letter reaches over several rows and joins none; no heading is so high.
    private const double Tall = 3.5;

    public ImmutableArray<Strip> Strips { get; } = strips;

    public Place Place { get; } = strips.Select(strip => strip.Place).Aggregate((one, other) => one.Union(other));

    /// <summary>Where its text stands; a tall letter at one end does not move it.</summary>
    public double Middle { get; } = strips.Select(strip => strip.Place.Middle).Median(0);

    /// <summary>Puts strips into rows, from top to bottom. Each row is followed from its left end: a strip joins the row whose last strip stands most level with it,
    /// so a row may bend as far as paper does.</summary>
    public static ImmutableArray<StripRow> Of(IEnumerable<Strip> strips)
    {
        Strip[] rightward = [.. strips.OrderBy(strip => strip.Place.Left).ThenBy(strip => strip.Place.Top)];
        double tall = Tall * rightward.Select(strip => strip.Height).Median(1);
        var rows = new List<List<Strip>>();
        foreach (Strip strip in rightward)
        {
            List<Strip>? joined = null;
            double best = SameHeight;
            foreach (List<Strip> row in rows)
            {
                Strip last = row[^1];
                double level = last.Place.SharedHeight(strip.Place);
                if (level >= best && last.Place.Right - strip.Place.Left < Math.Min(last.Height, strip.Height) / 2
                    && (strip.Height < tall) == (last.Height < tall))
                    (joined, best) = (row, level);
            }

            if (joined is null)
                rows.Add([strip]);
            else
                joined.Add(strip);
        }

        return [.. rows.Select(row => new StripRow([.. row])).OrderBy(row => row.Middle)];
    }
}
