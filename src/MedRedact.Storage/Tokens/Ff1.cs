using Org.BouncyCastle.Crypto.Fpe;
using Org.BouncyCastle.Crypto.Parameters;

namespace MedRedact.Storage;

/// <summary>FF1 of NIST SP 800-38G over decimal digits.</summary>
internal static class Ff1
{
    /// <summary>Six digits: a domain of a million values, the least that the standard allows since its first revision.</summary>
    public const int MinDigits = 6;

    private const int Radix = 10;

    /// <summary>Enciphers digits, values 0 to 9, in place.</summary>
    /// <param name="digits">At least <see cref="MinDigits"/> of them.</param>
    /// <param name="key">16, 24 or 32 bytes.</param>
    /// <param name="tweak">Not secret; different tweaks, different ciphers.</param>
    /// <exception cref="ArgumentException">Too few digits, a digit that is none, or a key of another length.</exception>
    public static void Encrypt(byte[] digits, byte[] key, byte[] tweak) => Run(forward: true, digits, key, tweak);

    /// <summary>The way back, for whoever holds the key.</summary>
    /// <exception cref="ArgumentException">As <see cref="Encrypt"/>.</exception>
    public static void Decrypt(byte[] digits, byte[] key, byte[] tweak) => Run(forward: false, digits, key, tweak);

    private static void Run(bool forward, byte[] digits, byte[] key, byte[] tweak)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(digits.Length, MinDigits, nameof(digits));
        var engine = new FpeFf1Engine();
        engine.Init(forward, new FpeParameters(new KeyParameter(key), Radix, tweak));
        engine.ProcessBlock(digits, 0, digits.Length, digits, 0);
    }
}
