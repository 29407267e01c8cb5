using System.Text;
using CsCheck;
using MedRedact.Synthesis;

namespace MedRedact.Testing.Tests;

public sealed class PhiCanaryTests
{
    [Fact]
    public void Every_document_of_a_canary_carries_several_of_its_strings() => Gen.Int[0, 10_000].Sample(
        seed =>
        {
            var canary = PhiCanary.Create(seed);
            foreach (DocumentKind kind in Enum.GetValues<DocumentKind>())
            {
                SyntheticRecord record = canary.Plant(kind, seed);
                int planted = canary.Values.Count(value => record.Text.Contains(value, StringComparison.OrdinalIgnoreCase));
                Assert.True(planted >= 2, kind.ToString());
            }
        },
        iter: 20, seed: "0000KLr13Hy4");

    [Fact]
    public void Seeds_make_people_who_share_no_string()
    {
        string[] all = [.. Enumerable.Range(0, 200).SelectMany(seed => PhiCanary.Create(seed).Values)];
        Assert.Equal(all.Length, all.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Equal(PhiCanary.Create(7).Values, PhiCanary.Create(7).Values);
        Assert.All(all, value => Assert.True(value.Length >= 8));
    }

    [Fact]
    public async Task A_pipeline_that_writes_a_chart_down_is_caught()
    {
        var canary = PhiCanary.Create(3);
        await using var watch = new CanaryWatch(canary, new CanaryWatchOptions { TemporaryFiles = false, Console = false, FirstChanceExceptions = false });
        watch.Inspect("queue message", Convert.ToBase64String(Encoding.Unicode.GetBytes(canary.Plant(DocumentKind.Consent).Text)));
        Assert.NotEmpty(watch.FindLeaks());
    }
}
