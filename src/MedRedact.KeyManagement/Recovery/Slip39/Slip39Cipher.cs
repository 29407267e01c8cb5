using System.Security.Cryptography;
using MedRedact.Envelope;

namespace MedRedact.KeyManagement.Recovery;

/// <summary>The passphrase of SLIP-39: a Feistel network of four rounds whose function is PBKDF2 with HMAC-SHA-256. Every passphrase opens to something; none is
/// told to be wrong.</summary>
internal static class Slip39Cipher
{
    private const int Rounds = 4, BaseIterations = 2500;

    public static SecretBuffer Encrypt(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> passphrase, Slip39Set set) => Run(secret, passphrase, set, [0, 1, 2, 3]);

    public static SecretBuffer Decrypt(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> passphrase, Slip39Set set) => Run(secret, passphrase, set, [3, 2, 1, 0]);

    private static SecretBuffer Run(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> passphrase, Slip39Set set, ReadOnlySpan<byte> rounds)
    {
        ReadOnlySpan<byte> fixedSalt = set.Extendable ? default : [.. "shamir"u8, (byte)(set.Identifier >> 8), (byte)set.Identifier];
        int half = secret.Length / 2;
        using SecretBuffer left = SecretBuffer.Copy(secret[..half]), right = SecretBuffer.Copy(secret[half..]);
        using var salt = new SecretBuffer(fixedSalt.Length + half);
        using var password = new SecretBuffer(1 + passphrase.Length);
        using var key = new SecretBuffer(half);
        fixedSalt.CopyTo(salt.Span);
        passphrase.CopyTo(password.Span[1..]);

        foreach (byte round in rounds)
        {
            password.Span[0] = round;
            right.Span.CopyTo(salt.Span[fixedSalt.Length..]);
            Rfc2898DeriveBytes.Pbkdf2(password.Span, salt.Span, key.Span, BaseIterations << set.Exponent, HashAlgorithmName.SHA256);
            for (int i = 0; i < half; i++)
                (left.Span[i], right.Span[i]) = (right.Span[i], (byte)(left.Span[i] ^ key.Span[i]));
        }

        var result = new SecretBuffer(secret.Length);
        right.Span.CopyTo(result.Span);
        left.Span.CopyTo(result.Span[half..]);
        return result;
    }
}
