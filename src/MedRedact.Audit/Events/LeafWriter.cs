using System.Buffers.Text;
using System.Diagnostics;

namespace MedRedact.Audit;

/// <summary>Writes the pieces of a leaf: ASCII that needs no escaping, because every value has a grammar.</summary>
internal ref struct LeafWriter(Span<byte> destination)
{
    private readonly Span<byte> _destination = destination;

    public int Written { get; private set; }

    public void Raw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_destination[Written..]);
        Written += bytes.Length;
    }

    public void Number(long value)
    {
        bool fits = Utf8Formatter.TryFormat(value, _destination[Written..], out int length);
        Debug.Assert(fits, "The buffer was sized for every value.");
        Written += length;
    }

    public void Hex(Digest256 digest)
    {
        Span<byte> bytes = stackalloc byte[Digest256.Size];
        digest.CopyTo(bytes);
        Hex(bytes);
    }

    public void Hex(DocumentId document)
    {
        Span<byte> bytes = stackalloc byte[16];
        document.Value.TryWriteBytes(bytes, bigEndian: true, out _);
        Hex(bytes);
    }

    public void Time(DateTimeOffset value)
    {
        bool fits = value.UtcDateTime.TryFormat(_destination[Written..], out int length, "O", System.Globalization.CultureInfo.InvariantCulture);
        Debug.Assert(fits, "The buffer was sized for every value.");
        Written += length;
    }

    /// <summary>A text of printable ASCII without quotation mark and backslash; anything else is refused.</summary>
    public void Text(string? text)
    {
        if (string.IsNullOrEmpty(text))
            throw Faults.Refuse(Faults.InvalidEvent);

        foreach (char c in text)
        {
            if (c is < ' ' or > '~' or '"' or '\\')
                throw Faults.Refuse(Faults.InvalidEvent);
            _destination[Written++] = (byte)c;
        }
    }

    private void Hex(scoped ReadOnlySpan<byte> bytes)
    {
        bool fits = Convert.TryToHexStringLower(bytes, _destination[Written..], out int length);
        Debug.Assert(fits, "The buffer was sized for every value.");
        Written += length;
    }
}
