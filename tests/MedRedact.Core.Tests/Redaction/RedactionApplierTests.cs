using System.Collections.Immutable;
using CsCheck;

namespace MedRedact.Redaction;

public sealed class RedactionApplierTests
{
    private static readonly PixelFormat[] Formats = [PixelFormat.Gray8, PixelFormat.Rgb24, PixelFormat.Bgra32, PixelFormat.Bilevel];

    private static readonly PolicyOf RedactAll = new(_ => Disposition.Redact);

    public static TheoryData<PixelFormat> AllFormats => [.. Formats];

    [Fact]
    public async Task Puts_a_label_where_the_value_stood_and_keeps_the_rest()
    {
        AppliedRedaction applied = await Apply("Patient: John Smith was seen", (page) => [page.Find("John Smith")]);

        Assert.Equal("Patient: [NAME] was seen", applied.Page.Text.Text.Value);
        RedactionMark mark = Assert.Single(applied.Page.Marks);
        Assert.Equal(new Location.Text(new TextSpan(9, 6)), mark.Location);
        Assert.Equal(Disposition.Redact, mark.Disposition);
    }

    [Theory]
    [InlineData("(John Smith), 54", "John Smith", "([NAME]), 54")]
    [InlineData("Smith's chart", "Smith", "[NAME]'s chart")]
    [InlineData("seen by\nJohn Smith", "John Smith", "seen by\n[NAME]")]
    [InlineData("seen John\nSmith today", "John\nSmith", "seen [NAME]\ntoday")]
    [InlineData("John\nSmith\n\nnext", "John\nSmith", "[NAME]\n\nnext")]
    public async Task Keeps_words_lines_and_blocks_apart(string text, string value, string clean)
    {
        AppliedRedaction applied = await Apply(text, page => [page.Find(value)]);
        Assert.Equal(clean, applied.Page.Text.Text.Value);
    }

    [Fact]
    public async Task Keeps_what_the_policy_keeps_and_says_where_it_stands()
    {
        var policy = new PolicyOf(category => category == PhiCategory.State ? Disposition.Keep : Disposition.Redact);
        AppliedRedaction applied = await Apply("John Smith of Ohio", page => [page.Find("John Smith"), page.Find("Ohio", PhiCategory.State)], policy);

        Assert.Equal("[NAME] of Ohio", applied.Page.Text.Text.Value);
        RedactionMark kept = applied.Page.Marks[1];
        Assert.Equal(new Location.Text(new TextSpan(10, 4)), kept.Location);
        Assert.Equal(ReplacementKind.Kept, kept.Replacement.Kind);
        Assert.Empty(kept.Boxes);
        Assert.Single(applied.Removed);
    }

    [Fact]
    public async Task Asks_for_review_and_redacts_meanwhile()
    {
        AppliedRedaction applied = await Apply("the mayor", page => [page.Find("mayor", PhiCategory.Unique)], new PolicyOf(_ => Disposition.Review));
        Assert.True(applied.ReviewAsked);
        Assert.Equal("the [UNIQUE]", applied.Page.Text.Text.Value);
    }

    [Fact]
    public async Task Gives_one_token_to_one_value()
    {
        AppliedRedaction applied = await Apply(
            "Smith and Smith", page => [page.Find("Smith"), page.Find("Smith", occurrence: 1)], new PolicyOf(_ => Disposition.Tokenize), tokenizer: new CountingTokenizer());
        Assert.Equal("T-0001 and T-0001", applied.Page.Text.Text.Value);
        Assert.Equal(0, applied.FellBack);
    }

    [Fact]
    public async Task Puts_a_label_where_nobody_can_do_what_the_policy_decided()
    {
        AppliedRedaction applied = await Apply("Smith", page => [page.Find("Smith")], new PolicyOf(_ => Disposition.Tokenize));
        Assert.Equal("[NAME]", applied.Page.Text.Text.Value);
        Assert.Equal(1, applied.FellBack);
    }

