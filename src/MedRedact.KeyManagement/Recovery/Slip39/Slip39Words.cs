namespace MedRedact.KeyManagement.Recovery;

/// <summary>The 1,024 words of SLIP-39, in order.</summary>
internal static class Slip39Words
{
    public const int Longest = 8;

    private static readonly byte[][] All = Read();

    public static ReadOnlySpan<byte> At(int index) => All[index];

    /// <summary>The index of a word of small letters, or -1.</summary>
    public static int IndexOf(ReadOnlySpan<byte> word)
    {
        int low = 0, high = All.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2, order = word.SequenceCompareTo(All[middle]);
            if (order == 0)
                return middle;

            (low, high) = order < 0 ? (low, middle - 1) : (middle + 1, high);
        }

        return -1;
    }

    private static byte[][] Read()
    {
        using Stream resource = typeof(Slip39Words).Assembly.GetManifestResourceStream("MedRedact.KeyManagement.Slip39.Words")!;
        using var text = new StreamReader(resource);
        return [.. text.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(System.Text.Encoding.ASCII.GetBytes)];
    }
}
