using System.Globalization;

namespace MedRedact.Releases;

/// <summary>The files of one exported document, in a folder of their own (docs/formats/manifest.md).</summary>
public static class ReleaseFiles
{
    /// <summary>What was done to the document.</summary>
    public const string Manifest = "manifest.json";

    /// <summary>The signature of the manifest, a signed note.</summary>
    public const string Signature = "manifest.sig";

    /// <summary>The ledger's event about the manifest, and the proof that the ledger holds it.</summary>
    public const string Proof = "manifest.proof";

    /// <summary>The clean text of all released pages.</summary>
    public const string Text = "text.txt";

    /// <summary>The clinical record.</summary>
    public const string Record = "record.json";

    /// <summary>The released pages as one file, where that was asked for.</summary>
    public const string Pdf = "document.pdf";

    /// <summary>What every document of an export has, whatever its verdict.</summary>
    public static IReadOnlyList<string> Evidence { get; } = [Manifest, Signature, Proof];

    /// <summary>The most bytes that a file of a release may have: what is larger was not written by an export, and is not read.</summary>
    internal static long MostBytesOf(string name) => name switch
    {
        Signature => 64 << 10,
        Proof => 256 << 10,
        Manifest => 256 << 20,
        _ when name.StartsWith("deletion-", StringComparison.Ordinal) => 64 << 20,
        _ => 1 << 30,
    };

    /// <summary>The file of a page's image.</summary>
    /// <param name="page">The number of the page, from 1.</param>
    /// <returns>Its name.</returns>
    public static string ImageOf(int page) => string.Create(CultureInfo.InvariantCulture, $"page-{page:0000}.png");
}
