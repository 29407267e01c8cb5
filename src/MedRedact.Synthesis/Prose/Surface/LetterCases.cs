namespace MedRedact.Synthesis;

internal static class LetterCases
{
    public static SyntheticText Apply(this LetterCase letters, SyntheticText text)
    {
        if (letters == LetterCase.AsWritten)
            return text;
        var rewriting = new Rewriting(text);
        foreach (char c in text.Text)
            rewriting.Put([letters == LetterCase.Upper ? char.ToUpperInvariant(c) : char.ToLowerInvariant(c)]);
        return rewriting.Finish();
    }
}
