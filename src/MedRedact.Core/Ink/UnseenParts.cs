namespace MedRedact.Ink;

/// <summary>The parts of an original page that no pixel of the prepared one shows, because a sheet was cut out of what lay around it. Nobody looked at them, so
/// whatever they show may identify.</summary>
internal static class UnseenParts
{
    // What rounding may leave out at an edge, and by how much a box may reach over a slanted one, as a part of the page's shorter side.
    private const int Rounding = 3;
    private const int StepsInPage = 100, SmallestStep = 8;

    /// <summary>Boxes over all that lies outside the image of the prepared pixels.</summary>
    public static IEnumerable<Box> Of(PageTransform toOriginal, int width, int height, PageSize original)
    {
        (double X, double Y)[] corners = [toOriginal.Apply(0, 0), toOriginal.Apply(width, 0), toOriginal.Apply(width, height), toOriginal.Apply(0, height)];
        double middleX = corners.Average(corner => corner.X), middleY = corners.Average(corner => corner.Y);
        int step = Math.Max(SmallestStep, Math.Min(original.Width, original.Height) / StepsInPage);
        for (int i = 0; i < corners.Length; i++)
        {
            ((double x1, double y1), (double x2, double y2)) = (corners[i], corners[(i + 1) % corners.Length]);
            bool isUpright = Math.Abs(y2 - y1) >= Math.Abs(x2 - x1);
            IEnumerable<Box> beyond = isUpright
                ? Beyond((y1, x1), (y2, x2), (middleY, middleX), original.Height, original.Width, step).Select(box => new Box(box.Top, box.Left, box.Height, box.Width))
                : Beyond((x1, y1), (x2, y2), (middleX, middleY), original.Width, original.Height, step);
            foreach (Box box in beyond)
                yield return box;
        }
    }

    /// <summary>Strips beyond a level edge, seen from the middle, from one side of the page to the other.</summary>
    private static IEnumerable<Box> Beyond(
        (double Along, double At) from, (double Along, double At) to, (double Along, double At) middle, int length, int depth, int step)
    {
        double slope = (to.At - from.At) / (to.Along - from.Along);
        double At(double along) => from.At + (slope * (along - from.Along));
        bool isAbove = middle.At > At(middle.Along);
        int strips = Math.Clamp((int)Math.Ceiling(Math.Abs(slope) * length / step), 1, length);
        for (int i = 0; i < strips; i++)
        {
            int left = (int)((long)length * i / strips), right = (int)((long)length * (i + 1) / strips);
            double one = At(left), other = At(right);
            Box strip = isAbove
                ? Box.FromEdges(left, 0, right, Limited(Math.Ceiling(Math.Max(one, other)), depth))
                : Box.FromEdges(left, Limited(Math.Floor(Math.Min(one, other)), depth), right, depth);
            if (strip.Height > Rounding)
                yield return strip;
        }
    }

    private static int Limited(double at, int depth) => (int)Math.Clamp(at, 0, depth);
}
