using System.Collections.Immutable;
using CsCheck;

namespace MedRedact.Redaction;

public sealed class BoxWidthTests
{
    // At 300 dots an inch half an inch is 150 pixels: more than twelve letters of a test page.
    private const double Step = 0.5;
    private const int StepPixels = 150;

    private static readonly Gen<string> Words = Gen.String[Gen.Char['a', 'z'], 2, 9];

    [Fact]
    public async Task Values_of_any_length_that_have_room_have_boxes_of_one_width() => await Words.Select(Words).SampleAsync(async (left, right) =>
    {
        Box one = await OnlyBoxAsync(left), other = await OnlyBoxAsync(right);
        Assert.Equal(StepPixels, one.Width);
        Assert.Equal(one.Width, other.Width);
    }, iter: 40);

    [Fact]
    public async Task A_box_is_never_smaller_than_without_the_step_and_hides_no_further_word() => await Words.Array[3, 8].Select(Gen.Int[0, 2]).SampleAsync(async (words, chosen) =>
    {
        string text = string.Join(' ', words);
        (Box plain, ImmutableArray<Box> kept) = await BoxAsync(text, words[chosen], 0);
        (Box wide, _) = await BoxAsync(text, words[chosen], Step);
        Assert.Equal(plain, plain.Intersect(wide));
        Assert.Equal(kept.Where(word => word.Overlaps(plain)), kept.Where(word => word.Overlaps(wide)));
        Assert.True(wide.Width % StepPixels == 0 || kept.Any(word => word.Right <= wide.Left || word.Left >= wide.Right));
    }, iter: 60);

    private static async Task<Box> OnlyBoxAsync(string word)
    {
        // Blank lines leave room above and below; the page is as wide as the longest line, and ten letters more.
        (Box box, _) = await BoxAsync(word + "\n\n" + new string('x', 9) + " " + new string('y', 9), word, Step);
        return box;
    }

    private static async Task<(Box Box, ImmutableArray<Box> Kept)> BoxAsync(string text, string value, double step)
    {
        TestPage page = TestPage.Of(text);
        AppliedRedaction applied = await new RedactionApplier(new PolicyOf(_ => Disposition.Redact), [], null, new DotLabels(), step).ApplyAsync(
            page.Examined(page.Find(value)), page.Raster, TestPage.Subject(), TestContext.Current.CancellationToken);
        ImmutableArray<Box> kept = [.. page.Recognized.Text.Layout.Lines.SelectMany(line => line.Words).Where(word => !word.Box.Overlaps(applied.Painted[0].Box)).Select(word => word.Box)];
        return (applied.Painted[0].Box, kept);
    }
}
