using CsCheck;
using MedRedact.Envelope;
using MedRedact.KeyManagement.Recovery;

namespace MedRedact.KeyManagement.Tests.Recovery;

public sealed class ShamirTests
{
    private static readonly Gen<(int Threshold, int Count, byte[] Secret, int Seed)> Splits =
        from count in Gen.Int[1, 16]
        from threshold in Gen.Int[1, count]
        from secret in Gen.Byte.Array[16, 40]
        from seed in Gen.Int
        select (threshold, count, secret, seed);

    [Fact]
    public void Any_as_many_shares_as_it_takes_give_the_secret_back() => Splits.Sample(
        split =>
        {
            var random = new Random(split.Seed);
            SharePoint[] shares = Shamir.Split(split.Threshold, split.Count, split.Secret, random.NextBytes);
            random.Shuffle(shares);

            using SecretBuffer? secret = Shamir.Recover(shares[..split.Threshold]);

            Assert.Equal(split.Secret, secret!.Span.ToArray());
        },
        iter: 300);

    [Fact]
    public void A_flipped_bit_of_any_share_is_noticed() => Splits.Where(split => split.Threshold > 1).Sample(
        split =>
        {
            var random = new Random(split.Seed);
            SharePoint[] shares = Shamir.Split(split.Threshold, split.Count, split.Secret, random.NextBytes)[..split.Threshold];
            shares[random.Next(shares.Length)].Y.Span[random.Next(split.Secret.Length)] ^= (byte)(1 << random.Next(8));

            // The digest has 32 bits: one flip in four billion would pass.
            Assert.Null(Shamir.Recover(shares));
        },
        iter: 300);

    /// <summary>Whatever two shares of a three-share scheme are combined to is spread evenly, and alike for two secrets that could not differ more; three shares are not.</summary>
    [Theory]
    [InlineData(0x00)]
    [InlineData(0xFF)]
    public void One_share_too_few_says_nothing(byte filling)
    {
        const int Splits = 20_000;
        byte[] secret = new byte[16];
        secret.AsSpan().Fill(filling);
        var random = new Random(20_260_101);
        (byte First, byte Second)[] weights = [(1, 0), (0, 1), (1, 1), (2, 3), (0x53, 0xCA)];
        var few = new int[weights.Length, 256];
        int[] enough = new int[256];

        for (int i = 0; i < Splits; i++)
        {
            SharePoint[] shares = Shamir.Split(3, 5, secret, random.NextBytes);
            (byte a, byte b) = (shares[1].Y.Span[7], shares[4].Y.Span[7]);
            for (int way = 0; way < weights.Length; way++)
                few[way, Gf256.Multiply(weights[way].First, a) ^ Gf256.Multiply(weights[way].Second, b)]++;

            using SecretBuffer? recovered = Shamir.Recover([shares[0], shares[1], shares[4]]);
            enough[recovered!.Span[7]]++;
        }

        // 255 degrees of freedom: beyond 400 lies one even spread in a hundred million.
        for (int way = 0; way < weights.Length; way++)
            Assert.InRange(ChiSquare([.. Enumerable.Range(0, 256).Select(value => few[way, value])], Splits), 120, 400);
        Assert.True(ChiSquare(enough, Splits) > 1_000_000);
    }

    [Fact]
    public void Shares_at_one_place_or_at_the_place_of_the_secret_are_no_shares()
    {
        SharePoint[] shares = Shamir.Split(2, 3, new byte[16], new Random(1).NextBytes);

        Assert.Throws<ArgumentException>(() => Shamir.Recover([shares[0], shares[0] with { Y = shares[1].Y }]));
        Assert.Throws<ArgumentException>(() => Shamir.Recover([shares[0], shares[1] with { X = 255 }]));
        Assert.Throws<ArgumentException>(() => Shamir.Recover([shares[0], shares[1] with { Y = new SecretBuffer(18) }]));
        Assert.Throws<ArgumentException>(() => Shamir.Recover([]));
    }

    private static double ChiSquare(int[] counts, int total) => counts.Sum(count => Math.Pow(count - total / 256.0, 2) / (total / 256.0));
}
