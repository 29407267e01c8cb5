using System.Collections.Immutable;
using MedRedact.Barrier;
using MedRedact.Packing;

namespace MedRedact.Resuming;

/// <summary>A page that was read and examined, as bytes: how it came to the barrier, and the fingerprint of all that shaped it. Layout in
/// <c>docs/formats/storage.md</c>.</summary>
internal static class KeptPage
{
    /// <summary>The version of the layout; part of every fingerprint.</summary>
    public const byte Version = 2;

    private const int HeaderSize = 5 + Digest256.Size;

    private static ReadOnlySpan<byte> Magic => "MRKP"u8;

    /// <summary>The page as bytes, pinned; the caller zeroes them.</summary>
    public static byte[] Write(ReadPage page, Digest256 fingerprint, PackWriter pack)
    {
        var names = new NameTable();
        PackedFindings.Write(pack, page.Findings, names);
        byte[] findings = pack.Take();

        pack.Bytes([.. Magic, Version]);
        pack.Bytes(fingerprint.ToArray());
        pack.Number(page.Page.Number.Value);
        pack.Number(page.Page.OriginalSize.Width);
        pack.Number(page.Page.OriginalSize.Height);
        pack.Bytes(page.OriginalPixels.ToArray());
        pack.Number(page.Type is null ? 0 : 1);
        if (page.Type is { } type)
            pack.Characters(type.Value);
        pack.Number(names.Count);
        for (int place = 0; place < names.Count; place++)
            pack.Characters(names[place]);
        pack.Bytes(findings);
        PackedText.Write(pack, page.Page.Text);
        PackedText.Write(pack, page.Page.NativeText);
        return pack.TakePinned();
    }

    /// <summary>Whether the bytes are a page that was shaped by what this fingerprint stands for.</summary>
    public static bool Bears(ReadOnlySpan<byte> bytes, Digest256 fingerprint) =>
        bytes.Length > HeaderSize && bytes.StartsWith(Magic) && bytes[4] == Version && bytes[5..HeaderSize].SequenceEqual(fingerprint.ToArray());

    /// <summary>Reads a page back.</summary>
    /// <param name="bytes">Authenticated, and bearing the fingerprint that was looked for.</param>
    /// <param name="document">The document that the page belongs to from now on.</param>
    /// <param name="number">The page that is looked for.</param>
    /// <returns>The page as it was; the caller owns it.</returns>
    /// <exception cref="Exception">The bytes are no such page. What is thrown says nothing of their content that may be passed on.</exception>
    public static ReadPage Read(ReadOnlySpan<byte> bytes, DocumentId document, PageNumber number)
    {
        var pack = new PackReader(bytes[HeaderSize..]);
        if (pack.Int() != number.Value)
            throw new InvalidDataException();

        var size = new PageSize(pack.Int(), pack.Int());
        Digest256 pixels = Digest256.From(pack.Bytes(Digest256.Size));
        DocumentType? type = pack.Int() == 0 ? null : new DocumentType(new string(pack.Characters()));
        var names = new NameTable();
        for (int left = pack.Count(); left > 0; left--)
            names.PlaceOf(new string(pack.Characters()));

        ImmutableArray<Finding> findings = PackedFindings.Read(ref pack, names);
        PageText text = PackedText.Read(ref pack) ?? throw new InvalidDataException();
        PageText? native = null;
        try
        {
            native = PackedText.Read(ref pack);
            if (!pack.IsAtEnd)
                throw new InvalidDataException();
            RecognizedPage page = RecognizedPage.Create(document, number, size, text, native);
            page.DocumentType = type;
            return new ReadPage(page, findings, type, pixels);
        }
        catch
        {
            text.Dispose();
            native?.Dispose();
            throw;
        }
    }
}
