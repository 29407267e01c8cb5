using System.Buffers.Text;
using System.Text;

namespace MedRedact.Audit;

/// <summary>Reads the pieces of a leaf and accepts nothing but the canonical form. The first mistake makes every later answer empty.</summary>
internal ref struct LeafReader(ReadOnlySpan<byte> leaf)
{
    private ReadOnlySpan<byte> _rest = leaf;

    public bool Failed { get; private set; }

    public readonly bool AtEnd => _rest.IsEmpty;

    public bool Try(ReadOnlySpan<byte> literal)
    {
        if (Failed || !_rest.StartsWith(literal))
            return false;
        _rest = _rest[literal.Length..];
        return true;
    }

    public void Expect(ReadOnlySpan<byte> literal)
    {
        if (!Try(literal))
            Fail();
    }

    /// <summary>A number of at least 0 without leading zeros.</summary>
    public long Number()
    {
        if (Failed || !Utf8Parser.TryParse(_rest, out long value, out int length) || value < 0 || _rest[0] is not (>= (byte)'0' and <= (byte)'9') || (length > 1 && _rest[0] == '0'))
            return Fail();
        _rest = _rest[length..];
        return value;
    }

    /// <summary>Lower-case hexadecimal digits, filling the destination.</summary>
    public void Hex(scoped Span<byte> destination)
    {
        int digits = destination.Length * 2;
        if (Failed || _rest.Length < digits || _rest[..digits].ContainsAnyInRange((byte)'A', (byte)'F')
            || Convert.FromHexString(_rest[..digits], destination, out _, out _) != System.Buffers.OperationStatus.Done)
        {
            Fail();
            return;
        }

        _rest = _rest[digits..];
    }

    public Digest256 Digest()
    {
        Span<byte> bytes = stackalloc byte[Digest256.Size];
        Hex(bytes);
        return Digest256.From(bytes);
    }

    public DocumentId Document()
    {
        Span<byte> bytes = stackalloc byte[16];
        Hex(bytes);
        return new(new Guid(bytes, bigEndian: true));
    }

    /// <summary>Text up to a quotation mark, which is consumed.</summary>
    public string Text()
    {
        int length = Failed ? -1 : _rest.IndexOf((byte)'"');
        if (length < 1 || _rest[..length].ContainsAnyExceptInRange((byte)' ', (byte)'~') || _rest[..length].Contains((byte)'\\'))
        {
            Fail();
            return "";
        }

        string text = Encoding.ASCII.GetString(_rest[..length]);
        _rest = _rest[(length + 1)..];
        return text;
    }

    private long Fail()
    {
        Failed = true;
        _rest = [];
        return 0;
    }
}
