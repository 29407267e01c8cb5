using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace MedRedact.Documents.Pdf;

/// <summary>Keys of revisions 2 to 4 (7.6.3.3, algorithms 2, 4 and 5), for the empty password.</summary>
[SuppressMessage("Security", "CA5351:Do not use broken cryptographic algorithms", Justification = "The format prescribes it; nothing is protected by it here.")]
internal static class OldPassword
{
    private static ReadOnlySpan<byte> Padding =>
    [
        0x28, 0xBF, 0x4E, 0x5E, 0x4E, 0x75, 0x8A, 0x41, 0x64, 0x00, 0x4E, 0x56, 0xFF, 0xFA, 0x01, 0x08,
        0x2E, 0x2E, 0x00, 0xB6, 0xD0, 0x68, 0x3E, 0x80, 0x2F, 0x0C, 0xA9, 0xFE, 0x64, 0x53, 0x69, 0x7A,
    ];

    /// <summary>The file's key, proved against the user entry.</summary>
    /// <exception cref="RejectedException">The password is not empty.</exception>
    public static byte[] KeyOfEmpty(EncryptionTerms terms)
    {
        byte[] key = KeyOf(terms);
        bool isRight = terms.Revision == 2
            ? terms.User.AsSpan(0, 32).SequenceEqual(Rc4(key, Padding))
            : terms.User.AsSpan(0, 16).SequenceEqual(UserEntry(key, terms.FileId));
        return isRight ? key : throw new RejectedException(PdfFaults.PasswordNeeded);
    }

    public static byte[] Rc4(ReadOnlySpan<byte> key, ReadOnlySpan<byte> data)
    {
        Span<byte> state = stackalloc byte[256];
        for (int i = 0; i < 256; i++)
            state[i] = (byte)i;
        for (int i = 0, j = 0; i < 256; i++)
        {
            j = (j + state[i] + key[i % key.Length]) & 255;
            (state[i], state[j]) = (state[j], state[i]);
        }

        byte[] output = new byte[data.Length];
        for (int at = 0, i = 0, j = 0; at < data.Length; at++)
        {
            i = (i + 1) & 255;
            j = (j + state[i]) & 255;
            (state[i], state[j]) = (state[j], state[i]);
            output[at] = (byte)(data[at] ^ state[(state[i] + state[j]) & 255]);
        }

        return output;
    }

    private static byte[] KeyOf(EncryptionTerms terms)
    {
        byte[] permissions = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(permissions, terms.Permissions);
        byte[] unencryptedMetadata = terms is { Revision: >= 4, EncryptsMetadata: false } ? [255, 255, 255, 255] : [];
        byte[] digest = MD5.HashData([.. Padding, .. terms.Owner.AsSpan(0, 32), .. permissions, .. terms.FileId, .. unencryptedMetadata]);
        for (int i = 0; i < 50 && terms.Revision >= 3; i++)
            digest = MD5.HashData(digest.AsSpan(0, terms.KeyBytes));
        return digest[..terms.KeyBytes];
    }

    private static byte[] UserEntry(byte[] key, byte[] fileId)
    {
        byte[] value = Rc4(key, MD5.HashData([.. Padding, .. fileId]));
        for (int round = 1; round <= 19; round++)
            value = Rc4([.. key.Select(each => (byte)(each ^ round))], value);
        return value;
    }
}
