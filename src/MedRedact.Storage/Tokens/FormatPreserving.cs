using System.Collections.Immutable;
using System.Security.Cryptography;

namespace MedRedact.Storage;

/// <summary>Enciphers the digits of a number and leaves what separates them where it is: FF1 (NIST SP 800-38G) with AES-256, radix 10. The same digits within one tenant, purpose
/// of use, scope and category become the same digits, and different ones stay different.</summary>
/// <remarks>Who holds the key can reverse it: not Safe Harbor (45 CFR 164.514(c)). The domain has a million values at least: a value with fewer than 6 digits, more than 56, or
/// with letters gets a mask. A check digit is enciphered like every other digit, so what comes out passes a check one time in ten: an enciphered number must not pass for
/// somebody's real one. The key is a buffer of this class, cleared after each value; the cipher keeps copies of its own until they are collected.</remarks>
/// <param name="keys">Gives the tenant's key of the purpose <c>format-preserving</c>, from which those of scopes are derived.</param>
public sealed class FormatPreserving(IKeyProvider keys) : IRedactor
{
    private const int MaxDigits = 56;
    private readonly ScopedKeys _keys = new(keys, new KeyPurpose("format-preserving"));

    /// <inheritdoc/>
    public Disposition Serves => Disposition.FormatPreserving;

    /// <inheritdoc/>
    public ImmutableArray<PhiCategory> Categories => [];

    /// <inheritdoc/>
    public async ValueTask<Replacement?> ProposeAsync(RedactionTarget target, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        string value = target.Value.Reveal();
        if (!IsNumber(value))
            return Replacement.Mask();

        byte[] key = await _keys.DeriveAsync("MedRedact FF1 key v1", target, cancellationToken);
        try
        {
            return Replacement.Free(Encipher(value, key, ScopedKeys.Bound(target)));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>Digits enough, and what separates them in print.</summary>
    private static bool IsNumber(string value) =>
        value.Count(char.IsAsciiDigit) is >= Ff1.MinDigits and <= MaxDigits && value.All(c => c is >= ' ' and <= '~' && !char.IsAsciiLetter(c));

    private static string Encipher(string value, byte[] key, byte[] tweak)
    {
        byte[] digits = [.. value.Where(char.IsAsciiDigit).Select(digit => (byte)(digit - '0'))];
        try
        {
            Ff1.Encrypt(digits, key, tweak);
            return string.Create(value.Length, (value, digits), static (text, from) =>
            {
                int next = 0;
                for (int i = 0; i < text.Length; i++)
                    text[i] = char.IsAsciiDigit(from.value[i]) ? (char)('0' + from.digits[next++]) : from.value[i];
            });
        }
        finally
        {
            CryptographicOperations.ZeroMemory(digits);
        }
    }
}
