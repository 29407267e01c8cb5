using System.Globalization;

namespace MedRedact.Extraction;

/// <summary>Reads a printed number where a number is expected.</summary>
internal static class ChartNumber
{
    /// <summary>Reads a number, with letters put right that OCR takes digits for: <c>11l.1</c> is 111.1. At least one character must be a digit.</summary>
    /// <param name="text">As printed; a decimal comma counts as a point, a comma before three digits parts thousands.</param>
    /// <param name="value">The number.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryRead(ReadOnlySpan<char> text, out decimal value)
    {
        value = 0;
        if (text.Length is 0 or > 16 || !text.ContainsAnyInRange('0', '9'))
            return false;

        Span<char> read = stackalloc char[text.Length];
        for (int i = 0; i < text.Length; i++)
        {
            read[i] = text[i] switch
            {
                'O' or 'o' => '0',
                'l' or 'I' or '|' => '1',
                'Z' => '2',
                'S' => '5',
                'B' => '8',
                var c => c,
            };
        }

        int comma = read.IndexOf(',');
        if (comma >= 0 && read.Length - comma == 4 && comma is > 0 and <= 3 && !read[..comma].SequenceEqual("0"))
            return decimal.TryParse(string.Concat(read[..comma], read[(comma + 1)..]), NumberStyles.None, CultureInfo.InvariantCulture, out value);
        if (comma >= 0)
            read[comma] = '.';

        return decimal.TryParse(read, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value);
    }
}
