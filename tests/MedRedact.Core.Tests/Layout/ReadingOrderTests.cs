using CsCheck;
using MedRedact.Evaluation;
using MedRedact.Layout;
using MedRedact.Synthesis;

namespace MedRedact.Tests.Layout;

/// <summary>Words come in the order in which a person reads them, whatever order an engine gave.</summary>
public sealed class ReadingOrderTests
{
    private static readonly string[] s_left =
    [
        "The patient was seen in the clinic for", "pain after meals, which began on the", "evening before. She takes no medicine", "and knows of no allergies. On review of", "systems nothing else was remarkable.",
    ];

    private static readonly string[] s_right =
    [
        "Wounds are clean and dry without any", "redness. The family was told to come", "back earlier if there was fever or any", "bleeding at all, and to call the clinic", "with questions about the medicines.",
    ];

    [Fact]
    public void Rows_of_a_table_whose_columns_were_read_as_blocks_are_read_across() => Assert.Equal(
        ["Test   Result   Units", "Sodium   140   mmol/L", "Potassium   4.1   mmol/L", "Glucose   92   mg/dL"],
        new Sheet().Block(0, 0, "Test", "Sodium", "Potassium", "Glucose").Block(0, 20, "Result", "140", "4.1", "92").Block(0, 35, "Units", "mmol/L", "mmol/L", "mg/dL").Arranged());

    [Fact]
    public void Fields_beside_each_other_are_read_across_with_their_labels() => Assert.Equal(
        ["Patient: Halszka Zembrzuska   MRN: 4471902", "Born: 03/14/1960   Sex: F"],
        new Sheet().Block(0, 0, "Patient:", "Born:").Block(0, 40, "MRN: 4471902", "Sex: F").Block(0, 9, "Halszka Zembrzuska").Block(1, 6, "03/14/1960").Arranged());

    [Fact]
    public void Columns_of_running_text_are_read_down()
    {
        Sheet sheet = new Sheet().Line(0, 20, "A heading over both columns of the page");
        for (int i = 0; i < s_left.Length; i++)
            sheet.Line(i + 2, 0, s_left[i] + new string(' ', 46 - s_left[i].Length) + s_right[i]);
        Assert.Equal(["A heading over both columns of the page", .. s_left, .. s_right, "A line below both columns of the page"], sheet.Line(8, 20, "A line below both columns of the page").Arranged());
    }

    [Fact]
    public void Columns_keep_their_headings() => Assert.Equal(
        ["History", .. s_left, "Plan", .. s_right],
        new Sheet().Line(0, 0, "History                                       Plan").Block(1, 0, s_left).Block(1, 46, s_right).Arranged());

    [Fact]
    public void A_paragraph_is_not_interrupted_by_a_list_beside_it() => Assert.Equal(
        ["Staff", "Renata Osgood, MD", "Ibrahim Mehta, MD", .. s_left, .. s_right],
        new Sheet().Block(0, 0, "Staff").Block(1, 0, "Renata Osgood, MD").Block(0, 30, [.. s_left, .. s_right]).Block(3, 0, "Ibrahim Mehta, MD").Arranged());

    [Fact]
    public void The_numbers_of_a_list_stay_before_their_items() => Assert.Equal(
        ["1.   Hypertension, for which she takes her", "medicine in the morning and again at", "night, without", "2.   Diabetes, which is under control with", "diet alone and a", "walk"],
        new Sheet().Block(0, 0, "1.").Block(3, 0, "2.")
            .Block(0, 5, "Hypertension, for which she takes her", "medicine in the morning and again at", "night, without", "Diabetes, which is under control with", "diet alone and a", "walk").Arranged());

    [Fact]
    public void A_list_of_items_that_happen_to_fill_their_lines_is_no_running_text() => Assert.Equal(
        ["1.   ibuprofen 600 mg by mouth as needed", "2.   acetaminophen 650 mg by mouth as needed", "3.   amoxicillin-clavulanate 875 mg twice daily", "4.   loratadine 10 mg by mouth once daily", "5.   metoprolol succinate 25 mg by mouth"],
        new Sheet().Block(0, 0, "1.", "2.", "3.", "4.", "5.")
            .Block(0, 5, "ibuprofen 600 mg by mouth as needed", "acetaminophen 650 mg by mouth as needed", "amoxicillin-clavulanate 875 mg twice daily", "loratadine 10 mg by mouth once daily", "metoprolol succinate 25 mg by mouth").Arranged());

