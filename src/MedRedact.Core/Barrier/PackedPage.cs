using System.Collections.Immutable;
using System.Security.Cryptography;
using MedRedact.Packing;

namespace MedRedact.Barrier;

/// <summary>A page that waits: text, layout and findings in a few kilobytes that are zeroed when it is let go. PHI.</summary>
internal sealed class PackedPage : IDisposable
{
    private readonly NameTable _names;
    private readonly ImmutableArray<string> _languages;
    private readonly byte[] _text;
    private byte[] _findings;
    private bool _gone;

    private PackedPage(RecognizedPage page, byte[] text, byte[] findings, NameTable names) =>
        (DocumentId, Number, OriginalSize, _languages, _text, _findings, _names) = (page.DocumentId, page.Number, page.OriginalSize, page.Languages, text, findings, names);

    public DocumentId DocumentId { get; }

    public PageNumber Number { get; }

    public PageSize OriginalSize { get; }

    /// <summary>The text as it waits; zeros once the page was let go.</summary>
    public ReadOnlySpan<byte> Text => _text;

    /// <summary>Packs a page, which stays the caller's.</summary>
    public static PackedPage Of(RecognizedPage page, ImmutableArray<Finding> findings, NameTable names, PackWriter pack)
    {
        PackedText.Write(pack, page.Text);
        PackedText.Write(pack, page.NativeText);
        byte[] text = pack.TakePinned();
        PackedFindings.Write(pack, findings, names);
        return new PackedPage(page, text, pack.Take(), names);
    }

    /// <summary>Puts other findings in the place of those it waited with; the text stays where it is.</summary>
    public void Replace(ImmutableArray<Finding> findings, PackWriter pack)
    {
        ObjectDisposedException.ThrowIf(_gone, this);
        PackedFindings.Write(pack, findings, _names);
        _findings = pack.Take();
    }

    /// <summary>The page as it was; the caller owns it.</summary>
    public (RecognizedPage Page, ImmutableArray<Finding> Findings) Unpack(DocumentType? type)
    {
        ObjectDisposedException.ThrowIf(_gone, this);
        var pack = new PackReader(_text);
        PageText text = PackedText.Read(ref pack)!;
        PageText? native = PackedText.Read(ref pack);
        RecognizedPage page = RecognizedPage.Create(DocumentId, Number, OriginalSize, text, native);
        page.Languages = _languages;
        page.DocumentType = type;
        var findings = new PackReader(_findings);
        return (page, PackedFindings.Read(ref findings, _names));
    }

    public void Dispose()
    {
        _gone = true;
        CryptographicOperations.ZeroMemory(_text);
    }
}
