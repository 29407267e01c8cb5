using System.Buffers.Binary;
using MedRedact.Envelope;

namespace MedRedact.KeyManagement.Recovery;

/// <summary>A share that its custodian opened: the words, when he did, and his signature over it all; layout in <c>docs/formats/key-recovery.md</c>.</summary>
/// <param name="Header">What the share says of itself.</param>
/// <param name="OpenedAt">When it was opened.</param>
/// <param name="Custodian">Whose signature holds.</param>
/// <param name="Words">The share, SLIP-39; owned.</param>
internal sealed record OpenedShare(ShareHeader Header, DateTimeOffset OpenedAt, Custodian Custodian, SecretBuffer Words) : IDisposable
{
    public const int MaxSize = 8192;
    private const byte Version = 1;
    private const int StartSize = 5;
    private const int FixedSize = StartSize + ShareHeader.Size + 8;

    private static ReadOnlySpan<byte> Magic => "MROS"u8;

    private static ReadOnlySpan<byte> Label => "MedRedact opened share v1\0"u8;

    public static SecretBuffer Write(ShareHeader header, DateTimeOffset openedAt, ReadOnlySpan<byte> words, CustodianPrivateKey key)
    {
        using var message = new SecretBuffer(Label.Length + FixedSize + 2 + words.Length + 2 + key.PublicKey.Length);
        Label.CopyTo(message.Span);
        Span<byte> body = message.Span[Label.Length..];
        Magic.CopyTo(body);
        body[4] = Version;
        header.Write(body[StartSize..]);
        BinaryPrimitives.WriteInt64BigEndian(body[(StartSize + ShareHeader.Size)..], openedAt.ToUnixTimeMilliseconds());
        Write(key.PublicKey, Write(words, body[FixedSize..]));

        byte[] signature = key.Sign(message.Span);
        var file = new SecretBuffer(body.Length + 2 + signature.Length);
        body.CopyTo(file.Span);
        Write(signature, file.Span[body.Length..]);
        return file;
    }

    /// <summary>Reads strictly; null where anything is out of place or the signature does not hold.</summary>
    public static OpenedShare? TryRead(ReadOnlySpan<byte> file)
    {
        if (file.Length < FixedSize || !file.StartsWith(Magic) || file[4] != Version || ShareHeader.TryRead(file[StartSize..]) is not { } header
            || Moment.TryRead(file[(StartSize + ShareHeader.Size)..]) is not { } openedAt)
            return null;

        ReadOnlySpan<byte> rest = file[FixedSize..];
        if (!TryTake(ref rest, out ReadOnlySpan<byte> words) || !TryTake(ref rest, out ReadOnlySpan<byte> publicKey))
            return null;

        int signed = file.Length - rest.Length;
        if (!TryTake(ref rest, out ReadOnlySpan<byte> signature) || !rest.IsEmpty
            || Custodian.TryRead(publicKey) is not { } custodian || custodian.Fingerprint != header.Custodian)
            return null;

        using var message = new SecretBuffer(Label.Length + signed);
        Label.CopyTo(message.Span);
        file[..signed].CopyTo(message.Span[Label.Length..]);
        return custodian.Verifies(message.Span, signature) ? new(header, openedAt, custodian, SecretBuffer.Copy(words)) : null;
    }

    public void Dispose() => Words.Dispose();

    private static Span<byte> Write(ReadOnlySpan<byte> part, Span<byte> rest)
    {
        BinaryPrimitives.WriteUInt16BigEndian(rest, (ushort)part.Length);
        part.CopyTo(rest[2..]);
        return rest[(2 + part.Length)..];
    }

    private static bool TryTake(scoped ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> part)
    {
        part = default;
        if (rest.Length < 2 || rest.Length - 2 < BinaryPrimitives.ReadUInt16BigEndian(rest))
            return false;

        int length = BinaryPrimitives.ReadUInt16BigEndian(rest);
        part = rest.Slice(2, length);
        rest = rest[(2 + length)..];
        return true;
    }
}
