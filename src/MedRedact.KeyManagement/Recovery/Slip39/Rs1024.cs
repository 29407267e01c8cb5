namespace MedRedact.KeyManagement.Recovery;

/// <summary>The checksum of a SLIP-39 share: a Reed-Solomon code over GF(1024), three words that find any three wrong words.</summary>
internal static class Rs1024
{
    public const int Words = 3;

    private static ReadOnlySpan<int> Generator =>
        [0xE0E040, 0x1C1C080, 0x3838100, 0x7070200, 0xE0E0009, 0x1C0C2412, 0x38086C24, 0x3090FC48, 0x21B1F890, 0x3F3F120];

    /// <summary>Writes the checksum into the last three words.</summary>
    public static void Write(Span<ushort> words, bool extendable)
    {
        words[^Words..].Clear();
        int sum = Sum(words, extendable) ^ 1;
        for (int i = 0; i < Words; i++)
            words[words.Length - Words + i] = (ushort)(sum >> 10 * (Words - 1 - i) & 1023);
    }

    public static bool Holds(ReadOnlySpan<ushort> words, bool extendable) => Sum(words, extendable) == 1;

    private static int Sum(ReadOnlySpan<ushort> words, bool extendable)
    {
        int sum = 1;
        foreach (byte letter in extendable ? "shamir_extendable"u8 : "shamir"u8)
            sum = Next(sum, letter);
        foreach (ushort word in words)
            sum = Next(sum, word);
        return sum;
    }

    private static int Next(int sum, int word)
    {
        int top = sum >> 20;
        sum = (sum & 0xFFFFF) << 10 ^ word;
        for (int bit = 0; bit < 10; bit++)
            sum ^= Generator[bit] & -(top >> bit & 1);
        return sum;
    }
}
