using System.Collections.Immutable;
using MedRedact.Redaction;
using MedRedact.Synthesis;

namespace MedRedact.Core.Tests.Redaction;

/// <summary>How wide a box is tells how wide the name was. Whoever has a list of names and the typeface keeps those that fit.</summary>
public sealed class BoxWidthLeakTests
{
    private const int People = 400, LeastLeft = 20;

    [Fact]
    public void Nine_names_of_ten_share_their_width_with_a_twentieth_of_all_names_where_the_line_has_room()
    {
        var painted = new Dictionary<int, int>();
        int[] widths = [.. Enumerable.Range(1, People).Select(seed => SyntheticRecords.Create(DocumentKind.InsuranceCard, seed).Patient.FullName.Length).Select(letters => painted.TryGetValue(letters, out int width) ? width : painted[letters] = Painted(letters))];
        ILookup<int, int> alike = widths.ToLookup(width => width);

        int hidden = widths.Count(width => alike[width].Count() >= LeastLeft);

        Assert.True(hidden * 10 >= People * 9, $"{hidden} of {People} names are one of {LeastLeft} or more of their width");
    }

    [Fact]
    public void A_box_never_ends_where_its_name_ends_but_at_a_step_of_its_height()
    {
        for (int length = 3; length < 30; length++)
            Assert.Equal(0, Painted(length) % (TestPage.TextHeight * 3 / 2));
    }

    /// <summary>The painted width of a name of so many letters, all equally wide.</summary>
    private static int Painted(int letters)
    {
        using Raster raster = TestPage.NewRaster(PixelFormat.Gray8, 1_000, 80);
        var word = new Box(30, 30, (letters * TestPage.CellWidth) - 3, TestPage.TextHeight);
        for (int y = word.Top; y < word.Bottom; y++)
        {
            for (int x = word.Left; x < word.Right; x += 3)
                TestPage.SetInk(raster, x, y);
        }

        ImmutableArray<Box> boxes = [.. new GlyphCover(raster, []).CoverWords(word, word)];
        return Assert.Single(boxes).Width;
    }
}
