using System.Collections.Immutable;

namespace MedRedact.Redaction;

/// <summary>Paints what goes: painted boxes first, all of them, then the labels.</summary>
internal static class PagePainter
{
    /// <summary>Paints the findings that go.</summary>
    /// <returns>The boxes of each finding, in the order of the findings, and all that was painted.</returns>
    public static (ImmutableArray<ImmutableArray<Box>> ByFinding, ImmutableArray<PaintedBox> Painted) Paint(
        Raster raster, RedactionPlan plan, ImmutableArray<DecidedFinding> decided, ILabelPainter labels)
    {
        // All boxes are found before the first is filled: paint must not pass for ink.
        Box[] kept = [.. plan.KeptWords()];
        var cover = new GlyphCover(raster, kept);
        ImmutableArray<ImmutableArray<Box>> found = [.. decided.Select(each => each.IsRemoved ? CoverOf(cover, plan, each.Finding.Location) : [])];
        ImmutableArray<ImmutableArray<Box>> boxes = LayerUnion.Of(decided, found, kept);
        Box[] all = [.. boxes.SelectMany(each => each)];
        foreach (Box box in all)
            RasterInk.Fill(raster, box);

        var painted = ImmutableArray.CreateBuilder<PaintedBox>(all.Length);
        foreach ((DecidedFinding each, ImmutableArray<Box> own) in decided.Zip(boxes))
        {
            // The text of a replacement stands once, in the first box of its finding. An area stood for no text and gets none.
            string? label = each.Finding.Location is Location.Area ? null : LabelOf(each.Replacement);
            foreach (Box box in own)
            {
                int self = painted.Count;
                Box room = label is null ? default : LabelRoom.Of(box, all.Where((_, index) => index != self));
                bool drawn = label is not null && !room.IsEmpty && labels.TryPaintLabel(raster, room, label);
                painted.Add(new PaintedBox(box, drawn ? room : default, drawn ? label : null, each.Removed));
                label = null;
            }
        }

        return (boxes, painted.ToImmutable());
    }

    private static ImmutableArray<Box> CoverOf(GlyphCover cover, RedactionPlan plan, Location location)
    {
        if (location is Location.Area area)
            return [cover.CoverArea(area.Box)];

        ImmutableArray<(Box Words, Box Line)> words = plan.Boxes(location);

        // Where an engine read words there is ink. Blank paper under them means that the boxes lie elsewhere than the words.
        if (location is Location.Text { Layer: TextLayer.Recognized } && words.Any(each => !cover.HasInk(each.Words)))
            throw RedactionFaults.Fault(RedactionFaults.Misplaced);

        return [.. words.SelectMany(each => cover.CoverWords(each.Words, each.Line))];
    }

    /// <summary>What may be drawn: printable ASCII of the kinds that say nothing about the value.</summary>
    private static string? LabelOf(Replacement replacement) =>
        replacement.Kind is ReplacementKind.Label or ReplacementKind.Token or ReplacementKind.Free && replacement.Text.All(c => c is >= ' ' and <= '~')
            ? replacement.Text
            : null;
}
