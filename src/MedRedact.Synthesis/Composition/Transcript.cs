using System.Text;

namespace MedRedact.Synthesis;

/// <summary>A placed word with where its characters stand in the record's text.</summary>
internal sealed record TranscribedWord(PlacedWord Placed, int Start, int Line, int Block);

internal sealed record TranscribedPage(LaidOutPage Layout, IReadOnlyList<TranscribedWord> Words, int Start, int End);

/// <summary>The text of laid-out pages in reading order, with the truth about it.</summary>
internal sealed record Transcript(string Text, IReadOnlyList<TruthSpan> Spans, IReadOnlyList<TranscribedPage> Pages)
{
    private const string CellGap = "   ";

    public static Transcript Of(IReadOnlyList<LaidOutPage> layouts)
    {
        var text = new StringBuilder();
        var open = new List<(int Start, int End, Prose.Run Run)>();
        var pages = new List<TranscribedPage>();
        foreach (LaidOutPage layout in layouts)
        {
            if (pages.Count > 0)
                text.Append('\f');
            int begun = text.Length, lineNumber = -1, block = 0;
            var words = new List<TranscribedWord>();
            foreach (LaidOutLine line in layout.Lines)
            {
                if (text.Length > begun)
                    text.Append(line.AfterGap ? "\n\n" : "\n");
                lineNumber++;
                block += line.AfterGap ? 1 : 0;
                for (int i = 0; i < line.Words.Count; i++)
                {
                    PlacedWord word = line.Words[i];
                    if (i > 0)
                        text.Append(word.StartsCell ? CellGap : " ");
                    words.Add(new TranscribedWord(word, text.Length, lineNumber, block));
                    foreach (FactPart part in word.Word.Facts)
                        Extend(open, text.Length + part.Start, text.Length + part.End, part.Run, text);
                    text.Append(word.Word.Text);
                }
            }

            pages.Add(new TranscribedPage(layout, words, begun, text.Length));
        }

        string whole = text.ToString();
        return new Transcript(whole, [.. open.Select(span => Label(whole, span.Start, span.End, span.Run.Kind!.Value))], pages);
    }

    // A fact of several words is one span as long as nothing but white space of one page stands between them.
    private static void Extend(List<(int Start, int End, Prose.Run Run)> open, int start, int end, Prose.Run run, StringBuilder text)
    {
        if (open.Count > 0 && ReferenceEquals(open[^1].Run, run) && IsBlank(text, open[^1].End, start))
            open[^1] = (open[^1].Start, end, run);
        else
            open.Add((start, end, run));
    }

    private static bool IsBlank(StringBuilder text, int from, int to)
    {
        for (int i = from; i < to; i++)
        {
            if (text[i] is not (' ' or '\n'))
                return false;
        }

        return true;
    }

    private static TruthSpan Label(string text, int start, int end, FactKind kind)
    {
        (string type, string category, bool isPhi) = kind.Label();
        return new TruthSpan(start, end, type, category, isPhi, text[start..end]);
    }
}
