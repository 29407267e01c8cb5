using MedRedact.Envelope;

namespace MedRedact.KeyManagement.Recovery;

/// <summary>A SLIP-39 share as words: 40 bits of fields, the padded value, and the checksum, ten bits a word.</summary>
internal static class Slip39Text
{
    private const int FieldWords = 4;
    private const int MaxWords = FieldWords + (Slip39Share.MaxSecret * 8 + 9) / 10 + Rs1024.Words;

    public static SecretBuffer Write(Slip39Share share)
    {
        Slip39Set set = share.Set;
        int valueWords = (share.Value.Length * 8 + 9) / 10;
        Span<ushort> words = stackalloc ushort[MaxWords];
        words = words[..(FieldWords + valueWords + Rs1024.Words)];

        long fields = ((long)set.Identifier << 5 | (set.Extendable ? 16L : 0) | (long)set.Exponent) << 20
            | (long)share.Group << 16 | (long)(set.GroupThreshold - 1) << 12 | (long)(set.GroupCount - 1) << 8
            | (long)share.Point.X << 4 | (long)(share.MemberThreshold - 1);
        for (int i = 0; i < FieldWords; i++)
            words[i] = (ushort)(fields >> 10 * (FieldWords - 1 - i) & 1023);

        int padding = valueWords * 10 - share.Value.Length * 8;
        for (int bit = padding; bit < valueWords * 10; bit++)
            words[FieldWords + bit / 10] |= (ushort)((share.Value.Span[(bit - padding) / 8] >> 7 - (bit - padding) % 8 & 1) << 9 - bit % 10);

        Rs1024.Write(words, set.Extendable);
        SecretBuffer text = Join(words);
        words.Clear();
        return text;
    }

    /// <summary>Reads a share; null where a word is unknown, the checksum does not hold or a field makes no sense.</summary>
    public static Slip39Share? TryRead(ReadOnlySpan<byte> text)
    {
        Span<ushort> words = stackalloc ushort[MaxWords];
        Slip39Share? share = Parse(text, words) is int count ? TryRead(words[..count]) : null;
        words.Clear();
        return share;
    }

    private static Slip39Share? TryRead(ReadOnlySpan<ushort> words)
    {
        int valueWords = words.Length - FieldWords - Rs1024.Words, padding = valueWords * 10 % 16, size = (valueWords * 10 - padding) / 8;
        if (valueWords <= 0 || padding > 8 || !Slip39Share.IsSecretSize(size))
            return null;

        long fields = 0;
        foreach (ushort word in words[..FieldWords])
            fields = fields << 10 | word;
        var set = new Slip39Set(
            (int)(fields >> 25), (fields >> 24 & 1) != 0, (int)(fields >> 20 & 15), (int)(fields >> 12 & 15) + 1, (int)(fields >> 8 & 15) + 1);
        int group = (int)(fields >> 16 & 15);
        if (!Rs1024.Holds(words, set.Extendable) || set.GroupThreshold > set.GroupCount || group >= set.GroupCount
            || words[FieldWords] >> 10 - padding != 0)
            return null;

        var value = new SecretBuffer(size);
        for (int bit = padding; bit < valueWords * 10; bit++)
            value.Span[(bit - padding) / 8] |= (byte)((words[FieldWords + bit / 10] >> 9 - bit % 10 & 1) << 7 - (bit - padding) % 8);
        return new(set, group, (int)(fields & 15) + 1, new((byte)(fields >> 4 & 15), value));
    }

    private static SecretBuffer Join(ReadOnlySpan<ushort> words)
    {
        int length = words.Length - 1;
        foreach (ushort word in words)
            length += Slip39Words.At(word).Length;

        var text = new SecretBuffer(length);
        Span<byte> rest = text.Span;
        for (int i = 0; i < words.Length; i++)
        {
            ReadOnlySpan<byte> word = Slip39Words.At(words[i]);
            word.CopyTo(rest);
            rest = rest[word.Length..];
            if (i < words.Length - 1)
            {
                rest[0] = (byte)' ';
                rest = rest[1..];
            }
        }

        return text;
    }

    /// <summary>Words may be written in capitals and stand apart by any white space.</summary>
    private static int? Parse(ReadOnlySpan<byte> text, Span<ushort> words)
    {
        Span<byte> word = stackalloc byte[Slip39Words.Longest];
        int count = 0, length = 0;
        for (int i = 0; i <= text.Length; i++)
        {
            byte letter = i < text.Length ? text[i] : (byte)' ';
            if (letter is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            {
                if (length == 0)
                    continue;
                if (count == words.Length || Slip39Words.IndexOf(word[..length]) is not (>= 0 and int index))
                    return null;

                (words[count++], length) = ((ushort)index, 0);
            }
            else if (length == word.Length || letter > 127)
            {
                return null;
            }
            else
            {
                word[length++] = (byte)(letter | 0x20);
            }
        }

        word.Clear();
        return count;
    }
}
