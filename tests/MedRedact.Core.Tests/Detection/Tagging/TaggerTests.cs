using MedRedact.Detection;

namespace MedRedact.Core.Tests.Detection.Tagging;

public sealed class TaggerTests
{
    [Theory]
    [InlineData("Foley catheter was placed without difficulty.")]
    [InlineData("A Foley was placed. Murphy sign was negative, Babinski was downgoing.")]
    [InlineData("He takes Lipitor and Zoloft; Tylenol as needed.")]
    [InlineData("ASSESSMENT AND PLAN: Congestive heart failure. Continue Lasix.")]
    [InlineData("Heart: Regular rate and rhythm. Lungs: Clear to auscultation. Abdomen: Soft.")]
    public void Leaves_devices_signs_drugs_and_headings(string text) => Assert.Empty(Detect.In(text));

    [Theory]
    [InlineData("Mr. Foley was seen in clinic.", "Foley")]
    [InlineData("Foley, James", "Foley")]
    [InlineData("Foley, James", "James")]
    [InlineData("We talked with Jarmila Hovorková about the results.", "Jarmila Hovorková")]
    [InlineData("Unlike the Lindqvist novel, this one is short.", "Lindqvist")]
    public void Finds_names_without_a_cue(string text, string expected) =>
        Assert.Contains(Detect.Texts(text), found => found.Contains(expected, StringComparison.Ordinal));

    [Fact]
    public void Offsets_count_the_text_that_was_given_with_its_combining_marks()
    {
        const string text = "We talked with Jarmila Hovorkova\u0301 \u200Bon Monday.";
        string found = Assert.Single(Detect.Texts(text), covered => covered.StartsWith("Jarmila", StringComparison.Ordinal));
        Assert.Equal("Jarmila Hovorkova\u0301", found.TrimEnd('\u200B'));
    }

    [Fact]
    public void The_same_text_gives_the_same_findings_with_the_same_grounds_each_time()
    {
        const string text = "Ms. Ann Lee saw Piotr Osei in Dayton; Bluestem Bakery, 12 Elm Street. ΑΒΓ ǆ ß İ.";
        string first = Print(text);
        for (int i = 0; i < 20; i++)
            Assert.Equal(first, Print(text));
    }

    [Fact]
    public void A_hit_of_the_tagger_names_what_it_weighed_without_words()
    {
        Finding finding = TextDetection.Detect("Unlike the Lindqvist novel, this one is short.").Single(found => found.RuleId.Value == "tagger-name");

        // A sure name is looked for everywhere, and so found again where it stands.
        Evidence[] weighed = [.. finding.Evidence.Where(ground => ground.Rule.Value != "propagated")];
        Assert.NotEmpty(weighed);
        Assert.All(weighed, ground => Assert.StartsWith("tagger-", ground.Rule.Value, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Zavrilo", "Drovanek")]
    [InlineData("Quelmarin", "Istrelovich")]
    public void Features_see_no_difference_between_two_names_but_their_form_and_frequency(string one, string other)
    {
        Assert.Equal(WordOf(one), WordOf(other));
        Assert.NotEqual(WordOf("patient"), WordOf("hospital"));
    }

    private static uint WordOf(string word)
    {
        using ScanBuffer buffer = ScanBuffer.Rent();
        TextScan scan = buffer.Scan($"we saw {word} there");
        using TaggerScan tagger = TaggerScan.Rent();
        tagger.Prepare(scan, buffer.Hits);
        return tagger.View(scan, 2).Word;
    }

    private static string Print(string text) => string.Join('\n', TextDetection.Detect(text).Select(found => $"{found.Location} {found.Category} {found.RuleId} {found.Confidence} {string.Join(' ', found.Evidence)}"));
}
