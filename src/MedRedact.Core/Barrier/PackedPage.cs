using System.Collections.Immutable;
using System.Security.Cryptography;

namespace MedRedact.Barrier;

/// <summary>A page that waits: text, layout and findings in a few kilobytes that are zeroed when it is let go. PHI.</summary>
internal sealed class PackedPage : IDisposable
{
    private readonly byte[] _bytes;
    private readonly NameTable _names;
    private bool _gone;

    private PackedPage(RecognizedPage page, byte[] bytes, NameTable names) =>
        (DocumentId, Number, OriginalSize, _bytes, _names) = (page.DocumentId, page.Number, page.OriginalSize, bytes, names);

    public DocumentId DocumentId { get; }

    public PageNumber Number { get; }

    public PageSize OriginalSize { get; }

    /// <summary>What waits; zeros once the page was let go.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Packs a page, which stays the caller's.</summary>
    public static PackedPage Of(RecognizedPage page, ImmutableArray<Finding> findings, NameTable names, PackWriter pack)
    {
        PackedText.Write(pack, page.Text);
        PackedText.Write(pack, page.NativeText);
        PackedFindings.Write(pack, findings, names);
        return new PackedPage(page, pack.Take(), names);
    }

    /// <summary>The page as it was; the caller owns it.</summary>
    public (RecognizedPage Page, ImmutableArray<Finding> Findings) Unpack(DocumentType? type)
    {
        ObjectDisposedException.ThrowIf(_gone, this);
        var pack = new PackReader(_bytes);
        PageText text = PackedText.Read(ref pack)!;
        PageText? native = PackedText.Read(ref pack);
        RecognizedPage page = RecognizedPage.Create(DocumentId, Number, OriginalSize, text, native);
        page.DocumentType = type;
        return (page, PackedFindings.Read(ref pack, _names));
    }

    public void Dispose()
    {
        _gone = true;
        CryptographicOperations.ZeroMemory(_bytes);
    }
}
