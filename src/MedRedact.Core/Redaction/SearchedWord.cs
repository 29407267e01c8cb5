namespace MedRedact.Redaction;

/// <summary>A word as the search sees it.</summary>
/// <param name="Folded">Letters and digits in lower case; empty where no match may run across.</param>
/// <param name="HasCapital">Whether it holds a capital letter or a digit, so that it may be a name.</param>
/// <param name="Box">Where it stands on the page.</param>
internal readonly record struct SearchedWord(string Folded, bool HasCapital, Box Box)
{
    /// <summary>No match runs across this place.</summary>
    public static SearchedWord Break { get; } = new("", false, default);

    public static SearchedWord Of(ReadOnlySpan<char> text, Box box)
    {
        // The possessive is no part of a name.
        ReadOnlySpan<char> stem = text is [.., '\'' or '’', 's'] ? text[..^2] : text;
        string folded = FoldedText.Fold(stem);
        return new(folded, folded.Any(char.IsAsciiDigit) || stem.ContainsAnyInRange('A', 'Z') || stem.ToString().Any(char.IsUpper), box);
    }
}
