using System.Buffers;

namespace MedRedact.Extraction;

/// <summary>A part of a word that means something by itself: <c>BP:138/82mmHg</c> is three.</summary>
/// <param name="Span">Where it stands in the clean text.</param>
/// <param name="Text">Its characters, without the punctuation around them.</param>
/// <param name="Confidence">How sure the engine was of the word.</param>
/// <param name="Cell">The number of the cell of its row.</param>
internal sealed record Token(TextSpan Span, string Text, Confidence Confidence, int Cell)
{
    /// <summary>Whether a colon or equals sign follows.</summary>
    public bool HasColon { get; init; }

    /// <summary>Whether a comma or semicolon follows.</summary>
    public bool HasComma { get; init; }

    /// <summary>Whether the comma is a semicolon.</summary>
    public bool HasSemicolon { get; init; }

    /// <summary>Whether a full stop follows.</summary>
    public bool HasStop { get; init; }

    /// <summary>Whether a parenthesis opens before it.</summary>
    public bool Opens { get; init; }

    /// <summary>Whether a parenthesis closes after it.</summary>
    public bool Closes { get; init; }

    /// <summary>Whether it stands for a removed value: a label, a mask or a token.</summary>
    public bool IsRemoved => Text is ['[', .., ']'] || Text.StartsWith('█') || IsToken(Text);

    public bool HasDigit => Text.AsSpan().ContainsAnyInRange('0', '9');

    public bool Is(string word) => Text.Equals(word, StringComparison.OrdinalIgnoreCase);

    public bool IsAny(params ReadOnlySpan<string> words)
    {
        foreach (string word in words)
        {
            if (Is(word))
                return true;
        }

        return false;
    }

    // PERSON-7K2Q9D: capitals, a dash, capitals and digits.
    private static bool IsToken(string text) =>
        text.Length >= 8 && text.IndexOf('-', StringComparison.Ordinal) > 1
        && !text.AsSpan().ContainsAnyExcept(TokenAlphabet) && text.AsSpan().ContainsAnyInRange('A', 'Z')
        && text.AsSpan().ContainsAnyInRange('0', '9');

    private static readonly SearchValues<char> TokenAlphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");
}