    [Theory]
    [InlineData("throws")]
    [InlineData("nothing")]
    [InlineData("original")]
    [InlineData("control")]
    public async Task Puts_a_label_where_a_redactor_fails_or_gives_the_value_back(string how)
    {
        var redactor = new RedactorOf(Disposition.Surrogate, target => how switch
        {
            "throws" => throw new InvalidOperationException(),
            "nothing" => null,
            "original" => Replacement.Free("Mr SMITH, perhaps"),
            _ => Replacement.Free("two\nlines"),
        });
        AppliedRedaction applied = await Apply("Smith", page => [page.Find("Smith")], new PolicyOf(_ => Disposition.Surrogate), [redactor]);
        Assert.Equal("[NAME]", applied.Page.Text.Text.Value);
        Assert.Equal(1, applied.FellBack);
    }

    [Fact]
    public async Task Refuses_a_surrogate_that_holds_even_a_short_value_itself()
    {
        var redactor = new RedactorOf(Disposition.Surrogate, _ => Replacement.Free("Mr. Lee"));
        AppliedRedaction applied = await Apply("Lee", page => [page.Find("Lee")], new PolicyOf(_ => Disposition.Surrogate), [redactor]);
        Assert.Equal("[NAME]", applied.Page.Text.Text.Value);
    }

    [Fact]
    public async Task Refuses_a_surrogate_that_holds_another_removed_value()
    {
        var redactor = new RedactorOf(Disposition.Surrogate, _ => Replacement.Free("Ann Miller"));
        AppliedRedaction applied = await Apply(
            "Smith Miller", page => [page.Find("Smith"), page.Find("Miller")], new PolicyOf(_ => Disposition.Surrogate), [redactor]);
        Assert.Equal("[NAME] [NAME]", applied.Page.Text.Text.Value);
    }

    [Fact]
    public async Task Prefers_the_redactor_that_names_the_category()
    {
        AppliedRedaction applied = await Apply(
            "Smith",
            page => [page.Find("Smith")],
            new PolicyOf(_ => Disposition.Surrogate),
            [new RedactorOf(Disposition.Surrogate, _ => Replacement.Free("general")), new RedactorOf(Disposition.Surrogate, _ => Replacement.Free("special"), PhiCategory.PersonName)]);
        Assert.Equal("special", applied.Page.Text.Text.Value);
    }

    [Fact]
    public async Task A_token_too_long_for_its_box_shows_as_its_kind_and_stays_whole_in_the_text()
    {
        AppliedRedaction applied = await Apply(
            "Lee", page => [page.Find("Lee")], new PolicyOf(_ => Disposition.Tokenize), tokenizer: new CountingTokenizer("NAME-0123456789ABCDEFGHJKMNPQRS-"));

        Assert.Equal("[NAME]", Assert.Single(applied.Painted).Label);
        Assert.Equal("NAME-0123456789ABCDEFGHJKMNPQRS-0001", applied.Page.Text.Text.Value);
    }

    [Theory]
    [InlineData("Al Hu", "Al Hu")]
    [InlineData("Bartholomew Featherstonehaugh-Cholmondeley", "[NAME]")]
    [InlineData("Žofie", "[NAME]")]
    public async Task A_surrogate_is_drawn_where_it_fits_and_shows_as_its_kind_where_it_does_not(string surrogate, string drawn)
    {
        AppliedRedaction applied = await Apply(
            "Lee", page => [page.Find("Lee")], new PolicyOf(_ => Disposition.Surrogate), [new RedactorOf(Disposition.Surrogate, _ => Replacement.Free(surrogate))]);

        Assert.Equal(drawn, Assert.Single(applied.Painted).Label);
        Assert.Equal(surrogate, applied.Page.Text.Text.Value);
    }

