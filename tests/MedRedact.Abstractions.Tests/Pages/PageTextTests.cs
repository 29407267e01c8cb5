using System.Collections.Immutable;
using CsCheck;

namespace MedRedact.Tests;

public sealed class PageTextTests
{
    private static readonly Gen<string> Words = Gen.OneOf(
        Gen.OneOf(Gen.Const("Roe,"), Gen.Const("Jane"), Gen.Const("DOB:"), Gen.Const("01/02/1960"), Gen.Const("12.5"), Gen.Const("mg"), Gen.Const("a b"), Gen.Const("\tx\n"), Gen.Const("naïve"), Gen.Const("👩‍⚕️"), Gen.Const(" ")), Gen.String[1, 8]);

    // Lines of words; a word is ten pixels a character wide, a line twenty high and forty below the last.
    private static readonly Gen<string[][]> Pages = Words.Array[1, 6].Array[1, 6];

    [Fact]
    public void Spans_are_exact_ascending_and_free_of_white_space() => Pages.Sample(
        page =>
        {
            using PageText text = Build(page);
            string all = Reveal(text);
            int at = 0;
            foreach ((LayoutLine line, string[] words) in text.Layout.Lines.Zip(page))
            {
                Assert.Equal(words.Length, line.Words.Length);
                Assert.Equal(TextSpan.FromBounds(line.Words[0].Span.Start, line.Words[^1].Span.End), line.Span);
                foreach ((LayoutWord word, string expected) in line.Words.Zip(words))
                {
                    string actual = all.Substring(word.Span.Start, word.Span.Length);
                    Assert.Equal(expected.Length, actual.Length);
                    Assert.DoesNotContain(actual, char.IsWhiteSpace);
                    Assert.DoesNotContain(actual, char.IsControl);
                    Assert.True(expected.Zip(actual).All(pair => pair.First == pair.Second || pair.Second == '_'));
                    Assert.True(word.Span.Start >= at);
                    at = word.Span.End;
                }
            }

            Assert.Equal(page.Sum(line => line.Length), text.Words.Length);
            Assert.Equal(at, all.Length);
        },
        iter: 300);

    [Fact]
    public void The_text_is_words_by_spaces_lines_by_newlines_and_blocks_by_an_empty_line()
    {
        var builder = new PageTextBuilder(PageTransform.Identity);
        builder.BreakLine().BreakBlock()
            .AddWord("one", new Box(0, 0, 3, 1), Confidence.Certain).AddWord("", default, Confidence.Certain).AddWord("two", new Box(4, 0, 3, 1), Confidence.Certain)
            .BreakLine().BreakLine()
            .AddWord("three", new Box(0, 2, 5, 1), Confidence.Certain)
            .BreakBlock().BreakBlock()
            .AddWord("four", new Box(0, 4, 4, 1), Confidence.Certain);
        using PageText text = builder.Build();

        Assert.Equal("one two\nthree\n\nfour", Reveal(text));
        Assert.Equal([0, 0, 1], text.Layout.Lines.Select(line => line.Block));
        Assert.Equal(new Box(0, 0, 7, 1), text.Layout.Lines[0].Box);
    }

    [Fact]
    public void A_page_may_be_empty()
    {
        using PageText text = new PageTextBuilder(PageTransform.Identity).Build();
        Assert.Equal(0, text.Text.Length);
        Assert.Empty(text.Locate(new TextSpan(0, 0)));
    }

    [Fact]
    public void A_builder_serves_once_and_refuses_a_word_without_a_place()
    {
        var builder = new PageTextBuilder(PageTransform.Identity);
        Assert.Throws<ArgumentException>(() => builder.AddWord("Roe", default, Confidence.Certain));
        builder.Build().Dispose();
        Assert.Throws<ObjectDisposedException>(() => builder.AddWord("x", new Box(0, 0, 1, 1), Confidence.Certain));
        Assert.Throws<ObjectDisposedException>(() => builder.Build());
    }

    [Fact]
    public void A_long_page_keeps_every_character()
    {
        var builder = new PageTextBuilder(PageTransform.Identity);
        for (int i = 0; i < 5000; i++)
            builder.AddWord($"w{i}", new Box(i, 0, 1, 1), Confidence.Certain);

        using PageText text = builder.Build();
        Assert.Equal(string.Join(' ', Enumerable.Range(0, 5000).Select(i => $"w{i}")), Reveal(text));
    }

    [Fact]
    public void Boxes_come_back_to_the_original_page()
    {
        using PageText text = new PageTextBuilder(PageTransform.Scale(0.5))
            .AddWord("Roe", new Box(11, 20, 30, 8), Confidence.Certain).Build();
        Assert.Equal([Box.FromEdges(5, 10, 21, 14)], text.Locate(new TextSpan(0, 1)));
    }

    [Fact]
    public void Locating_a_union_is_the_union_of_locating() => Gen.Select(Pages, Gen.Int[0, 60], Gen.Int[0, 60], Gen.Int[0, 60]).Sample(
        (page, x, y, z) =>
        {
            using PageText text = Build(page);
            int[] cuts = [Math.Min(x, text.Text.Length), Math.Min(y, text.Text.Length), Math.Min(z, text.Text.Length)];
            Array.Sort(cuts);
            ImmutableArray<Box> whole = text.Locate(TextSpan.FromBounds(cuts[0], cuts[2]));
            Box[] parts = [.. text.Locate(TextSpan.FromBounds(cuts[0], cuts[1])), .. text.Locate(TextSpan.FromBounds(cuts[1], cuts[2]))];

            // Lines do not touch on these pages, so a line's box is the union of the parts that lie in it.
            Assert.Equal(whole, parts.GroupBy(box => box.Top / 40).OrderBy(line => line.Key).Select(line => line.Aggregate((a, b) => a.Union(b))));
        },
        iter: 500);

    [Fact]
    public void Locate_covers_every_word_it_touches_and_no_other_line() => Gen.Select(Pages, Gen.Int[0, 60], Gen.Int[1, 30]).Sample(
        (page, start, length) =>
        {
            using PageText text = Build(page);
            var span = new TextSpan(start, length);
            ImmutableArray<Box> boxes = text.Locate(span);
            LayoutWord[] touched = [.. text.Words.Where(word => word.Span.Overlaps(span))];

            Assert.All(touched, word => Assert.Contains(boxes, box => box.Intersect(word.Box) == word.Box));
            Assert.All(boxes, box => Assert.Contains(touched, word => word.Box.Overlaps(box)));
            Assert.Equal(touched.Length == 0 ? 1 : touched.Min(word => word.Confidence.Value), text.ConfidenceOf(span).Value);
        },
        iter: 500);

    [Fact]
    public void A_stretch_of_no_characters_lies_nowhere()
    {
        using PageText text = Build([["abc", "def"]]);
        for (int i = 0; i <= text.Text.Length; i++)
            Assert.Empty(text.Locate(new TextSpan(i, 0)));
    }

    private static PageText Build(string[][] page)
    {
        var builder = new PageTextBuilder(PageTransform.Identity);
        for (int row = 0; row < page.Length; row++)
        {
            int left = 0;
            foreach (string word in page[row])
            {
                builder.AddWord(word, new Box(left, row * 40, word.Length * 10, 20), Confidence.Of((left % 97) / 97.0));
                left += (word.Length * 10) + 10;
            }

            builder.BreakLine();
        }

        return builder.Build();
    }

    private static string Reveal(PageText text) => text.Text.Read(0, static (span, _) => span.ToString());
}
