using System.Collections.Immutable;
using MedRedact.Detection;

namespace MedRedact.Core.Tests.Detection;

public sealed class DocumentSearchTests
{
    private static readonly DocumentId s_document = new(new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11));

    [Theory]
    [InlineData("Kwiatkowska", "the name alone")]
    [InlineData("Kwiatkowska's", "possessive")]
    [InlineData("KWIATKOWSKA", "capitals")]
    [InlineData("Kwlatkowska", "misread")]
    [InlineData("Kwiatkowska, Halszka", "reversed")]
    public async Task A_name_certain_on_one_page_is_found_on_the_other(string written, string way)
    {
        using RecognizedPage first = Page(1, "Patient: Halszka Kwiatkowska");
        using RecognizedPage second = Page(2, $"later {written} felt better after the surgery");
        string found = Assert.Single((await Propagated(first, second)).Where(finding => finding.Page.Value == 2).Select(finding => TextOf(second, finding.Finding)));
        Assert.StartsWith("Kw", found, StringComparison.OrdinalIgnoreCase);
        Assert.NotEmpty(way);
    }

    [Theory]
    [InlineData("I, Minh B. lyerova, authorize", "lyerova")]
    [InlineData("the legs were lyerova", "lyerova")]
    [InlineData("the layers were even", null)]
    public async Task A_name_whose_capital_was_read_as_a_small_letter_is_found(string written, string? expected)
    {
        string[] found = await FoundOnSecond("Patient: Minh Iyerova", written);
        Assert.Equal(expected is not null, found.Any(value => value.EndsWith(expected!, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Will prefers to be called at home.", "Will")]
    [InlineData("In the evening Grace felt better.", "Grace")]
    [InlineData("Will you come? Tran will return. She will, with grace.", "Tran")]
    [InlineData("Grace period. WILL BE SEEN", null)]
    public async Task An_ordinary_word_that_is_the_persons_name_is_found_where_it_does_what_people_do(string written, string? expected)
    {
        string[] found = await FoundOnSecond("Patient: Will Grace Tran", written);
        Assert.Equal(expected is null ? [] : [expected], found);
    }

    [Fact]
    public async Task A_labelled_name_is_found_as_initials_on_the_other_page()
    {
        using RecognizedPage first = Page(1, "Patient: Halszka Kwiatkowska");
        using RecognizedPage second = Page(2, "H.K. tolerated the procedure well, and J.P. drains were placed");
        string found = Assert.Single((await Propagated(first, second)).Where(finding => finding.Page.Value == 2).Select(finding => TextOf(second, finding.Finding)));
        Assert.Equal("H.K.", found);
    }

    [Fact]
    public async Task A_number_certain_on_one_page_is_found_without_label_and_separators_on_the_other()
    {
        using RecognizedPage first = Page(1, "MRN: BH-00482-13");
        using RecognizedPage second = Page(2, "sheet BH0O482l3 continued");
        Assert.Contains(await Propagated(first, second), finding => finding.Page.Value == 2 && finding.Finding.Category == PhiCategory.Mrn);
    }

    [Fact]
    public async Task An_ordinary_word_that_is_a_name_is_not_searched_alone()
    {
        using RecognizedPage first = Page(1, "Patient: Grace Long");
        using RecognizedPage second = Page(2, "It was a long wait. Long lines formed.");
        Assert.DoesNotContain(await Propagated(first, second), finding => finding.Page.Value == 2);
    }

    [Theory]
    [InlineData("spoke with Zofia yesterday")]
    [InlineData("ZEMBRZUSKA")]
    [InlineData("record of zembrzuska")]
    [InlineData("Z.Z. agreed")]
    [InlineData("Zernbrzuska came")]
    [InlineData("born 3/14/1961")]
    [InlineData("14.03.1961")]
    [InlineData("file 88 - 104-22")]
    [InlineData("88l0422")]
    public async Task A_known_patient_is_found_in_many_forms(string text)
    {
        using RecognizedPage page = Page(1, text);
        Assert.NotEmpty(await new KnownPatientDetector().DetectAsync(PageView.Of(page), Known(), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("a normal heart and 88 beats")]
    [InlineData("Zoloft 50 mg, temperature 10.4")]
    [InlineData("lab of 8810 and 1961")]
    public async Task A_known_patient_does_not_match_everything(string text)
    {
        using RecognizedPage page = Page(1, text);
        Assert.Empty(await new KnownPatientDetector().DetectAsync(PageView.Of(page), Known(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_short_known_name_is_found_only_as_a_whole()
    {
        var known = new KnownPatient([new KnownIdentifier(PhiCategory.PersonName, Phi.Of("An Hope Li"))]);
        using RecognizedPage page = Page(1, "An hour later we hope for the best");
        Assert.Empty(await new KnownPatientDetector().DetectAsync(PageView.Of(page), known, TestContext.Current.CancellationToken));
        using RecognizedPage whole = Page(1, "signed Li, Hope");
        Assert.NotEmpty(await new KnownPatientDetector().DetectAsync(PageView.Of(whole), known, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_value_below_its_label_on_a_form_is_found_by_geometry()
    {
        var builder = new PageTextBuilder(PageTransform.Identity);
        Row(builder, 100, ("Name", 100), ("DOB", 500), ("MRN", 900));
        Row(builder, 140, ("Ozturk", 100), ("Defne", 200), ("03/14/1961", 500), ("4471902", 900));
        using var page = RecognizedPage.Create(s_document, new PageNumber(1), new PageSize(1200, 1000), builder.Build());
        ImmutableArray<Finding> found = FindingMerger.Merge(await new TextRules().DetectAsync(PageView.Of(page), null, TestContext.Current.CancellationToken));
        Assert.Equal(
            [(PhiCategory.PersonName, "Ozturk Defne"), (PhiCategory.BirthDate, "03/14/1961"), (PhiCategory.Mrn, "4471902")],
            found.Select(finding => (finding.Category, TextOf(page, finding))));
    }

    [Fact]
    public void Texts_are_searched_for_what_they_name_themselves() =>
        Assert.Equal(2, Detect.Texts("Patient: Halszka Kwiatkowska. It may cause Kwiatkowska pain.").Count(found => found.Contains("Kwiatkowska", StringComparison.Ordinal)));

    private static KnownPatient Known() => new(
    [
        new KnownIdentifier(PhiCategory.PersonName, Phi.Of("Zofia Zembrzuska")),
        new KnownIdentifier(PhiCategory.BirthDate, Phi.Of("1961-03-14")),
        new KnownIdentifier(PhiCategory.Mrn, Phi.Of("8810422")),
    ]);

    /// <summary>The first page reveals, all are searched.</summary>
    private static async Task<string[]> FoundOnSecond(string first, string second)
    {
        using RecognizedPage before = Page(1, first);
        using RecognizedPage after = Page(2, second);
        return [.. (await Propagated(before, after)).Where(finding => finding.Page.Value == 2).Select(finding => TextOf(after, finding.Finding))];
    }

    private static async Task<ImmutableArray<(PageNumber Page, Finding Finding)>> Propagated(params RecognizedPage[] pages)
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        IDocumentExamination examination = new ValuePropagation().Begin(known: null);
        foreach (RecognizedPage page in pages)
            await examination.LearnAsync(PageView.Of(page), page == pages[0] ? await new TextRules().DetectAsync(PageView.Of(page), null, stop) : [], stop);
        var found = ImmutableArray.CreateBuilder<(PageNumber, Finding)>();
        foreach (RecognizedPage page in pages)
            found.AddRange((await examination.FindAsync(PageView.Of(page), stop)).Select(finding => (page.Number, finding)));
        return found.ToImmutable();
    }

    private static RecognizedPage Page(int number, string text)
    {
        var builder = new PageTextBuilder(PageTransform.Identity);
        int left = 0;
        foreach (string word in text.Split(' '))
        {
            builder.AddWord(word, new Box(left, 10, word.Length * 10, 20), Confidence.Certain);
            left += (word.Length * 10) + 10;
        }

        return RecognizedPage.Create(s_document, new PageNumber(number), new PageSize(2000, 100), builder.Build());
    }

    private static void Row(PageTextBuilder builder, int top, params (string Word, int Left)[] words)
    {
        foreach ((string word, int left) in words)
            builder.AddWord(word, new Box(left, top, word.Length * 12, 24), Confidence.Certain);
        builder.BreakLine();
    }

    private static string TextOf(RecognizedPage page, Finding finding) => page.Text.Text.Extract(((Location.Text)finding.Location).Span).Reveal();
}
