using System.Runtime.CompilerServices;

namespace MedRedact.Detection;

/// <summary>The 64-bit hash that words are looked up by: of upper-case base letters, apostrophes left out.</summary>
internal static class WordHash
{
    public const ulong Seed = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Add(ulong hash, char folded) => (hash ^ folded) * Prime;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(ReadOnlySpan<char> word)
    {
        ulong hash = Seed;
        foreach (char c in word)
        {
            if (c != '\'')
                hash = Add(hash, CharTable.Fold(c));
        }

        return hash;
    }
}