    [Theory]
    [InlineData("99482177", "99482177")]
    [InlineData("4821", "[MRN]")]
    public async Task An_enciphered_number_may_hold_a_removed_one_by_chance_but_not_be_one(string enciphered, string stands)
    {
        AppliedRedaction applied = await Apply(
            "73190462 and 4821",
            page => [page.Find("73190462", PhiCategory.Mrn), page.Find("4821")],
            new PolicyOf(category => category == PhiCategory.Mrn ? Disposition.FormatPreserving : Disposition.Redact),
            [new LabelRedactor(), new RedactorOf(Disposition.FormatPreserving, _ => Replacement.Free(enciphered))]);

        Assert.Equal($"{stands} and [NAME]", applied.Page.Text.Text.Value);
        Assert.Empty(new ResidueSearch(applied.Removed).Find(CheckedWords.Of(applied.Page)));
    }

    [Theory]
    [MemberData(nameof(AllFormats))]
    public async Task Leaves_no_ink_of_the_value_and_paints_exactly_one_colour(PixelFormat format)
    {
        TestPage page = TestPage.Of("Patient: John Smith was seen", format);
        Box value = page.Recognized.Text.Locate(page.Find("John Smith").Location is Location.Text at ? at.Span : default)[0];
        AppliedRedaction applied = await Apply(page, [page.Find("John Smith")], labels: new NoLabels());

        Box painted = Assert.Single(applied.Painted).Box;
        Assert.Equal(value.Grow(2), value.Grow(2).Intersect(painted));
        for (int y = painted.Top; y < painted.Bottom; y++)
        {
            for (int x = painted.Left; x < painted.Right; x++)
                Assert.True(RasterInk.IsPaint(applied.Page.Raster, x, y));
        }
    }

    [Theory]
    [MemberData(nameof(AllFormats))]
    public async Task Changes_no_pixel_outside_the_boxes(PixelFormat format)
    {
        TestPage before = TestPage.Of("Patient: John Smith was seen\nby Mary Miller", format);
        TestPage page = TestPage.Of(before.Text, format);
        AppliedRedaction applied = await Apply(page, [page.Find("John"), page.Find("Miller")]);

        for (int y = 0; y < page.Raster.Height; y++)
        {
            for (int x = 0; x < page.Raster.Width; x++)
            {
                if (!applied.Painted.Any(painted => painted.Box.Overlaps(new Box(x, y, 1, 1))))
                    Assert.True(RasterInk.SamePixel(before.Raster, x, y, applied.Page.Raster, x, y));
            }
        }
    }

    [Fact]
    public async Task Covers_a_descender_that_leaves_the_box_of_the_word()
    {
        TestPage page = TestPage.Of("Ms Smith was seen");
        for (int y = 0; y < 6; y++)
            TestPage.SetInk(page.Raster, TestPage.Left + (3 * TestPage.CellWidth), TestPage.Top + TestPage.TextHeight + y);

        AppliedRedaction applied = await Apply(page, [page.Find("Smith")]);
        Assert.Equal(TestPage.Top + TestPage.TextHeight + 6 + 2, applied.Painted.Max(painted => painted.Box.Bottom));
    }

    [Fact]
    public async Task Covers_letters_beside_a_box_that_no_other_word_explains()
    {
        // The engine read the whole word and boxed its second half.
        TestPage page = TestPage.Of("Jonathan was seen");
        Box whole = page.Recognized.Text.Words[0].Box;
        var builder = new PageTextBuilder(PageTransform.Identity);
        builder.AddWord("Jonathan", Box.FromEdges(whole.Left + (4 * TestPage.CellWidth), whole.Top, whole.Right, whole.Bottom), Confidence.Certain);
        foreach (LayoutWord word in page.Recognized.Text.Words.Skip(1))
            builder.AddWord("later", word.Box, Confidence.Certain);
        RecognizedPage narrow = RecognizedPage.Create(page.Recognized.DocumentId, new PageNumber(1), page.Raster.Size, builder.Build());

        AppliedRedaction applied = await Applier(RedactAll).ApplyAsync(
            TestPage.Examined(narrow, page.Find("Jonathan")), page.Raster, TestPage.Subject(), TestContext.Current.CancellationToken);
        Assert.Equal(whole, whole.Intersect(applied.Painted[0].Box));
        Assert.False(applied.Painted[0].Box.Overlaps(narrow.Text.Words[1].Box));
    }

