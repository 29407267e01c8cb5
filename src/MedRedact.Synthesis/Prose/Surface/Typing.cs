namespace MedRedact.Synthesis;

/// <summary>Slips of a hurried hand: letters lost, doubled, swapped, hit beside; a capital forgotten.</summary>
internal static class Typing
{
    private static readonly string[] s_rows = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];

    public static SyntheticText Apply(SyntheticText text, double share, SeededRandom random)
    {
        if (share <= 0)
            return text;
        string source = text.Text;
        var rewriting = new Rewriting(text);
        for (int i = 0; i < source.Length;)
        {
            int end = i;
            while (end < source.Length && char.IsLetter(source[end]))
                end++;
            if (end - i < 4 || !random.Chance(share))
            {
                for (end = Math.Max(end, i + 1); i < end; i++)
                    rewriting.Put([source[i]]);
                continue;
            }

            int at = random.Between(i + 1, end - 2);
            int slip = random.Between(0, 4);
            for (; i < end; i++)
            {
                if (i == at && slip == 0)
                    rewriting.Put("");
                else if (i == at && slip == 1)
                    rewriting.Put([source[i], source[i]]);
                else if (i == at && slip == 2)
                {
                    rewriting.Put([source[i + 1]]);
                    rewriting.Put([source[i++]]);
                }
                else if (i == at && slip == 3)
                    rewriting.Put([Beside(source[i], random)]);
                else if (slip == 4 && char.IsUpper(source[i]))
                    rewriting.Put([char.ToLowerInvariant(source[i])]);
                else
                    rewriting.Put([source[i]]);
            }
        }

        return rewriting.Finish();
    }

    private static char Beside(char c, SeededRandom random)
    {
        foreach (string row in s_rows)
        {
            int at = row.IndexOf(c, StringComparison.Ordinal);
            if (at >= 0)
                return row[Math.Clamp(at + (random.Chance(0.5) ? 1 : -1), 0, row.Length - 1)];
        }

        return c;
    }
}
