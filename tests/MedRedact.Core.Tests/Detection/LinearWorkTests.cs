using System.Collections.Immutable;
using System.Text;
using MedRedact.Detection;

namespace MedRedact.Core.Tests.Detection;

/// <summary>Detection's work grows with the text and no faster, told by counting the looks that rules take and the hits they make.</summary>
public sealed class LinearWorkTests
{
    private const int Short = 8_000;
    private const int Times = 4;

    /// <summary>Twice as long is twice the work, with a little for what happens once.</summary>
    private const double Slack = 1.15;

    public static TheoryData<string> Patterns =>
    [
        "9", "a", "@", "(", "A ", "9 ", "1/", "a.", "O'", "a@", "-9", "(01)", "Name: ", "Dr. St. ", "SIN: 123456789 ", "Apt. 4 Suite 5 ", " x dot at ", "Medical Medical ", "\u0301", "\u200B", "Smith, ",
        "Mr. Osgood saw Dr. Whitfield on 3/14/2024 (MRN 4471902).\n", "DOB: 01/02/1960  SSN: 526-01-8159\n", "12 Elm St., Dayton, OH 45402; ",
    ];

    [Theory]
    [MemberData(nameof(Patterns))]
    public void Four_times_the_text_is_four_times_the_looks(string pattern)
    {
        (long looks, int hits) = Work(new TextRulesOnly(), pattern, Short);
        (long more, int moreHits) = Work(new TextRulesOnly(), pattern, Short * Times);
        Assert.True(looks > 0, "looks are not counted");
        Assert.True(more <= looks * Times * Slack, $"{looks} looks at {Short} characters, {more} at {Times} times as many");
        Assert.True(moreHits <= (hits + 8) * Times * Slack, $"{hits} hits at {Short} characters, {moreHits} at {Times} times as many");
    }

    /// <summary>Each link would be a finding of its own before they are joined.</summary>
    [Fact]
    public void A_chain_of_addresses_is_one_hit()
    {
        (_, int hits) = Work(new Codes(), "a@", Short);
        Assert.Equal(1, hits);
    }

    /// <summary>The counter sees what it is for.</summary>
    [Fact]
    public void A_rule_that_looks_back_to_the_beginning_is_noticed()
    {
        (long looks, _) = Work(new LooksBack(), "Name: ", Short);
        (long more, _) = Work(new LooksBack(), "Name: ", Short * Times);
        Assert.True(more > looks * Times * 3);
    }

    private static (long Looks, int Hits) Work(ITextRecognizer recognizer, string pattern, int length)
    {
        var text = new StringBuilder();
        while (text.Length < length)
            text.Append(pattern);
        var findings = ImmutableArray.CreateBuilder<Finding>();
        long before = Looks.Count;
        if (recognizer is TextRulesOnly)
            RecognizerRunner.RunAll(text.ToString(), known: null, TextDetection.Detector, RecognizerRunner.All, rules: null, findings);
        else
            RecognizerRunner.Run(text.ToString(), layout: null, TextLayer.Recognized, TextDetection.Detector, [recognizer], rules: null, findings);
        return (Looks.Count - before, findings.Count);
    }

    /// <summary>Stands for all rules, the search for what was certain once included.</summary>
    private sealed class TextRulesOnly : ITextRecognizer
    {
        public void Recognize(in TextScan scan, HitList hits) => throw new InvalidOperationException("All rules run together.");
    }

    private sealed class LooksBack : ITextRecognizer
    {
        public void Recognize(in TextScan scan, HitList hits)
        {
            for (int i = 0; i < scan.Count; i++)
            {
                for (int back = i; back > 0 && scan.IsWord(back); back -= 2)
                {
                }
            }
        }
    }
}
