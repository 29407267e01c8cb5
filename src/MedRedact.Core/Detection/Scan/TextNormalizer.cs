using System.Globalization;
using System.Text;

namespace MedRedact.Detection;

/// <summary>
/// Brings a text to the form that rules are written for: plain digits, hyphens, quotes and spaces, no invisible characters and no
/// combining marks. Every character keeps the position it came from, so spans map back exactly.
/// </summary>
internal static class TextNormalizer
{
    /// <summary>ASCII text is its own normal form and is never copied.</summary>
    public static bool IsNormal(ReadOnlySpan<char> text) => Ascii.IsValid(text);

    /// <summary>Writes the normal form and, for each of its characters, the index it came from; returns its length.</summary>
    /// <remarks><paramref name="normal"/> and <paramref name="origins"/> hold at least twice the text's length, and one more origin.</remarks>
    public static int Normalize(ReadOnlySpan<char> text, Span<char> normal, Span<int> origins)
    {
        int length = 0;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c < 0x80)
            {
                normal[length] = c;
                origins[length++] = i;
                continue;
            }

            char mapped = Map(c);
            if (mapped == '\0')
                continue;
            if (mapped is '\u0001' or '\u0002')
            {
                // A ligature is two letters that come from one place.
                normal[length] = 'f';
                origins[length++] = i;
                mapped = mapped == '\u0001' ? 'i' : 'l';
            }

            normal[length] = mapped;
            origins[length++] = i;
        }

        origins[length] = text.Length;
        return length;
    }

    private static char Map(char c) => c switch
    {
        < '\u00A0' => c,
        '\u00A0' or (>= '\u2000' and <= '\u200A') or '\u202F' or '\u205F' or '\u3000' => ' ',
        '\u00AD' or (>= '\u200B' and <= '\u200F') or (>= '\u202A' and <= '\u202E') or (>= '\u2060' and <= '\u2064') or '\uFEFF' => '\0',
        '\u00B4' or '\u2018' or '\u2019' or '\u201B' or '\u02BC' => '\'',
        '\u201C' or '\u201D' => '"',
        < '\u0300' => c,
        <= '\u036F' => '\0',
        (>= '\u2010' and <= '\u2015') or '\u2212' or '\uFE58' => '-',
        >= '\uFF01' and <= '\uFF5E' => (char)(c - 0xFEE0),
        '\uFB01' => '\u0001',
        '\uFB02' => '\u0002',
        _ when char.IsDigit(c) => (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(c)),
        _ => c,
    };
}
