using CsCheck;
using MedRedact.Evaluation;

namespace MedRedact.Core.Tests.Evaluation;

public sealed class ProportionTests
{
    // Wilson score limits without continuity correction for 81 of 263, 15 of 148, 0 of 20 and 1 of 29: Newcombe, Statistics in Medicine 17 (1998), table I.
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0.0000, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void The_interval_is_Wilsons(int count, int of, double low, double high)
    {
        var share = new Proportion(count, of);
        Assert.Equal(low, share.Low, 4);
        Assert.Equal(high, share.High, 4);
    }

    [Fact]
    public void The_interval_holds_the_share_and_stays_between_nothing_and_all() => Gen.Select(Gen.Int[0, 3000], Gen.Int[1, 3000]).Sample((count, of) =>
    {
        var share = new Proportion(Math.Min(count, of), of);
        Assert.InRange(share.Value!.Value, share.Low, share.High);
        Assert.True(share.Low >= 0 && share.High <= 1);
    }, iter: 2000, seed: "0000000000021");

    [Fact]
    public void More_trials_of_the_same_share_narrow_the_interval() => Gen.Select(Gen.Int[0, 50], Gen.Int[50, 100]).Sample((count, of) =>
    {
        (Proportion few, Proportion many) = (new(count, of), new(count * 4L, of * 4L));
        Assert.True(many.High - many.Low < few.High - few.Low);
    }, iter: 500, seed: "0000000000022");

    [Fact]
    public void Nothing_tried_tells_nothing()
    {
        var share = new Proportion(0, 0);
        Assert.Null(share.Value);
        Assert.Equal((0, 1), (share.Low, share.High));
    }

    // Exact Poisson limits for 0, 1, 5, 10 and 100 events (Garwood 1936).
    [Theory]
    [InlineData(0, 0, 3.6889)]
    [InlineData(1, 0.0253, 5.5716)]
    [InlineData(5, 1.6235, 11.6683)]
    [InlineData(10, 4.7954, 18.3904)]
    [InlineData(100, 81.3640, 121.6270)]
    public void A_rate_comes_within_a_fiftieth_of_the_exact_limits(int events, double low, double high)
    {
        var rate = new EventRate(events, 1000);
        Assert.InRange(rate.Low, (low * 0.98) - 0.03, (low * 1.02) + 0.03);
        Assert.InRange(rate.High, high * 0.98, high * 1.02);
    }

    [Fact]
    public void Events_that_come_in_clusters_widen_the_interval()
    {
        (EventRate apart, EventRate clustered) = (new(20, 100), new(20, 100, Dispersion: 4));
        Assert.Equal(apart.PerThousand, clustered.PerThousand);
        Assert.True(clustered.Low < apart.Low && clustered.High > apart.High);
    }
}
