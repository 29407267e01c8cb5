using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace MedRedact.Envelope;

/// <summary>The clear part of an envelope: which keys can open it. It says nothing about what is sealed.</summary>
/// <remarks>Layout in <c>docs/formats/envelope.md</c>. There is one version and one suite, fixed here: neither is negotiated from a file.</remarks>
public sealed class EnvelopeHeader
{
    /// <summary>Most wrapped keys an envelope holds.</summary>
    public const int MaxKeys = 16;

    /// <summary>Most bytes of a wrapped key.</summary>
    public const int MaxBlobSize = 4096;

    private const byte Version = 1;
    private const byte Cobblestone256 = 1;
    private const int FixedSize = 11;
    private const int MaxKeyIdSize = 64;
    private const int MaxSize = FixedSize + MaxKeys * (1 + MaxKeyIdSize + 2 + MaxBlobSize);

    private readonly byte[] _bytes;

    private EnvelopeHeader(byte[] bytes, ImmutableArray<WrappedKey> keys) => (_bytes, Keys) = (bytes, keys);

    /// <summary>The data key, wrapped by 1 to 16 different keys; each opens the envelope alone.</summary>
    public ImmutableArray<WrappedKey> Keys { get; }

    /// <summary>The header as it is stored.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    private static ReadOnlySpan<byte> Magic => "MREV"u8;

    /// <summary>Makes a header.</summary>
    /// <param name="keys">1 to 16 wrappings of one data key by different keys.</param>
    /// <returns>The header.</returns>
    /// <exception cref="MedRedactException"><see cref="Faults.UnusableWrap"/>: a wrapping does not fit, or a key comes twice.</exception>
    public static EnvelopeHeader Of(ImmutableArray<WrappedKey> keys)
    {
        if (keys.Length is 0 or > MaxKeys
            || keys.Any(key => key.WrappedBy.Value is null || key.Blob.Length is 0 or > MaxBlobSize)
            || keys.DistinctBy(key => key.WrappedBy).Count() != keys.Length)
        {
            throw Faults.Refuse(Faults.UnusableWrap);
        }

        List<byte> written = [.. Magic, Version, Cobblestone256, 0, 0, 0, 0, (byte)keys.Length];
        foreach (WrappedKey key in keys)
        {
            written.Add((byte)key.WrappedBy.Value.Length);
            written.AddRange(Encoding.ASCII.GetBytes(key.WrappedBy.Value));
            written.AddRange([(byte)(key.Blob.Length >> 8), (byte)key.Blob.Length]);
            written.AddRange(key.Blob.Span);
        }

        byte[] bytes = [.. written];
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(6), bytes.Length);
        return new(bytes, keys);
    }

    /// <summary>Reads a header; the stream then stands at the body.</summary>
    /// <param name="envelope">The envelope, from its start.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>The header. Nothing in it is authenticated before the body is opened.</returns>
    /// <exception cref="MedRedactException"><see cref="Faults.CannotOpen"/>: not an envelope of this version, or malformed.</exception>
    public static async ValueTask<EnvelopeHeader> ReadAsync(Stream envelope, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        byte[] start = new byte[FixedSize];
        if (await envelope.ReadAtLeastAsync(start, FixedSize, throwOnEndOfStream: false, cancellationToken) < FixedSize || !start.AsSpan().StartsWith(Magic))
            throw new DamagedException(EnvelopeDamage.NotAnEnvelope);

        if (start[4] != Version || start[5] != Cobblestone256)
            throw new DamagedException(EnvelopeDamage.UnsupportedVersion);

        int size = BinaryPrimitives.ReadInt32BigEndian(start.AsSpan(6));
        if (size is < FixedSize or > MaxSize)
            throw new DamagedException(EnvelopeDamage.NotAnEnvelope);

        byte[] bytes = new byte[size];
        start.CopyTo(bytes, 0);
        Memory<byte> rest = bytes.AsMemory(FixedSize);
        if (await envelope.ReadAtLeastAsync(rest, rest.Length, throwOnEndOfStream: false, cancellationToken) < rest.Length)
            throw new DamagedException(EnvelopeDamage.Truncated);

        return TryParse(bytes, out ImmutableArray<WrappedKey> keys) ? new(bytes, keys) : throw new DamagedException(EnvelopeDamage.NotAnEnvelope);
    }

    /// <summary>What the body is bound to: this header and the place of the object.</summary>
    internal byte[] BodyContext(KeyContext context) => [.. SHA256.HashData(_bytes), .. context.ToBytes()];

    private static bool TryParse(byte[] bytes, out ImmutableArray<WrappedKey> keys)
    {
        keys = [];
        int count = bytes[FixedSize - 1];
        if (count is 0 or > MaxKeys)
            return false;

        ReadOnlyMemory<byte> rest = bytes.AsMemory(FixedSize);
        var found = ImmutableArray.CreateBuilder<WrappedKey>(count);
        for (int i = 0; i < count; i++)
        {
            if (!TryTake(ref rest, 1, out ReadOnlyMemory<byte> length)
                || !TryTake(ref rest, length.Span[0], out ReadOnlyMemory<byte> id)
                || !TryTake(ref rest, 2, out length)
                || !TryTake(ref rest, BinaryPrimitives.ReadUInt16BigEndian(length.Span), out ReadOnlyMemory<byte> blob)
                || blob.Length is 0 or > MaxBlobSize
                || !TryReadId(id.Span, out KeyId key)
                || found.Any(other => other.WrappedBy == key))
            {
                return false;
            }

            found.Add(new WrappedKey(key, blob));
        }

        keys = found.MoveToImmutable();
        return rest.IsEmpty;
    }

    private static bool TryTake(ref ReadOnlyMemory<byte> rest, int length, out ReadOnlyMemory<byte> taken)
    {
        bool enough = length <= rest.Length;
        taken = enough ? rest[..length] : default;
        rest = enough ? rest[length..] : default;
        return enough;
    }

    private static bool TryReadId(ReadOnlySpan<byte> ascii, out KeyId id)
    {
        try
        {
            // Latin-1 keeps every byte a character of its own, so that no two byte strings read as one id.
            id = new KeyId(Encoding.Latin1.GetString(ascii));
            return true;
        }
        catch (ArgumentException)
        {
            id = default;
            return false;
        }
    }
}
