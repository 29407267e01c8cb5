using System.Globalization;

namespace MedRedact.Releases;

/// <summary>The files of exported deletion certificates, in a folder of their document's own (docs/formats/retention.md).</summary>
public static class DeletionFiles
{
    private const string Prefix = "deletion-", Certificate = ".json", Signature = ".sig", Proof = ".proof";

    /// <summary>The certificate of a document's n-th deletion.</summary>
    /// <param name="number">From 1, the oldest first.</param>
    /// <returns>Its name.</returns>
    public static string CertificateOf(int number) => NameOf(number) + Certificate;

    /// <summary>Its signature, a signed note.</summary>
    /// <param name="number">From 1, the oldest first.</param>
    /// <returns>Its name.</returns>
    public static string SignatureOf(int number) => NameOf(number) + Signature;

    /// <summary>The ledger's event about it, and the proof that the ledger holds it.</summary>
    /// <param name="number">From 1, the oldest first.</param>
    /// <returns>Its name.</returns>
    public static string ProofOf(int number) => NameOf(number) + Proof;

    /// <summary>Whether a folder holds certificates: then it is judged as such.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>Whether a file in it has the name of a certificate, or of what belongs to one.</returns>
    public static bool AreIn(string folder) => Directory.Exists(folder) && Directory.EnumerateFiles(folder).Any(path => IsOne(Path.GetFileName(path)));

    /// <summary>How many certificates a folder begins to hold: the highest number of any of their files.</summary>
    internal static int CountIn(string folder) => Directory.EnumerateFiles(folder)
        .Select(path => Path.GetFileName(path))
        .Where(IsOne)
        .Max(name => (int?)int.Parse(name.AsSpan(Prefix.Length, 4), NumberStyles.None, CultureInfo.InvariantCulture)) ?? 0;

    private static bool IsOne(string name) =>
        name.Length > Prefix.Length + 4
        && name.StartsWith(Prefix, StringComparison.Ordinal)
        && name[Prefix.Length..(Prefix.Length + 4)].All(char.IsAsciiDigit)
        && name[(Prefix.Length + 4)..] is Certificate or Signature or Proof;

    private static string NameOf(int number) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{number:0000}");
}