    [Fact]
    public void Numbers_of_a_list_that_were_read_as_one_line_come_before_their_items()
    {
        PageTextBuilder builder = new(PageTransform.Identity);
        foreach (int number in new[] { 2, 3, 1 })
            builder.AddWord($"{number}.", new Box(number, number * 30, 20, 20), Confidence.Certain);
        builder.BreakBlock();
        foreach ((string item, int row) in new[] { ("Hypertension", 1), ("Diabetes", 2), ("Asthma", 3) })
            builder.AddWord(item, new Box(40, row * 30, 150, 20), Confidence.Certain).AddWord("(mild)", new Box(200, row * 30, 60, 20), Confidence.Certain).BreakLine();
        using PageText text = ReadingOrder.Arrange(builder.Build());
        Assert.Equal(["1. Hypertension (mild)", "2. Diabetes (mild)", "3. Asthma (mild)"], Sheet.TextOf(text).Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void A_dash_far_from_its_numbers_stays_between_them()
    {
        PageTextBuilder builder = new(PageTransform.Identity);
        foreach ((string word, Box box) in new[] { ("7", new Box(0, 0, 12, 20)), ("20", new Box(100, 0, 24, 20)), ("-", new Box(50, 10, 8, 3)), ("mg/dL", new Box(200, 0, 60, 20)) })
            builder.AddWord(word, box, Confidence.Certain).BreakBlock();
        using PageText text = ReadingOrder.Arrange(builder.Build());
        Assert.Equal("7   -   20   mg/dL", Sheet.TextOf(text));
    }

    [Fact]
    public void A_label_stands_before_its_paragraph() => Assert.Equal(
        ["Impression:   " + s_left[0], .. s_left[1..], "Plan:   " + s_right[0], .. s_right[1..]],
        new Sheet().Block(0, 0, "Impression:").Block(7, 0, "Plan:").Block(0, 20, s_left).Block(7, 20, s_right).Arranged());

    [Theory]
    [InlineData(0)]
    [InlineData(1.5)]
    [InlineData(-3)]
    [InlineData(12)]
    [InlineData(90)]
    [InlineData(180)]
    [InlineData(271)]
    public void A_page_reads_the_same_however_it_lies(double degrees) =>
        Assert.Equal(Form(null).Arranged(), Form(Turn(degrees, 2000).Apply).Arranged());

    [Theory]
    [InlineData(90)]
    [InlineData(180)]
    [InlineData(270)]
    public void A_part_that_lies_another_way_is_read_for_itself(double degrees)
    {
        string[] label = ["Name:   Odalys Quintanilla", "Phone:   (931) 555-0172"];
        Sheet page = new Sheet().Block(0, 0, s_left);
        page.Lies = Turn(degrees, 3000).Apply;
        page.Block(0, 0, label.Select(line => line.Replace("   ", "      ", StringComparison.Ordinal)).ToArray());
        page.Lies = null;
        Assert.Equal([.. s_left, .. s_right, .. label], page.Block(10, 0, s_right).Arranged());
    }

    [Fact]
    public void A_page_photographed_from_below_reads_the_same()
    {
        // Level at the middle of the page, falling to the right above and rising below.
        static Box Lean(Box box) => box with { Top = box.Top + (int)Math.Round((box.Left - 400) * (300 - box.Top) * 0.0002) };
        Assert.Equal(Form(null).Arranged(), Form(Lean).Arranged());
    }

    [Fact]
    public void Text_from_right_to_left_is_read_from_the_right()
    {
        static Box Mirror(Box box) => box with { Left = 2000 - box.Right };
        Assert.Equal(Form(null).Arranged().Select(Hebrew), Form(Mirror, Hebrew).Arranged());
    }

    [Fact]
    public void A_rule_that_was_read_as_a_letter_joins_no_rows()
    {
        PageTextBuilder builder = new(PageTransform.Identity);
        foreach ((string word, int left, int top) in new[] { ("Sodium", 0, 0), ("Chloride", 0, 30), ("140", 200, 0), ("101", 200, 30) })
            builder.AddWord(word, new Box(left, top, 100, 20), Confidence.Certain).BreakBlock();
        using PageText text = ReadingOrder.Arrange(builder.AddWord("|", new Box(150, 0, 4, 90), Confidence.Certain).Build());
        Assert.Equal(["Sodium   140", "Chloride   101", "|"], Sheet.TextOf(text).Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void Every_word_stays_once_with_its_box_and_its_confidence() =>
        Words.Array[1, 60].Sample(static words =>
        {
            var builder = new PageTextBuilder(PageTransform.Identity);
            foreach ((Box box, int number, int step) in words)
            {
                builder.AddWord($"w{number}", box, Confidence.Of(number / 1000.0));
                if (step == 1)
                    builder.BreakLine();
                else if (step == 2)
                    builder.BreakBlock();
            }

            PageText read = builder.Build();
            string[] before = [.. Described(read)];
            using PageText arranged = ReadingOrder.Arrange(read);
            string[] after = [.. Described(arranged)];
            Assert.Equal(before.Order(StringComparer.Ordinal), after.Order(StringComparer.Ordinal));
            Assert.Equal(after.Length, arranged.Words.Zip(arranged.Words.Skip(1)).Count(pair => pair.First.Span.End < pair.Second.Span.Start) + 1);
            Assert.All(arranged.Layout.Lines, line => Assert.Equal(line.Box, line.Words.Aggregate(default(Box), (box, word) => box.Union(word.Box))));
            Assert.Equal(Sheet.TextOf(arranged).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries), after.Select(word => word.Split('@')[0]));
        });

    [Fact]
    public void Noise_that_was_read_as_more_lines_than_a_page_has_is_left_as_it_is()
    {
        var builder = new PageTextBuilder(PageTransform.Identity);
        for (int i = 0; i <= 5000; i++)
            builder.AddWord("x", new Box(i * 17 % 1000, i * 29 % 1000, 3, 3), Confidence.Of(0.1)).BreakLine();
        using PageText noise = builder.Build();
        Assert.Same(noise, ReadingOrder.Arrange(noise));
    }

    [Fact]
    public void A_page_without_words_has_no_order()
    {
        using PageText blank = new PageTextBuilder(PageTransform.Identity).Build();
        Assert.Same(blank, ReadingOrder.Arrange(blank));
    }

    /// <summary>The generator's own order stands for a person's; an engine that takes every cell for a block, in any order, changes little.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(-1.6)]
    [InlineData(0.9)]
    public void Records_whose_cells_were_read_in_any_order_are_read_as_they_were_written(double degrees)
    {
        ReadingErrors errors = default;
        foreach (DocumentKind kind in Enum.GetValues<DocumentKind>())
        {
            SyntheticPage page = SyntheticRecords.Create(kind, 7100).DrawPages()[0].Degrade(new Degradation { RotationDegrees = degrees }, 1);
            List<List<TruthWord>> cells = [];
            foreach (TruthWord word in page.Words)
            {
                TruthWord? last = cells.Count > 0 ? cells[^1][^1] : null;
                if (last is null || last.Line != word.Line || word.Box.Left - (last.Box.Left + last.Box.Width) > 1.5 * word.Box.Height)
                    cells.Add([]);
                cells[^1].Add(word);
            }

            var builder = new PageTextBuilder(PageTransform.Identity);
            foreach (TruthWord[] cell in cells.OrderBy(cell => cell[0].Box.Left / 200).Select(cell => cell.ToArray()))
            {
                foreach (TruthWord word in cell)
                    builder.AddWord(word.Text, new Box(word.Box.Left, word.Box.Top, word.Box.Width, word.Box.Height), Confidence.Certain);
                builder.BreakBlock();
            }

            PageText arranged = ReadingOrder.Arrange(builder.Build());
            string once = Sheet.TextOf(arranged);
            errors += ReadingErrors.Between(string.Join(' ', page.Words.Select(word => word.Text)), once);
            using PageText again = ReadingOrder.Arrange(arranged);
            Assert.Equal(once, Sheet.TextOf(again));
        }

        Assert.True(errors.WordErrorRate < 0.01, FormattableString.Invariant($"{errors.WordErrorRate:P2} of {errors.Words} words"));
    }

    private static Gen<(Box Box, int Number, int Step)> Words =>
        from left in Gen.Int[0, 900]
        from top in Gen.Int[0, 900]
        from width in Gen.Int[1, 120]
        from height in Gen.Int[1, 40]
        from number in Gen.Int[0, 1000]
        from step in Gen.Int[0, 3]
        select (new Box(left, top, width, height), number, step);

    private static IEnumerable<string> Described(PageText text)
    {
        string all = Sheet.TextOf(text);
        return text.Words.Select(word => $"{all.AsSpan(word.Span.Start, word.Span.Length)}@{word.Box}{word.Confidence}");
    }

    /// <summary>Fields, a table whose columns were read as blocks, and two columns of text.</summary>
    private static PageTransform Turn(double degrees, double away)
    {
        (double sin, double cos) = Math.SinCos(degrees * Math.PI / 180);
        return PageTransform.FromMatrix(cos, -sin, sin, cos, away, away);
    }

    /// <summary>The same with Hebrew letters, a form of as many.</summary>
    private static string Hebrew(string text) => string.Concat(text.Select(c => char.IsLetter(c) ? (char)('\u05D0' + ((c | 0x20) % 27)) : c));

    private static Sheet Form(Func<Box, Box>? lies, Func<string, string>? written = null)
    {
        string[] Of(params string[] lines) => [.. lines.Select(written ?? (line => line))];
        return new Sheet(lies)
            .Block(0, 0, Of("Patient: Halszka Zembrzuska", "Born: 03/14/1960")).Block(0, 50, Of("MRN: 4471902", "Sex: F"))
            .Block(3, 0, Of("Test name", "Sodium in serum", "Potassium in serum", "Glucose, fasting")).Block(3, 30, Of("Result of test", "140", "4.1", "92")).Block(3, 60, Of("Units of measure", "mmol/L", "mmol/L", "mg/dL"))
            .Block(9, 0, Of(s_left)).Block(9, 46, Of(s_right));
    }
}
