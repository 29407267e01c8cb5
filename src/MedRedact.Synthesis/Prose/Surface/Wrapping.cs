namespace MedRedact.Synthesis;

/// <summary>Breaks long lines at a column, as old systems store them.</summary>
internal static class Wrapping
{
    public static SyntheticText Apply(SyntheticText text, int column)
    {
        if (column <= 0)
            return text;
        string source = text.Text;
        var breaks = new HashSet<int>();
        int lineStart = 0, lastSpace = -1;
        for (int i = 0; i < source.Length; i++)
        {
            if (source[i] == '\n')
                (lineStart, lastSpace) = (i + 1, -1);
            else if (source[i] == ' ')
                lastSpace = i;
            if (i - lineStart >= column && lastSpace >= 0)
            {
                breaks.Add(lastSpace);
                (lineStart, lastSpace) = (lastSpace + 1, -1);
            }
        }

        var rewriting = new Rewriting(text);
        for (int i = 0; i < source.Length; i++)
            rewriting.Put(breaks.Contains(i) ? "\n" : [source[i]]);
        return rewriting.Finish();
    }
}
