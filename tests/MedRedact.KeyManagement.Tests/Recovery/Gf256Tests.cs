using MedRedact.KeyManagement.Recovery;

namespace MedRedact.KeyManagement.Tests.Recovery;

public sealed class Gf256Tests
{
    [Fact]
    public void Every_product_is_that_of_powers_of_a_generator()
    {
        // Another way to multiply: logarithms to the base 3, x + 1, which generates AES's field.
        int[] power = new int[255], log = new int[256];
        for (int i = 0, element = 1; i < 255; i++, element = element ^ element << 1 ^ (element >> 7) * 0x11B)
            (power[i], log[element]) = (element, i);

        for (int a = 0; a < 256; a++)
        {
            for (int b = 0; b < 256; b++)
                Assert.Equal(a * b == 0 ? 0 : power[(log[a] + log[b]) % 255], Gf256.Multiply((byte)a, (byte)b));
        }
    }

    [Fact]
    public void Every_element_but_zero_has_its_inverse()
    {
        Assert.Equal(0, Gf256.Invert(0));
        for (int a = 1; a < 256; a++)
            Assert.Equal(1, Gf256.Multiply((byte)a, Gf256.Invert((byte)a)));
    }
}