    [Fact]
    public async Task Does_not_follow_an_underline_or_the_rule_of_a_table()
    {
        const int end = TestPage.Left + (6 * TestPage.CellWidth) - 3;
        TestPage underlined = TestPage.Of("Miller"), ruled = TestPage.Of("Miller");
        for (int i = 0; i < 150; i++)
        {
            for (int y = 1; y <= 3; y++)
                TestPage.SetInk(underlined.Raster, TestPage.Left + i, TestPage.Top + TestPage.TextHeight - y);
            if (i < 70)
                TestPage.SetInk(ruled.Raster, end + 19, i);
        }

        // The step of width that the word itself fills: neither was taken for letters.
        Assert.Equal(end + 19, (await Apply(ruled, [ruled.Find("Miller")])).Painted.Max(painted => painted.Box.Right));
        Assert.Equal(end + 19, (await Apply(underlined, [underlined.Find("Miller")])).Painted.Max(painted => painted.Box.Right));
    }

    [Fact]
    public async Task Follows_ink_into_the_rim_of_a_neighbour_and_not_into_its_letters()
    {
        // Two words of one run of letters, three pixels apart, joined by a stroke.
        TestPage page = TestPage.Of("SmithJones");
        Box run = page.Recognized.Text.Words[0].Box;
        Box left = new(run.Left, run.Top, (5 * TestPage.CellWidth) - 3, run.Height);
        Box right = Box.FromEdges(run.Left + (5 * TestPage.CellWidth), run.Top, run.Right, run.Bottom);
        for (int x = left.Right - 2; x < right.Right; x++)
            TestPage.SetInk(page.Raster, x, run.Top + 9);

        var builder = new PageTextBuilder(PageTransform.Identity);
        PageText text = builder.AddWord("Smith", left, Confidence.Certain).AddWord("Jones", right, Confidence.Certain).Build();
        RecognizedPage joined = RecognizedPage.Create(page.Recognized.DocumentId, new PageNumber(1), page.Raster.Size, text);
        AppliedRedaction applied = await Applier(RedactAll).ApplyAsync(
            TestPage.Examined(joined, page.Find("Smith")), page.Raster, TestPage.Subject(), TestContext.Current.CancellationToken);

        // The safety margin, and the rim of an eighth of the text height with its own margin.
        Assert.Equal(4, applied.Painted.Max(painted => painted.Box.Intersect(right).Width));
    }

    [Fact]
    public async Task Does_not_swallow_a_neighbour_that_touches()
    {
        TestPage page = TestPage.Of("Dr Smith saw");
        Box right = page.Recognized.Text.Words[2].Box;

        // A line of ink joins the value with the word after it.
        for (int x = right.Left - 20; x < right.Left + 2; x++)
            TestPage.SetInk(page.Raster, x, TestPage.Top + 10);

        AppliedRedaction applied = await Apply(page, [page.Find("Smith")]);
        Assert.All(applied.Painted, painted => Assert.True(painted.Box.Intersect(right).Width <= 4));
    }

    [Fact]
    public async Task Widens_boxes_to_steps_where_there_is_room()
    {
        int step = TestPage.TextHeight * 3 / 2;
        foreach (string name in new[] { "Lee", "Smith", "Fitzgerald" })
        {
            AppliedRedaction applied = await Apply($"Name: {name}", page => [page.Find(name)]);
            Assert.Equal(0, applied.Painted[0].Box.Width % step);
        }
    }

    [Fact]
    public async Task Paints_an_area_and_takes_the_words_under_it_out_of_the_text()
    {
        TestPage page = TestPage.Of("seen Smith today");
        Box word = page.Recognized.Text.Words[1].Box;
        AppliedRedaction applied = await Apply(page, [TestPage.Finding(PhiCategory.Photo, new Location.Area(word))], new PolicyOf(_ => Disposition.Tokenize));

        Assert.Equal("seen today", applied.Page.Text.Text.Value);
        Assert.Equal(word.Grow(2), applied.Painted[0].Box);
        Assert.IsType<Location.Area>(applied.Page.Marks[0].Location);
    }

