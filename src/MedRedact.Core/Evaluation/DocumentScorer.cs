using System.Collections.Immutable;

namespace MedRedact.Evaluation;

/// <summary>Judges what was found in a text by what was marked in it.</summary>
/// <remarks>
/// An identifier counts by its letters and digits; the words of, in, the, at, and, on inside it need not be found. Touching one such character is
/// an overlap; all of them is a full find. A found stretch is precise when it touches anything marked, OTHER and don't-care ages included.
/// </remarks>
public static class DocumentScorer
{
    private static readonly ImmutableArray<string> s_smallWords = ["of", "in", "the", "at", "and", "on"];

    [Flags]
    private enum Mark : byte
    {
        None = 0,
        Found = 1,
        Phi = 2,
        DontCare = 4,
    }

    /// <summary>Judges one document.</summary>
    /// <param name="gold">The marked text.</param>
    /// <param name="found">What was found, disjoint and in order.</param>
    /// <param name="ignoresAgesUnder90">Whether ages up to 89, and ages without a figure, are don't-care, as Safe Harbor keeps them.</param>
    /// <returns>The score.</returns>
    /// <exception cref="ArgumentException">Found stretches overlap, are out of order or leave the text.</exception>
    public static DocumentScore Score(GoldDocument gold, ImmutableArray<FoundSpan> found, bool ignoresAgesUnder90)
    {
        ArgumentNullException.ThrowIfNull(gold);
        var text = new CodePoints(gold.Text.Reveal());
        Mark[] marks = Marks(text, gold, found, ignoresAgesUnder90);

        int phi = 0;
        int phiFound = 0;
        var verdicts = ImmutableArray.CreateBuilder<GoldVerdict>(gold.Spans.Length);
        foreach (GoldSpan span in gold.Spans)
        {
            int by = FirstTouching(found, span);
            SpanOutcome outcome = SpanOutcome.DontCare;
            if (!IsDontCare(text, span, ignoresAgesUnder90))
            {
                (int counted, int hit) = Count(text, span, marks);
                (phi, phiFound) = (phi + counted, phiFound + hit);
                outcome = hit == 0 ? SpanOutcome.NotFound
                    : hit < counted ? SpanOutcome.InPart
                    : found[by].Type == span.Type ? SpanOutcome.Found : SpanOutcome.WrongType;
            }

            verdicts.Add(new GoldVerdict(span, outcome, by));
        }

        return new DocumentScore(
            verdicts.MoveToImmutable(), [.. found.Select(span => new FoundVerdict(span, IsMarked(marks, span)))], new Proportion(phiFound, phi), Others(text, marks));
    }

    private static Mark[] Marks(CodePoints text, GoldDocument gold, ImmutableArray<FoundSpan> found, bool ignoresAgesUnder90)
    {
        var marks = new Mark[text.Count];
        int end = 0;
        foreach (FoundSpan span in found)
        {
            if (span.Start < end || span.End < span.Start || span.End > marks.Length)
                throw new ArgumentException("Found stretches must be disjoint, in order and inside the text.", nameof(found));
            end = span.End;
            marks.AsSpan(span.Start, span.End - span.Start).Fill(Mark.Found);
        }

        foreach (GoldSpan span in gold.Spans)
        {
            Mark mark = IsDontCare(text, span, ignoresAgesUnder90) ? Mark.DontCare : Mark.Phi;
            for (int i = span.Start; i < span.End; i++)
                marks[i] |= mark;
        }

        return marks;
    }

    private static bool IsDontCare(CodePoints text, GoldSpan span, bool ignoresAgesUnder90)
    {
        if (span.Type == GoldSpan.DontCareType)
            return true;
        if (!ignoresAgesUnder90 || span.Type != GoldSpan.AgeType)
            return false;
        int age = -1;
        for (int i = span.Start; i < span.End; i++)
        {
            if (text.Digit(i) is var digit and >= 0)
                age = Math.Min((Math.Max(age, 0) * 10) + digit, 1000);
        }

        return age < 90;
    }

    /// <summary>The characters of a stretch that must be found, and how many were.</summary>
    private static (int Counted, int Found) Count(CodePoints text, GoldSpan span, Mark[] marks)
    {
        int counted = 0;
        int found = 0;
        for (int i = span.Start; i < span.End;)
        {
            int end = WordEnd(text, i, span.End);
            bool counts = end > i && !s_smallWords.Any(word => text.Spells(i, end, word));
            for (end = Math.Max(end, i + 1); i < end; i++)
            {
                if (counts && text.IsAlphanumeric(i))
                    (counted, found) = (counted + 1, found + (marks[i].HasFlag(Mark.Found) ? 1 : 0));
            }
        }

        // A stretch of signs alone, or of small words alone, counts by all its characters.
        return counted > 0 ? (counted, found) : (span.End - span.Start, marks.AsSpan(span.Start, span.End - span.Start).ToArray().Count(mark => mark.HasFlag(Mark.Found)));
    }

    private static int WordEnd(CodePoints text, int start, int end)
    {
        int at = start;
        while (at < end && (text.IsAlphanumeric(at) || text.Is(at, '_')))
            at++;
        return at;
    }

    private static int FirstTouching(ImmutableArray<FoundSpan> found, GoldSpan span)
    {
        int low = 0;
        for (int high = found.Length; low < high;)
        {
            int middle = (low + high) / 2;
            (low, high) = found[middle].End <= span.Start ? (middle + 1, high) : (low, middle);
        }

        return low < found.Length && found[low].Start < span.End ? low : -1;
    }

    private static bool IsMarked(Mark[] marks, FoundSpan span) =>
        marks.AsSpan(span.Start, span.End - span.Start).ContainsAnyExcept(Mark.None, Mark.Found);

    private static Proportion Others(CodePoints text, Mark[] marks)
    {
        int others = 0;
        int redacted = 0;
        for (int i = 0; i < marks.Length; i++)
        {
            if (marks[i] is Mark.None or Mark.Found && !text.IsWhiteSpace(i))
                (others, redacted) = (others + 1, redacted + (marks[i] == Mark.Found ? 1 : 0));
        }

        return new Proportion(redacted, others);
    }
}
