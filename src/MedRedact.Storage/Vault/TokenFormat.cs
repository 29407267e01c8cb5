using System.Buffers;
using System.Collections.Immutable;

namespace MedRedact.Storage;

/// <summary>The printed token: what it stands for, 128 random bits, two check characters. E.g. <c>NAME-000G40R40M30E209185GR38E1W1J</c>.</summary>
/// <remarks>A type of 2 to 5 letters, a hyphen, 26 characters for the 128 bits and 2 check characters, of Crockford's alphabet, which knows no
/// I, L, O or U. The check is a distance-3 code over GF(32): every one or two characters that are misread, the type's included, and every pair
/// that is swapped are noticed, and 1,023 of 1,024 other strings. So a misread token is refused without asking the vault. Layout in
/// <c>docs/formats/token-vault.md</c>.</remarks>
public static class TokenFormat
{
    /// <summary>Characters after the hyphen.</summary>
    private const int BodyLength = IdentityLength + 2;
    private const int IdentityLength = 26;
    private const int IdentitySize = 16;
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static readonly SearchValues<char> Hyphen = SearchValues.Create("-");

    /// <summary>Makes the token of 128 random bits.</summary>
    /// <param name="category">What it stands for.</param>
    /// <param name="identity">16 random bytes.</param>
    /// <returns>The token.</returns>
    public static Token Create(PhiCategory category, ReadOnlySpan<byte> identity)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(identity.Length, IdentitySize, nameof(identity));
        string type = TokenTypes.Of(category);
        Span<byte> symbols = stackalloc byte[BodyLength];

        // 128 bits in 26 characters of 5: the last one carries 3 bits and two zeros.
        for (int i = 0; i < IdentityLength; i++)
        {
            int at = i * 5, pair = identity[at / 8] << 8 | (at / 8 + 1 < IdentitySize ? identity[at / 8 + 1] : 0);
            symbols[i] = (byte)(pair >> (11 - at % 8) & 31);
        }

        (symbols[^2], symbols[^1]) = Check(type, symbols[..IdentityLength]);
        Span<char> body = stackalloc char[BodyLength];
        for (int i = 0; i < BodyLength; i++)
            body[i] = Alphabet[symbols[i]];

        return new Token($"{type}-{body}");
    }

    /// <summary>Reads a token as somebody typed it or an engine read it: lower case, and O, I and L for 0, 1 and 1, are corrected.</summary>
    /// <param name="text">The token alone.</param>
    /// <param name="token">The token in its one printed form, or the default value.</param>
    /// <returns>Whether the text is a token. Whether a vault holds it is another question.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out Token token)
    {
        token = default;
        int hyphen = text.IndexOf('-');
        if (hyphen < 0 || text.Length != hyphen + 1 + BodyLength || TokenTypes.Find(text[..hyphen]) is not { } type)
            return false;

        Span<byte> symbols = stackalloc byte[BodyLength];
        Span<char> body = stackalloc char[BodyLength];
        for (int i = 0; i < BodyLength; i++)
        {
            if (!TrySymbol(text[hyphen + 1 + i], out symbols[i]))
                return false;

            body[i] = Alphabet[symbols[i]];
        }

        if ((symbols[IdentityLength - 1] & 3) != 0 || Check(type, symbols[..IdentityLength]) != (symbols[^2], symbols[^1]))
            return false;

        token = new Token($"{type}-{body}");
        return true;
    }

    /// <summary>Finds the tokens in a text, from left to right.</summary>
    /// <param name="text">Clean text, or text that was recognized from a clean page.</param>
    /// <returns>Where they stand, and each in its printed form. A token stands alone: no letter, digit or hyphen touches it.</returns>
    public static ImmutableArray<(TextSpan Span, Token Token)> FindAll(ReadOnlySpan<char> text)
    {
        var found = ImmutableArray.CreateBuilder<(TextSpan, Token)>();
        for (int next = 0; text[next..].IndexOfAny(Hyphen) is var offset and >= 0;)
        {
            int hyphen = next + offset, start = hyphen, end = hyphen + 1;
            while (start > 0 && char.IsLetterOrDigit(text[start - 1]))
                start--;
            while (end < text.Length && char.IsLetterOrDigit(text[end]))
                end++;

            bool alone = (start == 0 || text[start - 1] != '-') && (end == text.Length || text[end] != '-');
            if (alone && TryParse(text[start..end], out Token token))
                found.Add((TextSpan.FromBounds(start, end), token));

            next = end;
        }

        return found.ToImmutable();
    }

    private static bool TrySymbol(char c, out byte symbol)
    {
        char upper = char.ToUpperInvariant(c);
        int index = Alphabet.IndexOf(upper switch { 'O' => '0', 'I' or 'L' => '1', _ => upper }, StringComparison.Ordinal);
        symbol = (byte)Math.Max(index, 0);
        return index >= 0;
    }

    /// <summary>Two sums over GF(32): of the symbols, and of the symbols times ascending powers of a generator. An error in one or two places
    /// cannot leave both as they were as long as no power comes twice, that is for up to 31 symbols: 5 of the type and 26 of the identity.</summary>
    private static (byte Sum, byte Weighted) Check(string type, ReadOnlySpan<byte> symbols)
    {
        int sum = 0, weighted = 0;
        foreach (char letter in type)
            Add(letter & 31);
        foreach (byte symbol in symbols)
            Add(symbol);

        return ((byte)sum, (byte)weighted);

        void Add(int symbol)
        {
            sum ^= symbol;

            // Times x modulo x^5 + x^2 + 1.
            weighted = weighted << 1 ^ (weighted >> 4) * 0b100101 ^ symbol;
        }
    }
}
