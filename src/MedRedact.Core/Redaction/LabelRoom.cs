namespace MedRedact.Redaction;

/// <summary>Where the label of a box may be drawn: the largest part that no other box reaches into, so that each label stays whole.</summary>
internal static class LabelRoom
{
    public static Box Of(Box box, IEnumerable<Box> others)
    {
        foreach (Box other in others)
        {
            if (!box.Overlaps(other))
                continue;

            Box[] parts =
            [
                Box.FromEdges(box.Left, box.Top, Math.Min(box.Right, other.Left), box.Bottom),
                Box.FromEdges(Math.Max(box.Left, other.Right), box.Top, box.Right, box.Bottom),
                Box.FromEdges(box.Left, box.Top, box.Right, Math.Min(box.Bottom, other.Top)),
                Box.FromEdges(box.Left, Math.Max(box.Top, other.Bottom), box.Right, box.Bottom),
            ];
            box = parts.MaxBy(part => part.IsEmpty ? 0 : (long)part.Width * part.Height);
        }

        return box.IsEmpty ? default : box;
    }
}
