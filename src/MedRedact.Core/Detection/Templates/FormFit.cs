using System.Collections.Immutable;

namespace MedRedact.Detection;

/// <summary>How a template lies on a page: the shift, scale and turn that bring most of its anchors onto what is seen of them.</summary>
/// <param name="ToPage">From the template's units to pixels of the original page: x' = a·x − b·y + c, y' = b·x + a·y + d.</param>
/// <param name="Anchors">The sightings that agree.</param>
/// <param name="Misfit">By how many pixels they differ, root mean square.</param>
internal sealed record FormFit(FormFit.Similarity ToPage, ImmutableArray<AnchorSighting> Anchors, double Misfit)
{
    /// <summary>Pages lie straight, or nearly so.</summary>
    private const double MostTurn = 0.35;

    public readonly record struct Similarity(double A, double B, double C, double D)
    {
        public double Scale => double.Hypot(A, B);

        public (double X, double Y) Apply((double X, double Y) p) => ((A * p.X) - (B * p.Y) + C, (B * p.X) + (A * p.Y) + D);
    }

    /// <summary>The fit with which most anchors agree, of those the closest; none where fewer than <paramref name="least"/> do.</summary>
    public static FormFit? Of(FormTemplate template, List<AnchorSighting> sightings, int least)
    {
        FormFit? best = null;
        double slack = template.Diagonal * 0.012;
        for (int i = 0; i < sightings.Count; i++)
        {
            for (int j = i + 1; j < sightings.Count; j++)
            {
                if (sightings[i].Anchor == sightings[j].Anchor || sightings[i].Box == sightings[j].Box
                    || Through([(template.Anchors[sightings[i].Anchor].Box.Center, sightings[i].Center), (template.Anchors[sightings[j].Anchor].Box.Center, sightings[j].Center)]) is not { } guess)
                    continue;
                FormFit fit = Agreeing(template, sightings, guess, slack);
                if (fit.Anchors.Length >= least && (best is null || (fit.Anchors.Length, -fit.Misfit).CompareTo((best.Anchors.Length, -best.Misfit)) > 0))
                    best = fit;
            }
        }

        return best is null ? null : Refined(template, best);
    }

    /// <summary>The pixels that a rectangle of the template covers, rounded outward and grown by the misfit.</summary>
    public Box Place(FormBox box)
    {
        (double X, double Y)[] corners =
        [
            ToPage.Apply((box.Left, box.Top)), ToPage.Apply((box.Left + box.Width, box.Top)),
            ToPage.Apply((box.Left, box.Top + box.Height)), ToPage.Apply((box.Left + box.Width, box.Top + box.Height)),
        ];

        // A hair inward, so that 12.0000000001 stays 12 and does not grow by a pixel.
        double grown = Misfit - 1e-6;
        return Box.FromEdges(
            (int)Math.Floor(corners.Min(corner => corner.X) - grown), (int)Math.Floor(corners.Min(corner => corner.Y) - grown),
            (int)Math.Ceiling(corners.Max(corner => corner.X) + grown), (int)Math.Ceiling(corners.Max(corner => corner.Y) + grown));
    }

    /// <summary>For each anchor the sighting that a guess puts it on, if one is near and of its size.</summary>
    private static FormFit Agreeing(FormTemplate template, List<AnchorSighting> sightings, Similarity guess, double slack)
    {
        var agreeing = ImmutableArray.CreateBuilder<AnchorSighting>();
        double squares = 0;
        for (int anchor = 0; anchor < template.Anchors.Length; anchor++)
        {
            FormBox printed = template.Anchors[anchor].Box;
            (double x, double y) = guess.Apply(printed.Center);
            (AnchorSighting? Sighting, double Distance) nearest = (null, guess.Scale * Math.Max(printed.Height, slack));
            foreach (AnchorSighting sighting in sightings)
            {
                double distance = double.Hypot(sighting.Center.X - x, sighting.Center.Y - y);
                if (sighting.Anchor == anchor && distance <= nearest.Distance && sighting.Box.Width / (guess.Scale * printed.Width) is > 0.6 and < 1.6)
                    nearest = (sighting, distance);
            }

            if (nearest.Sighting is { } found)
            {
                agreeing.Add(found);
                squares += nearest.Distance * nearest.Distance;
            }
        }

        return new FormFit(guess, agreeing.ToImmutable(), Math.Sqrt(squares / Math.Max(1, agreeing.Count)));
    }

    private static FormFit Refined(FormTemplate template, FormFit fit)
    {
        ((double X, double Y) Form, (double X, double Y) Page)[] pairs = [.. fit.Anchors.Select(sighting => (template.Anchors[sighting.Anchor].Box.Center, sighting.Center))];
        if (Through(pairs) is not { } refined)
            return fit;
        double squares = pairs.Sum(pair => refined.Apply(pair.Form) is var (x, y) ? ((x - pair.Page.X) * (x - pair.Page.X)) + ((y - pair.Page.Y) * (y - pair.Page.Y)) : 0);
        return fit with { ToPage = refined, Misfit = Math.Sqrt(squares / pairs.Length) };
    }

    /// <summary>The similarity with the least squares of distance; none where it would turn the page or where the points are one.</summary>
    private static Similarity? Through(ReadOnlySpan<((double X, double Y) Form, (double X, double Y) Page)> pairs)
    {
        (double fx, double fy, double px, double py) = (0, 0, 0, 0);
        foreach (((double X, double Y) form, (double X, double Y) page) in pairs)
            (fx, fy, px, py) = (fx + form.X, fy + form.Y, px + page.X, py + page.Y);
        (fx, fy, px, py) = (fx / pairs.Length, fy / pairs.Length, px / pairs.Length, py / pairs.Length);

        (double size, double along, double across) = (0, 0, 0);
        foreach (((double X, double Y) form, (double X, double Y) page) in pairs)
        {
            (double x, double y, double u, double v) = (form.X - fx, form.Y - fy, page.X - px, page.Y - py);
            size += (x * x) + (y * y);
            along += (x * u) + (y * v);
            across += (x * v) - (y * u);
        }

        if (size < 1e-9 || along <= 0 || Math.Abs(Math.Atan2(across, along)) > MostTurn)
            return null;
        (double a, double b) = (along / size, across / size);
        return new Similarity(a, b, px - (a * fx) + (b * fy), py - (b * fx) - (a * fy));
    }
}
