using System.Collections.Frozen;
using System.Text;

namespace MedRedact.Redaction;

/// <summary>Invented names of the form of the real one: each word by itself, so that "Doe, John" and "John Doe" stay one person.</summary>
internal static class SurrogateNames
{
    private static readonly FrozenSet<string> Titles = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, "dr", "mr", "mrs", "ms", "miss", "md", "do", "rn", "np", "pa", "phd", "jr", "sr", "ii", "iii", "iv");

    private static readonly string[] Initials = [.. Enumerable.Range('A', 26).Select(letter => ((char)letter).ToString())];

    public static async ValueTask<string?> OfAsync(SurrogateDraw draw, string value, TakenWords taken, int turn, CancellationToken cancellationToken)
    {
        if (value.Any(char.IsDigit))
            return null;

        var written = new StringBuilder(value.Length + 16);
        string[] words = [.. Parts(value)];
        int comma = Array.IndexOf(words, ","), last = Array.FindLastIndex(words, IsName);
        for (int i = 0; i < words.Length; i++)
        {
            bool isFamily = comma >= 0 ? i < comma : i == last;
            if ((IsName(words[i]) ? await WordAsync(draw, words[i], isFamily, taken, turn, cancellationToken) : Separator(words[i])) is not { } part)
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
    private static string Separator(string part) => Titles.Contains(part) || part is " " or "," or "." or "-" or "(" or ")" or "/" or "&" or ";" ? part : " ";

    private static bool IsName(string part) => part.Any(char.IsLetter) && !Titles.Contains(part);

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
