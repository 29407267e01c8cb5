namespace MedRedact.Evaluation;

/// <summary>The letters and digits of a text in upper case: what two readings of the same print are compared by.</summary>
internal static class PlainForm
{
    public static string Of(ReadOnlySpan<char> text)
    {
        Span<char> plain = text.Length <= 256 ? stackalloc char[text.Length] : new char[text.Length];
        int length = 0;
        foreach (char c in text)
        {
            if (char.IsLetterOrDigit(c))
                plain[length++] = char.ToUpperInvariant(c);
        }

        return new string(plain[..length]);
    }

    /// <summary>The words of a text, each in its plain form; what holds neither letter nor digit is left out.</summary>
    public static List<string> Words(ReadOnlySpan<char> text)
    {
        var words = new List<string>();
        for (int start = 0; start < text.Length; start++)
        {
            int end = start;
            while (end < text.Length && !char.IsWhiteSpace(text[end]))
                end++;
            if (Of(text[start..end]) is { Length: > 0 } word)
                words.Add(word);
            start = end;
        }

        return words;
    }
}