    [Fact]
    public async Task Leaves_the_words_of_the_line_below_an_area()
    {
        TestPage page = TestPage.Of("seen today\nby Mary");
        Box word = page.Recognized.Text.Words[2].Box;
        var area = new Box(0, 0, page.Raster.Width, word.Top + 3);
        AppliedRedaction applied = await Apply(page, [page.Find("Mary"), TestPage.Finding(PhiCategory.Photo, new Location.Area(area))]);
        Assert.Equal("by [NAME]", applied.Page.Text.Text.Value);
        Assert.Equal([PhiCategory.PersonName, PhiCategory.Photo], applied.Page.Marks.Select(mark => mark.Category));
    }

    [Fact]
    public async Task Takes_a_finding_of_the_native_layer_out_of_the_recognized_text_as_well()
    {
        TestPage page = TestPage.Of("seen John Smith today", native: true);
        AppliedRedaction applied = await Apply(page, [page.Find("John Smith", layer: TextLayer.Native)]);

        Assert.Equal("seen [NAME] today", applied.Page.Text.Text.Value);
        Assert.Equal(new Location.Text(new TextSpan(5, 6)), applied.Page.Marks[0].Location);
        Assert.NotEmpty(applied.Painted);
    }

    [Fact]
    public async Task Writes_one_replacement_where_both_layers_show_the_value()
    {
        TestPage page = TestPage.Of("seen John Smith today", native: true);
        AppliedRedaction applied = await Apply(page, [page.Find("Smith"), page.Find("John Smith", layer: TextLayer.Native)]);
        Assert.Equal("seen [NAME] today", applied.Page.Text.Text.Value);
    }

    [Fact]
    public async Task Paints_one_box_with_one_label_and_one_mark_where_both_layers_show_the_value()
    {
        TestPage page = TestPage.Of("seen Smithson today", native: true);
        AppliedRedaction alone = await Apply(TestPage.Of("seen Smithson today"), [page.Find("Smithson")]);
        AppliedRedaction applied = await Apply(page, [page.Find("Smithson"), page.Find("Smithson", layer: TextLayer.Native)]);
        Assert.Equal(Assert.Single(alone.Painted).Label, Assert.Single(applied.Painted).Label);
        Assert.Single(applied.Page.Marks);
        Assert.Equal(alone.Painted[0].Box, applied.Painted[0].Box);
    }

    [Fact]
    public void Counts_in_which_words_the_layers_of_a_page_differ()
    {
        TestPage drawn = TestPage.Of("seen Smith today");
        var native = new PageTextBuilder(PageTransform.Identity);
        LayoutWord[] words = [.. drawn.Recognized.Text.Words];
        native.AddWord("seen", words[0].Box, Confidence.Certain).AddWord("Jones", words[1].Box, Confidence.Certain)
            .AddWord("today", words[2].Box, Confidence.Certain).AddWord("hidden", new Box(1, 1, 20, 8), Confidence.Certain);
        using RecognizedPage both = RecognizedPage.Create(
            drawn.Recognized.DocumentId, drawn.Recognized.Number, drawn.Raster.Size, drawn.Recognized.Text, native.Build());
        Assert.Equal(new LayerFigures(NativeOnly: 2, RecognizedOnly: 1, WithoutInk: 1), LayerComparison.Of(TestPage.Examined(both), drawn.Raster));
        Assert.Null(LayerComparison.Of(drawn.Examined(), drawn.Raster));
    }

    [Fact]
    public async Task Flattens_what_hides_under_alpha()
    {
        TestPage page = TestPage.Of("seen today", PixelFormat.Bgra32);
        page.Raster.WritablePixels.Span[..4].Clear();
        AppliedRedaction applied = await Apply(page, []);
        Assert.Equal([255, 255, 255, 255], applied.Page.Raster.Pixels.Span[..4].ToArray());
    }

