namespace MedRedact.Synthesis.Tests;

public sealed class PageTests
{
    public static TheoryData<DocumentKind> Kinds => new(Enum.GetValues<DocumentKind>());

    [Theory, MemberData(nameof(Kinds))]
    public void Boxes_lie_on_the_page_and_hold_ink_that_reaches_their_edges(DocumentKind kind)
    {
        foreach (SyntheticPage page in SyntheticRecords.Create(kind, seed: 21).DrawPages(new DrawOptions { Dpi = 150 }))
        {
            Assert.All(page.Words, word =>
            {
                Assert.True(word.Box.Left >= 0 && word.Box.Top >= 0 && word.Box.Right <= page.Width && word.Box.Bottom <= page.Height);
                Assert.True(Ink(page, word.Box) > 0, "a word without ink");
            });
            Assert.All(page.Marks, mark => Assert.True(Ink(page, mark.Box) > 0));
        }
    }

    [Fact]
    public void No_word_is_printed_over_another_or_over_a_signature_barcode_or_portrait()
    {
        for (int seed = 0; seed < 4; seed++)
        {
            foreach (SyntheticPage page in Enum.GetValues<DocumentKind>().SelectMany(kind => SyntheticRecords.Create(kind, seed).DrawPages(new DrawOptions { Dpi = 72 })))
            {
                PixelBox[] taken = [.. page.Words.Select(word => word.Box), .. page.Marks.Where(mark => mark.Kind is not MarkKind.CheckBox).Select(mark => mark.Box)];
                for (int i = 0; i < taken.Length; i++)
                {
                    // Outward rounding may let neighbours share an edge.
                    for (int j = i + 1; j < taken.Length; j++)
                        Assert.False(Math.Min(taken[i].Right, taken[j].Right) - Math.Max(taken[i].Left, taken[j].Left) > 1 && Math.Min(taken[i].Bottom, taken[j].Bottom) - Math.Max(taken[i].Top, taken[j].Top) > 2);
                }
            }
        }
    }

    [Fact]
    public void Filling_all_word_boxes_leaves_no_ink_of_any_letter()
    {
        // Below its letterhead a radiology report has text and straight rules only: what is left after filling must be long runs.
        SyntheticPage page = SyntheticRecords.Create(DocumentKind.RadiologyReport, seed: 4).DrawPages()[0];
        byte[] pixels = page.Pixels.ToArray();
        foreach (PixelBox box in page.Words.Select(word => word.Box))
        {
            for (int y = box.Top; y < box.Bottom; y++)
                pixels.AsSpan(y * page.Width + box.Left, box.Width).Fill(255);
        }

        for (int y = page.Height / 8; y < page.Height; y++)
        {
            int dark = 0;
            foreach (byte pixel in pixels.AsSpan(y * page.Width, page.Width))
                dark += pixel < 128 ? 1 : 0;
            Assert.True(dark is 0 || dark > page.Width / 40, "stray ink outside the boxes");
        }
    }

    [Fact]
    public void Boxes_follow_a_page_that_is_turned_and_scanned_coarsely()
    {
        SyntheticPage page = SyntheticRecords.Create(DocumentKind.RadiologyReport, seed: 4).DrawPages(new DrawOptions { Dpi = 200 })[0];
        SyntheticPage worn = page.Degrade(new Degradation { Dpi = 120, RotationDegrees = 3 });
        Assert.Equal(120, worn.Dpi);
        Assert.Equal(page.Words.Select(word => word.Text), worn.Words.Select(word => word.Text));
        Assert.All(worn.Words.Where(word => word.Text.Length > 3), word => Assert.True(Ink(worn, word.Box) > word.Box.Width * word.Box.Height / 40));
    }

    [Fact]
    public void A_fax_is_black_and_white_and_a_clean_page_is_left_as_it_was()
    {
        SyntheticPage page = SyntheticRecords.Create(DocumentKind.Consent, seed: 2).DrawPages(new DrawOptions { Dpi = 100 })[0];
        Assert.DoesNotContain(page.Degrade(Degradation.Fax).Pixels.ToArray(), pixel => pixel is not (0 or 255));
        SyntheticPage same = page.Degrade(Degradation.None);
        Assert.True(same.Pixels.Span.SequenceEqual(page.Pixels.Span));
        Assert.Equal(page.Words, same.Words);
    }

