using CsCheck;
using MedRedact.Ingestion;

namespace MedRedact.Redaction;

public sealed class PaintedPixelsTests
{
    private static readonly PixelFormat[] Formats = [PixelFormat.Gray8, PixelFormat.Rgb24, PixelFormat.Bgra32, PixelFormat.Bilevel];

    [Fact]
    public Task Laid_over_the_original_they_make_the_clean_page_again_in_every_format() =>
        Gen.Select(Gen.Int[0, Formats.Length - 1], Gen.Int[1, 12], Gen.Int[1, 9], Gen.Int[0, 20]).SampleAsync(async (format, left, right, pad) =>
        {
            string first = new('x', left);
            string value = new('q', right);
            string text = $"{first} {value} tail\n{new string('y', pad + 1)} {value}";
            using Raster original = TestPage.Of(text, Formats[format]).Raster;
            TestPage page = TestPage.Of(text, Formats[format]);
            var applier = new RedactionApplier(new PolicyOf(_ => Disposition.Redact), [], tokenizer: null, new DotLabels());
            AppliedRedaction applied = await applier.ApplyAsync(
                page.Examined(page.Find(value), page.Find(value, occurrence: 1)), page.Raster, TestPage.Subject(), TestContext.Current.CancellationToken);
            using RedactedPage clean = applied.Page;

            PaintedPixels.Of(clean).LayOver(original);

            Assert.Equal(clean.Raster.Pixels.ToArray(), original.Pixels.ToArray());
        });

    [Fact]
    public async Task They_take_a_small_part_of_what_the_page_takes()
    {
        string text = string.Join('\n', Enumerable.Range(0, 40).Select(line => $"line {line:00} value{line:00} and the words that stay around it on the page"));
        TestPage page = TestPage.Of(text);
        var applier = new RedactionApplier(new PolicyOf(_ => Disposition.Redact), [], tokenizer: null, new DotLabels());
        AppliedRedaction applied = await applier.ApplyAsync(
            page.Examined([.. Enumerable.Range(0, 40).Select(line => page.Find($"value{line:00}"))]), page.Raster, TestPage.Subject(), TestContext.Current.CancellationToken);
        using RedactedPage clean = applied.Page;

        Assert.InRange(PaintedPixels.Of(clean).Bytes, 1, clean.Raster.Pixels.Length / 50);
    }
}
