using System.Collections.Immutable;
using static MedRedact.Evaluation.ReportFrame;

namespace MedRedact.Evaluation;

/// <summary>The texts in which something went wrong, with every stretch coloured by what became of it. Only of sets declared synthetic.</summary>
internal static class MarkedTexts
{
    public static void Write(ImmutableArray<ScoredDocument> documents, TextWriter page)
    {
        ScoredDocument[] wrong =
            [.. documents.Where(document => document.Score.OverRedactions > 0 || document.Score.Gold.Any(verdict => verdict.Outcome < SpanOutcome.Found)).OrderByDescending(document => document.Score.Leaks)];
        if (wrong.Length == 0)
            return;
        page.Write($"<h3>Texts in which something went wrong: {Number(wrong.Length)} of {Number(documents.Length)}</h3>\n"
            + "<p class=\"legend\"><mark class=\"missed\">missed</mark> <mark class=\"part\">found in part</mark> <mark class=\"wrong\">wrong type</mark> <mark class=\"over\">over-redacted</mark> <mark class=\"found\">found</mark> <mark class=\"any\">don’t care</mark></p>\n");
        foreach (ScoredDocument document in wrong)
        {
            string open = document.Score.Leaks > 0 ? " open" : "";
            page.Write($"<details{open}><summary><code>{Encode(document.Gold.Id.Reveal())}</code> <small>leaks {Number(document.Score.Leaks)} · over-redactions {Number(document.Score.OverRedactions)}</small></summary><pre>");
            WriteText(document, page);
            page.Write("</pre></details>\n");
        }
    }

    private static void WriteText(ScoredDocument document, TextWriter page)
    {
        string text = document.Gold.Text.Reveal();
        (string Class, string Title)[] marks = Marks(document);
        int[] offsets = Offsets(text, marks.Length);
        for (int i = 0; i < marks.Length;)
        {
            int end = i + 1;
            while (end < marks.Length && marks[end] == marks[i])
                end++;
            string stretch = Encode(text[offsets[i]..offsets[end]]);
            page.Write(marks[i].Class is null ? stretch : $"<mark class=\"{marks[i].Class}\" title=\"{Encode(marks[i].Title)}\">{stretch}</mark>");
            i = end;
        }
    }

    /// <summary>The colour of each code point: what was found first, then what was marked over it, so that a missed part shows as missed.</summary>
    private static (string Class, string Title)[] Marks(ScoredDocument document)
    {
        var marks = new (string Class, string Title)[new CodePoints(document.Gold.Text.Reveal()).Count];
        var found = new bool[marks.Length];
        foreach (FoundVerdict verdict in document.Score.Found)
        {
            found.AsSpan(verdict.Found.Start, verdict.Found.End - verdict.Found.Start).Fill(true);
            marks.AsSpan(verdict.Found.Start, verdict.Found.End - verdict.Found.Start)
                .Fill((verdict.IsMarked ? "beside" : "over", $"{verdict.Found.Type} by {verdict.Found.Rule}"));
        }

        foreach (GoldVerdict verdict in document.Score.Gold)
        {
            string by = verdict.By < 0 ? "" : $", found as {document.Score.Found[verdict.By].Found.Type} by {document.Score.Found[verdict.By].Found.Rule}";
            for (int i = verdict.Gold.Start; i < verdict.Gold.End; i++)
                marks[i] = (Class(verdict.Outcome, found[i]), verdict.Gold.Type + by);
        }

        return marks;
    }

    private static string Class(SpanOutcome outcome, bool isFound) => outcome switch
    {
        SpanOutcome.DontCare => "any",
        SpanOutcome.Found => "found",
        SpanOutcome.WrongType => "wrong",
        SpanOutcome.InPart when isFound => "part",
        _ => "missed",
    };

    private static int[] Offsets(string text, int count)
    {
        var offsets = new int[count + 1];
        for (int i = 0, unit = 0; i < count; i++)
        {
            offsets[i] = unit;
            unit += char.IsHighSurrogate(text[unit]) && unit + 1 < text.Length && char.IsLowSurrogate(text[unit + 1]) ? 2 : 1;
        }

        offsets[count] = text.Length;
        return offsets;
    }
}
