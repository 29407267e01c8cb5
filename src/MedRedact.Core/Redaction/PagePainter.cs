using System.Collections.Immutable;

namespace MedRedact.Redaction;

/// <summary>Paints what goes: painted boxes first, all of them, then the labels.</summary>
/// <param name="labels">Draws the labels.</param>
/// <param name="blockSide">The side of the blocks in which the page was coded; 0: none.</param>
/// <param name="widthStep">The step of the widths of boxes in pixels; 0: by the height of the text.</param>
internal sealed class PagePainter(ILabelPainter labels, int blockSide, int widthStep)
{
    /// <summary>Paints the findings that go.</summary>
    /// <returns>The boxes of each finding, in the order of the findings, and all that was painted.</returns>
    public (ImmutableArray<ImmutableArray<Box>> ByFinding, ImmutableArray<PaintedBox> Painted) Paint(
        Raster raster, RedactionPlan plan, ImmutableArray<DecidedFinding> decided)
    {
        // All boxes are found before the first is filled: paint must not pass for ink.
        Box[] kept = [.. plan.KeptWords()];
        var cover = new GlyphCover(raster, kept, widthStep);
        ImmutableArray<ImmutableArray<Box>> found = [.. decided.Select(each => each.IsRemoved ? CoverOf(cover, plan, each.Finding.Location) : [])];
        var grid = new BlockGrid(blockSide, raster.Size, kept);
        ImmutableArray<ImmutableArray<Box>> boxes = [.. LayerUnion.Of(decided, found, kept).Select(own => own.Select(grid.Cover).ToImmutableArray())];
        Box[] all = [.. boxes.SelectMany(each => each)];
        foreach (Box box in all)
            RasterInk.Fill(raster, box);

        var painted = ImmutableArray.CreateBuilder<PaintedBox>(all.Length);
        foreach ((DecidedFinding each, ImmutableArray<Box> own) in decided.Zip(boxes))
        {
            // The text of a replacement stands once, in the first box of its finding. An area stood for no text and gets none.
            string[] wordings = each.Finding.Location is Location.Area ? [] : Wordings(each);
            foreach (Box box in own)
            {
                int self = painted.Count;
                Box room = wordings.Length == 0 ? default : LabelRoom.Of(box, all.Where((_, index) => index != self));
                string? drawn = room.IsEmpty ? null : wordings.FirstOrDefault(wording => labels.TryPaintLabel(raster, room, wording));
                painted.Add(new PaintedBox(box, drawn is null ? default : room, drawn, each.Removed));
                wordings = [];
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

    /// <summary>What may be drawn, the first that fits: the replacement, and where a token or a value is too long for its box, what kind of thing stood there.
    /// Printable ASCII only, of the kinds that say nothing about the value.</summary>
    private static string[] Wordings(DecidedFinding decided) => decided.Replacement.Kind switch
    {
        ReplacementKind.Token or ReplacementKind.Free => [.. Printable(decided.Replacement.Text), Replacement.Label(decided.Finding.Category).Text],
        ReplacementKind.Label => [.. Printable(decided.Replacement.Text)],
        _ => [],
    };

    private static string[] Printable(string text) => text.All(c => c is >= ' ' and <= '~') ? [text] : [];
}
