using System.Buffers.Binary;
using System.Globalization;

namespace MedRedact;

/// <summary>256 bits, compared by value: a SHA-256 digest or a MAC. The high half holds the first 16 bytes, big-endian.</summary>
/// <param name="High">Bytes 0 to 15.</param>
/// <param name="Low">Bytes 16 to 31.</param>
public readonly record struct Digest256(UInt128 High, UInt128 Low)
{
    /// <summary>The number of bytes of a digest.</summary>
    public const int Size = 32;

    /// <summary>Reads a digest from its 32 bytes.</summary>
    /// <param name="bytes">Exactly 32 bytes.</param>
    /// <returns>The digest.</returns>
    /// <exception cref="ArgumentException">There are not 32 bytes.</exception>
    public static Digest256 From(ReadOnlySpan<byte> bytes) => bytes.Length == Size
        ? new(BinaryPrimitives.ReadUInt128BigEndian(bytes), BinaryPrimitives.ReadUInt128BigEndian(bytes[16..]))
        : throw new ArgumentException("A digest has 32 bytes.", nameof(bytes));

    /// <summary>Reads a digest from 64 hexadecimal digits.</summary>
    /// <param name="hex">The digits, in either case.</param>
    /// <param name="digest">The digest, or zero.</param>
    /// <returns>Whether the text was a digest.</returns>
    public static bool TryParse(ReadOnlySpan<char> hex, out Digest256 digest)
    {
        digest = default;
        if (hex.Length != 2 * Size
            || !UInt128.TryParse(hex[..Size], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out UInt128 high)
            || !UInt128.TryParse(hex[Size..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out UInt128 low))
        {
            return false;
        }

        digest = new(high, low);
        return true;
    }

    /// <summary>Writes the 32 bytes.</summary>
    /// <param name="destination">At least 32 bytes long.</param>
    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt128BigEndian(destination, High);
        BinaryPrimitives.WriteUInt128BigEndian(destination[16..], Low);
    }

    /// <summary>The 32 bytes as a new array.</summary>
    /// <returns>The bytes; the caller owns them.</returns>
    public byte[] ToArray()
    {
        byte[] bytes = new byte[Size];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>64 lower-case hexadecimal digits.</summary>
    /// <returns>The digits.</returns>
    public override string ToString() => High.ToString("x32", CultureInfo.InvariantCulture) + Low.ToString("x32", CultureInfo.InvariantCulture);
}