    [Fact]
    public void Wear_differs_by_seed_and_not_by_call()
    {
        SyntheticPage page = SyntheticRecords.Create(DocumentKind.InsuranceCard, seed: 2).DrawPages(new DrawOptions { Dpi = 100 })[0];
        Assert.True(page.Degrade(Degradation.Phone, 1).Pixels.Span.SequenceEqual(page.Degrade(Degradation.Phone, 1).Pixels.Span));
        Assert.False(page.Degrade(Degradation.Phone, 1).Pixels.Span.SequenceEqual(page.Degrade(Degradation.Phone, 2).Pixels.Span));
    }

    [Fact]
    public void A_picture_from_aside_shows_the_sheet_on_a_desk_and_its_boxes_hold_the_words()
    {
        SyntheticPage page = SyntheticRecords.Create(DocumentKind.ReferralLetter, 5).DrawPages(new DrawOptions { Dpi = 150 })[0];
        for (int seed = 0; seed < 12; seed++)
        {
            SyntheticPage seen = page.Degrade(new() { Slant = 0.2 }, seed);
            Assert.Equal((page.Width, page.Height), (seen.Width, seen.Height));
            Assert.All((int[])[0, page.Width - 1, page.Width * (page.Height - 1), (page.Width * page.Height) - 1], corner => Assert.InRange(seen.Pixels.Span[corner], 30, 110));
            foreach ((TruthWord drawn, TruthWord moved) in page.Words.Zip(seen.Words))
            {
                // About as wide, and with the word's ink inside; a slanted box may reach into its neighbours.
                Assert.InRange((double)moved.Box.Width / drawn.Box.Width, 0.5, 1.2);
                Assert.InRange(InkOf(seen, moved.Box) / InkOf(page, drawn.Box), 0.3, 3);
            }
        }

        Assert.True(page.Degrade(Degradation.PhoneAslant, 1).Pixels.Span.SequenceEqual(page.Degrade(Degradation.PhoneAslant, 1).Pixels.Span));
        Assert.False(page.Degrade(new() { Slant = 0.2 }, 1).Pixels.Span.SequenceEqual(page.Degrade(new() { Slant = 0.2 }, 2).Pixels.Span));

        static double InkOf(SyntheticPage page, PixelBox box)
        {
            double ink = 0;
            for (int y = box.Top; y < box.Top + box.Height; y++)
            {
                for (int x = box.Left; x < box.Left + box.Width; x++)
                    ink += 255 - page.Pixels.Span[(y * page.Width) + x];
            }

            return ink;
        }
    }

    [Fact]
    public void Forms_carry_marks_with_their_truth()
    {
        Assert.Contains(Page(DocumentKind.EmergencyFaceSheet).Marks, mark => mark is { Kind: MarkKind.Portrait, IsPhi: true });
        Assert.Contains(Page(DocumentKind.EmergencyFaceSheet).Marks, mark => mark is { Kind: MarkKind.Barcode, IsPhi: true });
        Assert.Equal(3, Page(DocumentKind.Consent).Marks.Count(mark => mark.Kind is MarkKind.Signature));
        Assert.Contains(Page(DocumentKind.IntakeForm).Marks, mark => mark is { Kind: MarkKind.CheckBox, IsChecked: true, IsPhi: false });
        Assert.Contains(Page(DocumentKind.IntakeForm).Marks, mark => mark is { Kind: MarkKind.CheckBox, IsChecked: false });

        static SyntheticPage Page(DocumentKind kind) => SyntheticRecords.Create(kind, seed: 1).DrawPages(new DrawOptions { Dpi = 72 })[0];
    }

    internal static int Ink(SyntheticPage page, PixelBox box)
    {
        int dark = 0;
        for (int y = box.Top; y < box.Bottom; y++)
        {
            foreach (byte pixel in page.Pixels.Span.Slice(y * page.Width + box.Left, box.Width))
                dark += pixel < 160 ? 1 : 0;
        }

        return dark;
    }
}
