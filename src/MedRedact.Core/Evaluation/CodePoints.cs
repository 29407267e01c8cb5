using System.Globalization;
using System.Text;

namespace MedRedact.Evaluation;

/// <summary>A text by code points, in which labelled sets count; a lone surrogate is one. Letters, digits and white space as Unicode has them.</summary>
internal sealed class CodePoints
{
    private readonly int[] _points;

    public CodePoints(ReadOnlySpan<char> text)
    {
        _points = new int[text.Length];
        for (int i = 0; i < text.Length; Count++)
        {
            bool isPair = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            _points[Count] = isPair ? char.ConvertToUtf32(text[i], text[i + 1]) : text[i];
            i += isPair ? 2 : 1;
        }
    }

    public int Count { get; }

    /// <summary>A letter, or a number of any kind: also ², ½ and Ⅷ.</summary>
    public bool IsAlphanumeric(int at) => Category(_points[at]) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
        or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;

    /// <summary>White space, and the four separators of control (U+001C to U+001F).</summary>
    public bool IsWhiteSpace(int at) => _points[at] is >= 0x1C and <= 0x1F || (_points[at] <= char.MaxValue && char.IsWhiteSpace((char)_points[at]));

    /// <summary>A decimal digit's value, or -1.</summary>
    public int Digit(int at) => Rune.IsValid(_points[at]) && Category(_points[at]) == UnicodeCategory.DecimalDigitNumber ? (int)Rune.GetNumericValue(new Rune(_points[at])) : -1;

    /// <summary>Whether the code points from <paramref name="start"/> to <paramref name="end"/> spell a word of ASCII letters.</summary>
    public bool Spells(int start, int end, string word)
    {
        if (end - start != word.Length)
            return false;
        for (int i = 0; i < word.Length; i++)
        {
            if (_points[start + i] != word[i])
                return false;
        }

        return true;
    }

    public bool Is(int at, char c) => _points[at] == c;

    private static UnicodeCategory Category(int point) => CharUnicodeInfo.GetUnicodeCategory(point);
}