    [Theory]
    [InlineData(PixelFormat.Gray8)]
    [InlineData(PixelFormat.Bilevel)]
    public void Clears_what_lies_beside_the_pixels_in_memory(PixelFormat format)
    {
        using var raster = new Raster(new FilledMemory(64), format, 13, 4, 16, new Dpi(300, false));
        RasterInk.Flatten(raster);
        Span<byte> row = raster.WritablePixels.Span[..16];
        int used = Raster.RowBytes(format, 13);
        Assert.True(row[..(used - 1)].IndexOfAnyExcept((byte)0xFF) < 0);
        Assert.Equal(format == PixelFormat.Bilevel ? 0b1111_1000 : 0xFF, row[used - 1]);
        Assert.True(row[used..].IndexOfAnyExcept((byte)0) < 0);
    }

    public static TheoryData<PhiCategory, Location> Unusable => new()
    {
        { PhiCategory.Date, new Location.Text(new TextSpan(5, 50)) },
        { PhiCategory.Date, new Location.Text(new TextSpan(0, 4), TextLayer.Native) },
        { PhiCategory.Date, new Location.Area(new Box(-20, 5, 10, 10)) },
        { default, new Location.Text(new TextSpan(0, 4)) },
    };

    [Theory]
    [MemberData(nameof(Unusable))]
    public async Task Refuses_findings_that_cannot_be_applied_and_disposes_the_pixels(PhiCategory category, Location location)
    {
        TestPage page = TestPage.Of("seen today");
        PageFaultException fault = await Assert.ThrowsAsync<PageFaultException>(async () => await Apply(page, [TestPage.Finding(category, location)]));
        Assert.Equal("MR-RED-001", fault.Code.Value);
        Assert.Throws<ObjectDisposedException>(() => page.Raster.Pixels);
    }

    [Fact]
    public async Task Refuses_a_finding_whose_words_lie_on_blank_paper()
    {
        TestPage page = TestPage.Of("seen Smith today");
        page.Raster.WritablePixels.Span.Fill(255);
        PageFaultException fault = await Assert.ThrowsAsync<PageFaultException>(async () => await Apply(page, [page.Find("Smith")]));
        Assert.Equal("MR-RED-006", fault.Code.Value);
    }

    [Fact]
    public async Task Withholds_the_page_when_the_tokenizer_fails_and_quotes_nothing()
    {
        TestPage page = TestPage.Of("seen Smith today");
        PageFaultException fault = await Assert.ThrowsAsync<PageFaultException>(async () =>
            await Apply(page, [page.Find("Smith")], new PolicyOf(_ => Disposition.Tokenize), tokenizer: new QuotingTokenizer()));
        Assert.Equal("MR-RED-005", fault.Code.Value);
        Assert.DoesNotContain("Smith", fault.ToString(), StringComparison.Ordinal);
        Assert.Throws<ObjectDisposedException>(() => page.Raster.Pixels);
    }

