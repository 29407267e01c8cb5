namespace MedRedact.Synthesis;

/// <summary>What optical character recognition does to worn print: look-alikes, lost and added spaces, broken words, stray marks.</summary>
internal static class OcrWear
{
    private static readonly Dictionary<string, string[]> s_lookalikes = new(StringComparer.Ordinal)
    {
        ["0"] = ["O", "o", "D"], ["O"] = ["0", "Q", "D"], ["1"] = ["l", "I", "|"], ["l"] = ["1", "I", "|"], ["I"] = ["l", "1", "|"], ["5"] = ["S"], ["S"] = ["5"], ["8"] = ["B", "&"],
        ["B"] = ["8", "E"], ["2"] = ["Z"], ["Z"] = ["2"], ["6"] = ["G", "b"], ["G"] = ["6", "C"], ["9"] = ["g", "q"], ["g"] = ["9", "q"], ["4"] = ["A"], ["rn"] = ["m"], ["m"] = ["rn", "nn"],
        ["cl"] = ["d"], ["d"] = ["cl"], ["vv"] = ["w"], ["w"] = ["vv"], ["ii"] = ["u"], ["n"] = ["u", "ri"], ["u"] = ["n", "ii"], ["h"] = ["li", "b"], ["c"] = ["e", "o"], ["e"] = ["c", "o"],
        ["o"] = ["c", "0"], ["t"] = ["f", "+"], ["f"] = ["t"], ["."] = [",", ""], [","] = [".", "'"], ["-"] = ["–", "_", ""], ["/"] = ["1", "l", "|"], ["7"] = ["1", "?"], ["3"] = ["8"],
        ["E"] = ["F", "B"], ["M"] = ["N", "IVI"], ["H"] = ["N"], ["y"] = ["v", "g"], ["a"] = ["o", "s"], ["i"] = ["l", "j", "1"], [":"] = [";", "."], ["r"] = ["n", "i"], ["D"] = ["O", "0"], ["T"] = ["I", "7"],
    };

    private static readonly string[] s_marks = ["§", "©", "|", "~", "•", "_", "'", ".", "»", "*"];

    public static SyntheticText Apply(SyntheticText text, double share, SeededRandom random)
    {
        if (share <= 0)
            return text;
        string source = text.Text;
        var rewriting = new Rewriting(text);
        for (int i = 0; i < source.Length; i++)
        {
            char c = source[i];
            if (!random.Chance(share))
                rewriting.Put([c]);
            else if (c == ' ')
                rewriting.Put(random.Chance(0.4) ? "" : random.Chance(0.5) ? "  " : $" {random.Pick(s_marks)} ");
            else if (c == '\n')
                rewriting.Put(random.Chance(0.8) ? "\n" : $"\n{random.Pick(s_marks)} ");
            else if (i + 1 < source.Length && s_lookalikes.TryGetValue(source.Substring(i, 2), out string[]? pair))
            {
                rewriting.Put(random.Pick(pair));
                rewriting.Put("");
                i++;
            }
            else if (s_lookalikes.TryGetValue(c.ToString(), out string[]? one) && random.Chance(0.85))
                rewriting.Put(random.Pick(one));
            else if (char.IsLetter(c) && random.Chance(0.3))
                rewriting.Put($"{c}{(random.Chance(0.5) ? " " : "-\n")}");
            else
                rewriting.Put([c]);
        }

        return rewriting.Finish();
    }
}
