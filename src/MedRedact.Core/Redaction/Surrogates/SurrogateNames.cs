using System.Collections.Frozen;
using System.Text;

namespace MedRedact.Redaction;

/// <summary>Invented names of the form of the real one: each word by itself, so that "Doe, John" and "John Doe" stay one person.</summary>
internal static class SurrogateNames
{
    // Do, Pa and Ii are names too: a word counts as no name only where a name cannot stand.
    private static readonly FrozenSet<string> Forms = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "dr", "mr", "mrs", "ms", "miss");
    private static readonly FrozenSet<string> Generations = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "jr", "sr", "ii", "iii", "iv");
    private static readonly FrozenSet<string> Degrees = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "md", "do", "rn", "np", "pa", "phd");

    private static readonly string[] Initials = [.. Enumerable.Range('A', 26).Select(letter => ((char)letter).ToString())];

    public static async ValueTask<string?> OfAsync(SurrogateDraw draw, string value, TakenWords taken, int turn, CancellationToken cancellationToken)
    {
        if (value.Any(char.IsDigit))
            return null;

        var written = new StringBuilder(value.Length + 16);
        string[] words = [.. Parts(value)];
        int comma = Array.IndexOf(words, ","), last = Array.FindLastIndex(words, word => word.Any(char.IsLetter));
        while (last >= 0 && !IsName(words, last))
            last--;
        for (int i = 0; i < words.Length; i++)
        {
            bool isFamily = comma >= 0 ? i < comma : i == last;
            if ((IsName(words, i) ? await WordAsync(draw, words[i], isFamily, taken, turn, cancellationToken) : Separator(words[i])) is not { } part)
                return null;
            written.Append(part);
        }

        return last < 0 ? null : written.ToString();
    }

    private static async ValueTask<string?> WordAsync(SurrogateDraw draw, string word, bool isFamily, TakenWords taken, int turn, CancellationToken cancellationToken)
    {
        string kind = word.Length == 1 ? "initial" : isFamily ? "family" : "given";
        DrawnNumbers numbers = await draw.OfAsync(kind, word, turn, cancellationToken);
        string? drawn = kind == "initial"
            ? numbers.Of(Initials, letter => !string.Equals(letter, word, StringComparison.OrdinalIgnoreCase))
            : numbers.Of(SurrogateWords.Of(kind), name => !taken.Holds(name) && !string.Equals(name, word, StringComparison.OrdinalIgnoreCase));
        return drawn is null ? null : Cased(drawn, word);
    }

    /// <summary>Titles stay; so does what separates names, and nothing that could steer a reader's eye or terminal.</summary>
    private static string Separator(string part) => part.Any(char.IsLetter) || part is " " or "," or "." or "-" or "(" or ")" or "/" or "&" or ";" ? part : " ";

    private static bool IsName(string[] parts, int at) => parts[at].Any(char.IsLetter) && !IsTitle(parts, at);

    /// <summary>"Dr" with a name behind it, "Jr" with one before it, "MD" behind two names and a comma.</summary>
    private static bool IsTitle(string[] parts, int at)
    {
        int before = parts[..at].Count(part => part.Any(char.IsLetter) && !Forms.Contains(part));
        bool isFirst = !parts[..at].Any(part => part.Any(char.IsLetter));
        return (Forms.Contains(parts[at]) && isFirst && parts[(at + 1)..].Any(part => part.Any(char.IsLetter)))
            || (Generations.Contains(parts[at]) && before > 0)
            || (Degrees.Contains(parts[at]) && before > 1 && FollowsComma(parts, at));
    }

    /// <summary>Whether nothing but other degrees stands between a word and the comma before it.</summary>
    private static bool FollowsComma(string[] parts, int at)
    {
        int i = at - 1;
        while (i >= 0 && (parts[i] is " " or "." || Degrees.Contains(parts[i])))
            i--;
        return i >= 0 && parts[i] == ",";
    }

    private static string Cased(string drawn, string like) =>
        like.Length > 1 && like.All(c => !char.IsLower(c)) ? drawn.ToUpperInvariant() : like.All(c => !char.IsUpper(c)) ? drawn.ToLowerInvariant() : drawn;

    /// <summary>Runs of letters, and what stands between them.</summary>
    private static IEnumerable<string> Parts(string value)
    {
        for (int start = 0, end; start < value.Length; start = end)
        {
            bool letters = IsOfWord(value[start]);
            end = start + 1;
            while (letters && end < value.Length && IsOfWord(value[end]))
                end++;
            yield return value[start..end];
        }
    }

    private static bool IsOfWord(char c) => char.IsLetterOrDigit(c) || c is '\'' or '\u2019' || char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.NonSpacingMark;
}
