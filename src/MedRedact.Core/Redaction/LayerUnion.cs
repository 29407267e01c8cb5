using System.Collections.Immutable;

namespace MedRedact.Redaction;

/// <summary>A value of a born-digital page is found twice, in its native text and in what was read. Both boxes lie on the same ink: they become one, so that
/// there is one label, and one mark that says so.</summary>
internal static class LayerUnion
{
    /// <summary>Lets the boxes of recognized findings take up the boxes of native findings that lie on them.</summary>
    /// <param name="decided">The findings.</param>
    /// <param name="boxes">The boxes of each.</param>
    /// <param name="kept">Boxes of the words that stay: none may be covered that was not covered before.</param>
    /// <returns>The boxes of each finding; all pixels that were covered still are.</returns>
    public static ImmutableArray<ImmutableArray<Box>> Of(
        ImmutableArray<DecidedFinding> decided, ImmutableArray<ImmutableArray<Box>> boxes, IReadOnlyList<Box> kept)
    {
        if (!decided.Any(each => IsOf(each, TextLayer.Native)))
            return boxes;

        List<Box>[] all = [.. boxes.Select(own => own.ToList())];
        int[] recognized = [.. Enumerable.Range(0, all.Length).Where(index => IsOf(decided[index], TextLayer.Recognized))];
        foreach (int index in Enumerable.Range(0, all.Length).Where(index => IsOf(decided[index], TextLayer.Native)))
            all[index].RemoveAll(box => recognized.Any(other => AreAlike(decided[index], decided[other]) && TryTakeUp(all[other], box, kept)));

        return [.. all.Select(own => own.ToImmutableArray())];
    }

    private static bool TryTakeUp(List<Box> boxes, Box native, IReadOnlyList<Box> kept)
    {
        for (int i = 0; i < boxes.Count; i++)
        {
            Box joined = boxes[i].Union(native);
            if (LieOnEachOther(boxes[i], native) && !kept.Any(word => word.Overlaps(joined) && !word.Overlaps(boxes[i]) && !word.Overlaps(native)))
            {
                boxes[i] = joined;
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether both say the same kind of thing: hidden text of another kind over a value keeps a mark of its own.</summary>
    private static bool AreAlike(DecidedFinding native, DecidedFinding recognized) =>
        native.Finding.Category.IsA(recognized.Finding.Category) || recognized.Finding.Category.IsA(native.Finding.Category);

    /// <summary>Whether at least half of the smaller box lies in the other.</summary>
    private static bool LieOnEachOther(Box one, Box other)
    {
        Box common = one.Intersect(other);
        return !common.IsEmpty && Area(common) * 2 >= Math.Min(Area(one), Area(other));
    }

    private static long Area(Box box) => (long)box.Width * box.Height;

    private static bool IsOf(DecidedFinding decided, TextLayer layer) =>
        decided.IsRemoved && decided.Finding.Location is Location.Text at && at.Layer == layer;
}