    [Fact]
    public async Task Labels_no_pseudonym_whose_keys_cannot_be_reached_and_quotes_nothing()
    {
        TestPage page = TestPage.Of("seen Smith today");
        var redactor = new RedactorOf(
            Disposition.Pseudonym, _ => throw new KeyServiceException(new FaultCode("MR-KEY-099"), KeyFailure.Unavailable, "No key for Smith.", new InvalidOperationException("Smith")));
        KeyServiceException failure = await Assert.ThrowsAsync<KeyServiceException>(async () =>
            await Apply(page, [page.Find("Smith")], new PolicyOf(_ => Disposition.Pseudonym), [redactor]));
        Assert.Equal(KeyFailure.Unavailable, failure.Failure);
        Assert.DoesNotContain("Smith", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_pixels_of_another_size()
    {
        TestPage page = TestPage.Of("seen today");
        PageFaultException fault = await Assert.ThrowsAsync<PageFaultException>(async () => await Applier(RedactAll)
            .ApplyAsync(page.Examined(), TestPage.NewRaster(PixelFormat.Gray8, 10, 10), TestPage.Subject(), TestContext.Current.CancellationToken));
        Assert.Equal("MR-RED-002", fault.Code.Value);
    }

    [Fact]
    public void No_character_of_a_finding_survives_and_the_layout_stays_exact() => Gen
        .Select(Gen.String[Gen.Char["abcXYZ  \n"], 1, 60], Gen.Int[0, 59].Array[0, 8], Gen.Bool)
        .Sample(
            (letters, cuts, erase) =>
            {
                // Findings are written in digits, so that whatever survives of them shows.
                string text = string.Join('\n', letters.Split('\n').Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))));
                text = text.Trim('\n', ' ').Replace("\n\n\n", "\n", StringComparison.Ordinal);
                if (text.Length == 0)
                    return;

                int[] bounds = [.. cuts.Select(cut => cut % text.Length).Distinct().Order()];
                char[] marked = text.ToCharArray();
                var spans = new List<TextSpan>();
                for (int i = 0; i + 1 < bounds.Length; i += 2)
                {
                    spans.Add(TextSpan.FromBounds(bounds[i], bounds[i + 1]));
                    for (int at = bounds[i]; at < bounds[i + 1]; at++)
                        marked[at] = char.IsLetter(marked[at]) ? '7' : marked[at];
                }

                TestPage page = TestPage.Of(new string(marked));
                if (page.Recognized.Text.Text.Length != marked.Length)
                    return;

                var redactor = new RedactorOf(Disposition.Redact, _ => erase ? Replacement.Erase : Replacement.Label(PhiCategory.PersonName));
                AppliedRedaction applied = Apply(
                    page, [.. spans.Select(span => TestPage.Finding(PhiCategory.PersonName, new Location.Text(span)))], RedactAll, [redactor])
                    .AsTask().GetAwaiter().GetResult();
                CleanPageText clean = applied.Page.Text;

                Assert.DoesNotContain('7', clean.Text.Value);
                string kept = string.Concat(new string(marked).Where(char.IsLetter));
                Assert.Equal(kept, string.Concat(clean.Text.Value.Replace("[NAME]", "", StringComparison.Ordinal).Where(char.IsLetter)));
                AssertExact(clean);
            },
            iter: 400,
            seed: "0N0XIzNsQ0O2");

    private static void AssertExact(CleanPageText clean)
    {
        string text = clean.Text.Value;
        int at = 0, block = 0;
        foreach (LayoutLine line in clean.Layout.Lines)
        {
            string lineBreak = at == 0 ? "" : line.Block == block ? "\n" : "\n\n";
            Assert.Equal(lineBreak, text[at..line.Span.Start]);
            block = line.Block;
            at = line.Span.Start;
            foreach (LayoutWord word in line.Words)
            {
                Assert.Equal(word.Span.Start == line.Span.Start ? "" : " ", text[at..word.Span.Start]);
                Assert.DoesNotContain(text.Substring(word.Span.Start, word.Span.Length), char.IsWhiteSpace);
                Assert.Equal(word.Box, Assert.Single(clean.Locate(word.Span)));
                at = word.Span.End;
            }

            Assert.Equal(at, line.Span.End);
        }

        Assert.Equal(text.Length, at);
    }

    private static RedactionApplier Applier(IDispositionPolicy policy, ImmutableArray<IRedactor>? redactors = null, ITokenizer? tokenizer = null, ILabelPainter? labels = null) =>
        new(policy, redactors ?? [], tokenizer, labels ?? new DotLabels());

    private static ValueTask<AppliedRedaction> Apply(
        TestPage page, Finding[] findings, IDispositionPolicy? policy = null, ImmutableArray<IRedactor>? redactors = null, ITokenizer? tokenizer = null, ILabelPainter? labels = null) =>
        Applier(policy ?? RedactAll, redactors, tokenizer, labels)
            .ApplyAsync(page.Examined(findings), page.Raster, TestPage.Subject(), TestContext.Current.CancellationToken);

    private static ValueTask<AppliedRedaction> Apply(
        string text, Func<TestPage, Finding[]> findings, IDispositionPolicy? policy = null, ImmutableArray<IRedactor>? redactors = null, ITokenizer? tokenizer = null)
    {
        TestPage page = TestPage.Of(text);
        return Apply(page, findings(page), policy, redactors, tokenizer);
    }
}
