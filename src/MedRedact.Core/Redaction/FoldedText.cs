namespace MedRedact.Redaction;

/// <summary>Letters and digits alone, in lower case: what two spellings of one value have in common.</summary>
internal static class FoldedText
{
    public static string Fold(ReadOnlySpan<char> text)
    {
        Span<char> folded = text.Length <= 256 ? stackalloc char[text.Length] : new char[text.Length];
        int length = 0;
        foreach (char c in text)
        {
            if (char.IsLetterOrDigit(c))
                folded[length++] = char.ToLowerInvariant(c);
        }

        return new string(folded[..length]);
    }
}
