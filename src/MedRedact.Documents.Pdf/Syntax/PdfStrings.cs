namespace MedRedact.Documents.Pdf;

/// <summary>Reads strings, literal and hexadecimal.</summary>
internal static class PdfStrings
{
    public static byte[] ReadLiteral(ReadOnlySpan<byte> all, PdfLexer lexer)
    {
        var text = new List<byte>();
        int open = 1;
        for (int i = lexer.Position + 1; i < all.Length; i++)
        {
            byte value = all[i];
            if (value == '\\' && i + 1 < all.Length)
            {
                i = Unescape(all, i + 1, text);
                continue;
            }

            open += value == '(' ? 1 : value == ')' ? -1 : 0;
            if (open == 0)
            {
                lexer.Position = i + 1;
                return [.. text];
            }

            text.Add(value);
        }

        throw new RejectedException(PdfFaults.Truncated);
    }

    public static byte[] ReadHexadecimal(ReadOnlySpan<byte> all, PdfLexer lexer)
    {
        int length = all[lexer.Position..].IndexOf((byte)'>');
        if (length < 0)
            throw new RejectedException(PdfFaults.Truncated);

        var text = new List<byte>(length / 2);
        int high = -1;
        foreach (byte value in all.Slice(lexer.Position + 1, length - 1))
        {
            if (!char.IsAsciiHexDigit((char)value))
                continue;

            int digit = Convert.ToInt32(((char)value).ToString(), 16);
            if (high < 0)
            {
                high = digit;
            }
            else
            {
                text.Add((byte)((high << 4) | digit));
                high = -1;
            }
        }

        if (high >= 0)
            text.Add((byte)(high << 4));
        lexer.Position += length + 1;
        return [.. text];
    }

    /// <returns>The index of the last byte of the escape.</returns>
    private static int Unescape(ReadOnlySpan<byte> all, int at, List<byte> text)
    {
        switch (all[at])
        {
            case (byte)'n':
                text.Add(10);
                return at;
            case (byte)'r':
                text.Add(13);
                return at;
            case (byte)'t':
                text.Add(9);
                return at;
            case (byte)'b':
                text.Add(8);
                return at;
            case (byte)'f':
                text.Add(12);
                return at;
            case (byte)'\n':
                return at;
            case (byte)'\r':
                return at + 1 < all.Length && all[at + 1] == '\n' ? at + 1 : at;
            case >= (byte)'0' and <= (byte)'7':
                int value = 0, last = at;
                for (int i = at; i < Math.Min(at + 3, all.Length) && all[i] is >= (byte)'0' and <= (byte)'7'; i++)
                    (value, last) = ((value * 8) + all[i] - '0', i);
                text.Add((byte)value);
                return last;
            default:
                text.Add(all[at]);
                return at;
        }
    }
}
