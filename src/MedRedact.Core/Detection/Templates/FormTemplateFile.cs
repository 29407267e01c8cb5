using System.Collections.Immutable;
using System.Security.Cryptography;

namespace MedRedact.Detection;

/// <summary>Templates of forms, as a checked JSON file: where on a form what is filled in, relative to its printed labels or registration marks.</summary>
/// <remarks>Immutable and thread-safe. The format: <c>docs/formats/form-templates.md</c>.</remarks>
public sealed class FormTemplateFile
{
    /// <summary>The size that a file of templates may have: 4 MiB.</summary>
    public const int MaxBytes = JsonAt.MaxBytes;

    private FormTemplateFile(JsonAt root, Digest256 hash)
    {
        Templates = FormTemplateReader.Read(root);
        (Name, Version, Hash) = (root.Required("name").Id(), root.Required("version").Version(), hash);
        Root = root;
    }

    /// <summary>The name of the file's author for it.</summary>
    public string Name { get; }

    /// <summary>Its version, as its author counts.</summary>
    public Version Version { get; }

    /// <summary>SHA-256 of the file's bytes; the detector carries a part of it in its version, and so do manifests.</summary>
    public Digest256 Hash { get; }

    internal ImmutableArray<FormTemplate> Templates { get; }

    internal JsonAt Root { get; }

    /// <summary>Reads and checks templates.</summary>
    /// <param name="utf8">The bytes of the file.</param>
    /// <returns>The templates.</returns>
    /// <exception cref="DetectionFileException">The file was refused, <c>MR-DET-101</c> to <c>MR-DET-110</c>.</exception>
    public static FormTemplateFile Parse(ReadOnlySpan<byte> utf8)
    {
        var root = JsonAt.Parse(utf8);
        return new FormTemplateFile(root, Digest256.From(SHA256.HashData(utf8)));
    }

    /// <summary>Reads and checks a file of templates.</summary>
    /// <param name="path">Its path.</param>
    /// <returns>The templates.</returns>
    /// <exception cref="DetectionFileException">The file was refused, <c>MR-DET-101</c> to <c>MR-DET-110</c>.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static FormTemplateFile Load(string path) => Parse(BoundedFile.Read(path));
}
