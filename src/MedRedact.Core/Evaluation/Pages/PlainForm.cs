using MedRedact.Redaction;

namespace MedRedact.Evaluation;

/// <summary>Texts as two readings of the same print are compared: word by word, letters and digits alone.</summary>
internal static class PlainForm
{
    /// <summary>The words of a text, each in its plain form; what holds neither letter nor digit is left out.</summary>
    public static List<string> Words(ReadOnlySpan<char> text)
    {
        var words = new List<string>();
        for (int start = 0; start < text.Length; start++)
        {
            int end = start;
            while (end < text.Length && !char.IsWhiteSpace(text[end]))
                end++;
            if (FoldedText.Fold(text[start..end]) is { Length: > 0 } word)
                words.Add(word);
            start = end;
        }

        return words;
    }
}
