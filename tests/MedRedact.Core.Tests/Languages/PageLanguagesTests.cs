using System.Collections.Immutable;
using CsCheck;
using MedRedact.Languages;
using MedRedact.Synthesis;

namespace MedRedact.Core.Tests.Languages;

/// <summary>In which languages a page is read is decided by its own words, and only with a good margin.</summary>
public sealed class PageLanguagesTests
{
    private static readonly OcrRequest EnglishFirst = new() { Languages = ["eng"], AlternativeLanguages = ["spa"] };
    private static readonly OcrRequest SpanishFirst = new() { Languages = ["spa"], AlternativeLanguages = ["eng"] };

    private static readonly Gen<(int Seed, LetterCase Case, bool Accents, double Noise)> Page =
        Gen.Select(Gen.Int, Gen.Enum<LetterCase>(), Gen.Bool, Gen.Bool.Select(isWorn => isWorn ? 0.03 : 0.0));

    [Fact]
    public void No_word_speaks_for_two_languages()
    {
        string[] english = [.. LanguageWords.Of("eng")!.All], spanish = [.. LanguageWords.Of("spa")!.All];
        Assert.Empty(english.Intersect(spanish));
        Assert.All(english.Concat(spanish), word => Assert.All(word, c => Assert.InRange(c, 'a', 'z')));
        Assert.All(english.Concat(spanish), word => Assert.InRange(word.Length, 2, 24));
    }

    [Fact]
    public void Nothing_is_chosen_where_the_request_leaves_no_choice()
    {
        Assert.Null(PageLanguages.Of(new OcrRequest()));
        Assert.Null(PageLanguages.Of(new OcrRequest { Languages = ["eng", "spa"] }));
    }

    [Fact]
    public void A_page_in_English_stays_as_it_was_read() =>
        Page.Sample(page => Assert.Equal(["eng"], Choose(EnglishFirst, Text(ProseKind.Clinical, page, 5))), seed: "0000KOIgBsI4", iter: 200);

    [Fact]
    public void A_page_in_Spanish_is_read_in_Spanish_in_any_letters_with_and_without_accents() =>
        Page.Sample(page => Assert.Equal(["spa"], Choose(EnglishFirst, Text(ProseKind.Spanish, page, 5))), seed: "0000KOIgBsI4", iter: 200);

    [Fact]
    public void Where_Spanish_comes_first_a_page_in_English_is_read_in_English() =>
        Page.Sample(page => Assert.Equal(["eng"], Choose(SpanishFirst, Text(ProseKind.Clinical, page, 5))), seed: "0000KOIgBsI4", iter: 200);

    [Fact]
    public void A_form_of_labels_alone_is_enough() => Assert.Equal(["spa"], Choose(EnglishFirst, """
        HOJA DE ADMISION
        APELLIDOS  ABAD RUIZ   NOMBRE  INES
        FECHA DE NACIMIENTO  03/04/1951   SEXO  MUJER
        DOMICILIO  C/ MAYOR 3   TELEFONO  600 000 000
        """));

    [Theory]
    [InlineData("")]
    [InlineData("Hospital General de la Ciudad")]
    [InlineData("Maria de la Cruz de los Santos, 12 El Camino Real, Los Altos")]
    [InlineData("furosemide 40 mg")]
    [InlineData("--- 12/03 ---")]
    public void A_page_with_few_words_keeps_its_first_reading(string text) => Assert.Equal(["eng"], Choose(EnglishFirst, text));

    [Fact]
    public void An_English_page_about_people_with_Spanish_names_and_streets_stays_English()
    {
        string page = Text(ProseKind.Clinical, (7, LetterCase.AsWritten, true, 0), 4)
            + string.Concat(Enumerable.Repeat("\nMr. de los Santos del Rio, Calle del Sol, El Paso; Mrs. de la Cruz, Avenida de las Palmas, Los Altos", 6));
        Assert.Equal(["eng"], Choose(EnglishFirst, page));
    }

    [Fact]
    public void A_page_printed_in_both_languages_is_read_in_both_in_the_order_of_the_request() => Gen.Int.Sample(seed =>
    {
        string english = Cut(Text(ProseKind.Clinical, (seed, LetterCase.AsWritten, true, 0), 8), 1500), spanish = Cut(Text(ProseKind.Spanish, (seed, LetterCase.AsWritten, true, 0), 8), 1500);
        Assert.Equal(["eng", "spa"], Choose(EnglishFirst, english + "\n" + spanish));
        Assert.Equal(["spa", "eng"], Choose(SpanishFirst, spanish + "\n" + english));
    }, seed: "0000KOIgBsI4", iter: 50);

    [Fact]
    public void A_language_without_words_of_its_own_is_named()
    {
        Assert.Equal(["fra"], PageLanguages.Untold(new OcrRequest { Languages = ["eng"], AlternativeLanguages = ["spa", "fra"] }));
        Assert.Empty(PageLanguages.Untold(new OcrRequest { Languages = ["fra"] }));
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];

    private static string Text(ProseKind kind, (int Seed, LetterCase Case, bool Accents, double Noise) page, int texts) => string.Join('\n', LabelledProse
        .Many(page.Seed, 200, new ProseOptions { Kind = kind, Case = page.Case, Accents = page.Accents, OcrNoise = page.Noise, Typos = 0, WrapAt = 80 })
        .Where(text => text.Text.Length > 300).Take(texts).Select(text => text.Text));

    private static ImmutableArray<string> Choose(OcrRequest request, string text)
    {
        var builder = new PageTextBuilder(PageTransform.Identity);
        int line = 0;
        foreach (string words in text.Split('\n'))
        {
            int column = 0;
            foreach (string word in words.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                builder.AddWord(word, new Box(10 * column++, 20 * line, 9, 15), Confidence.Certain);
            builder.BreakLine();
            line++;
        }

        using PageText read = builder.Build();
        return PageLanguages.Of(request)!.Choose(read);
    }
}
