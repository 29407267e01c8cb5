namespace MedRedact.Synthesis;

/// <summary>Characters <paramref name="Start"/> to <paramref name="End"/> of a word belong to a planted fact.</summary>
internal readonly record struct FactPart(int Start, int End, Prose.Run Run);

/// <summary>Characters without white space, and which of them belong to facts. A word after three spaces or more begins a new cell.</summary>
internal sealed record Word(string Text, IReadOnlyList<FactPart> Facts, bool AfterGap = false)
{
    /// <summary>Splits prose at its spaces.</summary>
    public static List<Word> Split(Prose prose)
    {
        var words = new List<Word>();
        var text = new System.Text.StringBuilder();
        var facts = new List<FactPart>();
        int spaces = 0;
        void Flush()
        {
            if (text.Length > 0)
                words.Add(new Word(text.ToString(), [.. facts], words.Count > 0 && spaces >= 3));
            if (text.Length > 0)
                spaces = 0;
            text.Clear();
            facts.Clear();
        }

        foreach (Prose.Run run in prose.Runs)
        {
            int begun = text.Length;
            foreach (char c in run.Text)
            {
                if (c != ' ')
                {
                    text.Append(c);
                    continue;
                }

                Mark(run, begun);
                Flush();
                spaces++;
                begun = 0;
            }

            Mark(run, begun);
        }

        Flush();
        return words;

        void Mark(Prose.Run run, int begun)
        {
            if (run.Kind is not null && text.Length > begun)
                facts.Add(new FactPart(begun, text.Length, run));
        }
    }
}
