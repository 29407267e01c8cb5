using System.Formats.Asn1;
using System.Security.Cryptography;
using Net.Pkcs11Interop.Common;

namespace MedRedact.KeyManagement.Pkcs11;

/// <summary>ECDSA over P-256 on the token; the digest is made here.</summary>
internal sealed class TokenSigner(KeyId key, byte[] publicKey, TokenSessions sessions, Func<KeyId, CancellationToken, ValueTask> throwIfDisabled) : ISigner
{
    public KeyId Key => key;

    public ReadOnlyMemory<byte> PublicKey => publicKey;

    public async ValueTask<ReadOnlyMemory<byte>> SignAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default)
    {
        await throwIfDisabled(key, cancellationToken);
        byte[] digest = SHA256.HashData(message.Span);
        byte[] numbers = await sessions.UseAsync(
            session => TokenObjects.Find(session, key, CKO.CKO_PRIVATE_KEY) is [var found, ..]
                ? TokenObjects.Sign(session, found, digest)
                : throw Faults.Refuse(Faults.NoActiveKey),
            cancellationToken);
        return Der(numbers);
    }

    private static byte[] Der(ReadOnlySpan<byte> numbers)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteIntegerUnsigned(Shortest(numbers[..(numbers.Length / 2)]));
            writer.WriteIntegerUnsigned(Shortest(numbers[(numbers.Length / 2)..]));
        }

        return writer.Encode();
    }

    private static ReadOnlySpan<byte> Shortest(ReadOnlySpan<byte> number)
    {
        ReadOnlySpan<byte> trimmed = number.TrimStart((byte)0);
        return trimmed.IsEmpty ? number[..1] : trimmed;
    }
}
