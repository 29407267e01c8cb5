namespace MedRedact.Synthesis;

internal static class Wording
{
    /// <summary>With a capital first letter.</summary>
    public static string Cap(this string word) => char.ToUpperInvariant(word[0]) + word[1..];
}
