using System.Security.Cryptography;

namespace MedRedact.Documents.Pdf;

/// <summary>Keys of revisions 5 and 6 (ISO 32000-2, 7.6.4.3.3 and 7.6.4.3.4), for the empty password.</summary>
internal static class NewPassword
{
    /// <summary>The file's key, proved against the user entry.</summary>
    /// <exception cref="RejectedException">The password is not empty.</exception>
    public static byte[] KeyOfEmpty(EncryptionTerms terms)
    {
        if (terms.User.Length < 48 || terms.UserKey.Length < 32)
            throw new RejectedException(PdfFaults.Malformed);
        if (!Hash(terms.Revision, terms.User.AsSpan(32, 8)).AsSpan().SequenceEqual(terms.User.AsSpan(0, 32)))
            throw new RejectedException(PdfFaults.PasswordNeeded);

        using var aes = Aes.Create();
        aes.Key = Hash(terms.Revision, terms.User.AsSpan(40, 8));
        return aes.DecryptCbc(terms.UserKey.AsSpan(0, 32), new byte[16], PaddingMode.None);
    }

    /// <summary>The hash of the empty password with a salt (algorithm 2.B; revision 5 stops after the first step).</summary>
    private static byte[] Hash(int revision, ReadOnlySpan<byte> salt)
    {
        byte[] key = SHA256.HashData(salt);
        for (int round = 0, last = 0; revision == 6 && (round < 64 || last > round - 32); round++)
        {
            byte[] block = new byte[64 * key.Length];
            for (int i = 0; i < 64; i++)
                key.CopyTo(block, i * key.Length);

            using var aes = Aes.Create();
            aes.Key = key[..16];
            byte[] coded = aes.EncryptCbc(block, key.AsSpan(16, 16), PaddingMode.None);
            key = (coded.AsSpan(0, 16).ToArray().Sum(each => each) % 3) switch
            {
                0 => SHA256.HashData(coded),
                1 => SHA384.HashData(coded),
                _ => SHA512.HashData(coded),
            };
            last = coded[^1];
        }

        return key[..32];
    }
}
