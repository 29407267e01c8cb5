using System.Security.Cryptography;

namespace MedRedact.Detection;

/// <summary>Recognizers, labels, allow, deny and fuzzy lists and thresholds of your own, as a checked JSON file.</summary>
/// <remarks>They run in the same scan as the built-in rules. Immutable and thread-safe. What the pages of the format, <c>docs/formats/detection-rules.md</c>,
/// do not know is refused when the file is read. No file can make detection hang: patterns have no unbounded repetition, lists are looked up and not searched.</remarks>
public sealed class DetectionRules
{
    /// <summary>The size that a file of rules may have: 4 MiB.</summary>
    public const int MaxBytes = JsonAt.MaxBytes;

    private DetectionRules(JsonAt root, Digest256 hash)
    {
        (Root, Hash) = (root, hash);
        (Name, Version) = (root.Object(RuleFileReader.FileKeys).Required("name").Id(), root.Required("version").Version());
        RuleFileReader.Read(root, new RuleSet(), new HashSet<string>(StringComparer.Ordinal));
    }

    /// <summary>The name of the file's author for it.</summary>
    public string Name { get; }

    /// <summary>Its version, as its author counts.</summary>
    public Version Version { get; }

    /// <summary>SHA-256 of the file's bytes; detectors that use the rules carry a part of it in their version, and so do manifests.</summary>
    public Digest256 Hash { get; }

    internal JsonAt Root { get; }

    /// <summary>Reads and checks rules.</summary>
    /// <param name="utf8">The bytes of the file.</param>
    /// <returns>The rules.</returns>
    /// <exception cref="DetectionFileException">The file was refused, <c>MR-DET-101</c> to <c>MR-DET-110</c>.</exception>
    public static DetectionRules Parse(ReadOnlySpan<byte> utf8)
    {
        var root = JsonAt.Parse(utf8);
        return new DetectionRules(root, Digest256.From(SHA256.HashData(utf8)));
    }

    /// <summary>Reads and checks a file of rules.</summary>
    /// <param name="path">Its path.</param>
    /// <returns>The rules.</returns>
    /// <exception cref="DetectionFileException">The file was refused, <c>MR-DET-101</c> to <c>MR-DET-110</c>.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static DetectionRules Load(string path) => Parse(BoundedFile.Read(path));
}
