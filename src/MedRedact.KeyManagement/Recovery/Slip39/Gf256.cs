namespace MedRedact.KeyManagement.Recovery;

/// <summary>The field of 256 elements with AES's polynomial, x⁸ + x⁴ + x³ + x + 1. Neither a table nor a branch depends on an element, so neither time nor
/// cache tells a share.</summary>
internal static class Gf256
{
    public static byte Multiply(byte left, byte right)
    {
        int product = 0, shifted = left;
        for (int bit = 0; bit < 8; bit++)
        {
            product ^= shifted & -(right >> bit & 1);
            shifted = shifted << 1 ^ 0x11B & -(shifted >> 7);
        }

        return (byte)product;
    }

    /// <summary>The inverse, which is the 254th power; 0 for 0.</summary>
    public static byte Invert(byte element)
    {
        // 254 = 2 + 4 + … + 128.
        byte square = Multiply(element, element), inverse = square;
        for (int power = 4; power <= 128; power *= 2)
        {
            square = Multiply(square, square);
            inverse = Multiply(inverse, square);
        }

        return inverse;
    }
}
