using System.Globalization;
using CsCheck;

namespace MedRedact.Synthesis.Tests;

public sealed class LabelledProseTests
{
    private static readonly Gen<SyntheticText> s_texts = Gen.Int.Select(seed => LabelledProse.Create(seed));

    [Fact]
    public void Spans_are_exact_disjoint_and_in_order() => s_texts.Sample(
        text =>
        {
            int end = 0;
            foreach (TruthSpan span in text.Spans)
            {
                Assert.InRange(span.Start, end, text.Text.Length - 1);
                Assert.Equal(text.Text[span.Start..span.End], span.Value);
                Assert.Equal(span.Value.Trim(), span.Value);
                Assert.NotEmpty(span.Value);
                end = span.End;
            }
        },
        iter: 2000, seed: "0000KLr13Hy4");

    [Fact]
    public void A_seed_gives_the_same_text_each_time() => Gen.Int.Sample(
        seed =>
        {
            SyntheticText first = LabelledProse.Create(seed), second = LabelledProse.Create(seed);
            Assert.Equal(first.Text, second.Text);
            Assert.Equal(first.Spans, second.Spans);
        },
        iter: 200, seed: "0000KLr13Hy4");

    [Fact]
    public void Many_texts_are_those_of_the_seed_and_differ()
    {
        string[] texts = [.. LabelledProse.Many(7, 50).Select(text => text.Text)];
        Assert.Equal(texts.Take(20), LabelledProse.Many(7, 20).Select(text => text.Text));
        Assert.Equal(50, texts.Distinct().Count());
    }

    [Theory]
    [InlineData(ProseKind.Clinical)]
    [InlineData(ProseKind.General)]
    [InlineData(ProseKind.Spanish)]
    public void Every_kind_of_text_names_people_places_organizations_and_professions(ProseKind kind)
    {
        var seen = LabelledProse.Many(1, 600, new ProseOptions { Kind = kind }).SelectMany(text => text.Spans).Select(span => span.Category).ToHashSet();
        Assert.Superset(new HashSet<string>(["name", "geo/city", "geo/country", "geo/region", "geo/street", "geo/zip", "geo/facility", "name/organization", "unique/profession", "date", "phone", "email"]), seen);
    }

    [Fact]
    public void Identifiers_of_every_category_occur()
    {
        var seen = LabelledProse.Many(2, 6000).SelectMany(text => text.Spans).Select(span => span.Category).ToHashSet();
        Assert.Superset(
            new HashSet<string>(
            [
                "name/relative", "name/clinician", "date/birth", "date/year", "age", "age/over-89", "geo/county", "geo/neighbourhood", "geo/state", "geo/room", "fax", "ssn", "mrn", "account", "plan",
                "plan/group", "license", "license/npi", "license/dea", "license/driver", "vehicle", "url", "ip", "unique/accession", "unique/national-id", "unique/username", "unique", "name/insurer",
            ]),
            seen);
    }

    [Fact]
    public void Many_general_texts_hold_nothing_labelled()
    {
        int bare = LabelledProse.Many(3, 400, new ProseOptions { Kind = ProseKind.General }).Count(text => text.Spans.IsEmpty);
        Assert.InRange(bare, 40, 200);
    }

    [Fact]
    public void Case_and_accents_follow_the_options()
    {
        foreach (int seed in Enumerable.Range(0, 200))
        {
            string upper = LabelledProse.Create(seed, ProseOptions.Plain with { Case = LetterCase.Upper }).Text;
            Assert.Equal(upper.ToUpperInvariant(), upper);
            string lower = LabelledProse.Create(seed, ProseOptions.Plain with { Case = LetterCase.Lower }).Text;
            Assert.Equal(lower.ToLowerInvariant(), lower);
        }

        Assert.Contains(LabelledProse.Many(4, 300, ProseOptions.Plain), text => text.Spans.Any(span => span.Type == "NAME" && span.Value.Any(c => c >= 'À')));
        Assert.DoesNotContain(LabelledProse.Many(4, 300, ProseOptions.Plain with { Accents = false }), text => text.Spans.Any(span => span.Value.Any(c => c is >= 'À' and < 'ʯ' and not ('×' or '÷'))));
    }

    [Fact]
    public void Worn_text_differs_from_the_clean_and_keeps_its_labels()
    {
        SyntheticText clean = LabelledProse.Create(11, ProseOptions.Plain with { Kind = ProseKind.Clinical });
        SyntheticText worn = LabelledProse.Create(11, ProseOptions.Plain with { Kind = ProseKind.Clinical, OcrNoise = 0.05, Typos = 0.05 });
        Assert.NotEqual(clean.Text, worn.Text);
        Assert.Equal(clean.Spans.Select(span => span.Category), worn.Spans.Select(span => span.Category));
    }

    [Fact]
    public void Wrapped_lines_keep_to_their_column()
    {
        foreach (SyntheticText text in LabelledProse.Many(5, 100, ProseOptions.Plain with { WrapAt = 70 }))
            Assert.All(text.Text.Split('\n').Where(line => line.Contains(' ')), line => Assert.True(line.Length <= 70 || line.Split(' ').Max(word => word.Length) > 20));
    }

    [Fact]
    public void No_text_shows_the_signs_of_its_grammar() =>
        Assert.DoesNotContain(LabelledProse.Many(6, 3000, ProseOptions.Plain), text => text.Text.AsSpan().IndexOfAny('{', '}') >= 0);

    [Fact]
    public void The_words_of_a_name_are_one_span()
    {
        foreach (SyntheticText text in LabelledProse.Many(8, 6000, ProseOptions.Plain))
        {
            for (int i = 1; i < text.Spans.Length; i++)
            {
                TruthSpan before = text.Spans[i - 1], after = text.Spans[i];
                Assert.False(
                    before.Type == "NAME" && after.Type == "NAME" && text.Text[before.End..after.Start] is " ",
                    string.Create(CultureInfo.InvariantCulture, $"{before.Value} | {after.Value} | {text.Text[Math.Max(0, before.Start - 60)..Math.Min(text.Text.Length, after.End + 40)]}"));
            }
        }
    }

    [Fact]
    public void Titles_and_credentials_are_no_part_of_a_name() =>
        Assert.DoesNotContain(
            LabelledProse.Many(9, 3000, ProseOptions.Plain).SelectMany(text => text.Spans).Where(span => span.Type == "NAME"),
            span => span.Value.StartsWith("Dr", StringComparison.Ordinal) && span.Value.Length > 2 && span.Value[2] is '.' or ' ' || span.Value.StartsWith("Mr", StringComparison.Ordinal)
                || span.Value.EndsWith(", MD", StringComparison.Ordinal));
}
