using System.Collections.Immutable;

namespace MedRedact.Redaction;

/// <summary>Says on the clean page what was done where.</summary>
internal static class RedactionMarks
{
    /// <summary>One mark a finding, those in the text first, in its order.</summary>
    public static ImmutableArray<RedactionMark> Of(
        ImmutableArray<DecidedFinding> decided, ImmutableArray<ImmutableArray<Box>> boxes, CleanTextWriter text)
    {
        var marks = new List<RedactionMark>(decided.Length);
        foreach ((int index, DecidedFinding each) in decided.Index())
        {
            if (LocationOf(index, each, boxes[index], text) is { } location)
                marks.Add(new(each.Finding.Category, location, boxes[index], each.Disposition, each.Replacement, each.Finding.RuleId, each.Finding.Confidence));
        }

        return [.. marks.OrderBy(mark => mark.Location is Location.Text at ? at.Span.Start : int.MaxValue)];
    }

    /// <summary><see langword="null"/> for a finding of which the clean page shows nothing: it touched no word, or another finding took it away.</summary>
    private static Location? LocationOf(int index, DecidedFinding decided, ImmutableArray<Box> boxes, CleanTextWriter text)
    {
        if (decided.Finding.Location is Location.Area area)
            return area;

        TextSpan? place = decided.IsRemoved ? text.PlaceOf(index)
            : decided.Finding.Location is Location.Text { Layer: TextLayer.Recognized } at ? text.MapKept(at.Span)
            : null;
        return place is { } span ? new Location.Text(span) : boxes.IsEmpty ? null : new Location.Area(boxes[0]);
    }
}
