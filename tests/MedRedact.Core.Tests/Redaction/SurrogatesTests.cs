using CsCheck;

namespace MedRedact.Redaction;

public sealed class SurrogatesTests
{
    private static readonly Surrogates Redactor = new(new TestKeys());

    private static readonly PhiCategory[] Served =
    [
        PhiCategory.PersonName, PhiCategory.ClinicianName, PhiCategory.Organization, PhiCategory.City, PhiCategory.County, PhiCategory.Street, PhiCategory.Facility, PhiCategory.Phone,
        PhiCategory.Fax, PhiCategory.Email, PhiCategory.Ssn, PhiCategory.Mrn, PhiCategory.Plan, PhiCategory.Account, PhiCategory.License, PhiCategory.Url, PhiCategory.Ip,
    ];

    private static readonly Gen<RedactionTarget> AnyTarget =
        from category in Gen.Int[0, Served.Length - 1].Select(i => Served[i])
        from value in Gen.OneOf(
            Gen.String[Gen.Char.AlphaNumeric, 6, 20],
            from first in Word from last in Word select $"{first} {last}",
            from first in Word from last in Word select $"{last.ToUpperInvariant()}, {first.ToUpperInvariant()}",
            Gen.String[Gen.Char['0', '9'], 10, 10])
        select Targets.Of(value, category);

    private static Gen<string> Word => Gen.String[Gen.Char['a', 'z'], 3, 9].Select(word => char.ToUpperInvariant(word[0]) + word[1..]);

    [Fact]
    public void One_value_has_one_surrogate_in_a_scope_and_it_is_never_the_value() => AnyTarget.Sample(
        target =>
        {
            string? surrogate = Of(target);
            if (surrogate is null)
                return;

            Assert.Equal(surrogate, Of(target));
            Assert.DoesNotContain(FoldedText.Fold(target.Value.Reveal()), FoldedText.Fold(surrogate), StringComparison.Ordinal);
        },
        iter: 500);

    [Fact]
    public void Tenants_scopes_and_purposes_share_nothing_but_chance()
    {
        string[] names = [.. Enumerable.Range(0, 200).Select(i => $"Quill{(char)('a' + i % 26)}{(char)('a' + i / 26)} Feather{(char)('a' + i % 26)}")];
        RedactionTarget Target(string name) => Targets.Of(name, PhiCategory.PersonName);

        int otherScope = names.Count(name => Of(Target(name)) == Of(Target(name) with { Scope = new TokenScope("south") }));
        int otherTenant = names.Count(name => Of(Target(name)) == Of(Target(name) with { Tenant = new TenantId("south") }));
        int otherPurpose = names.Count(name => Of(Target(name)) == Of(Target(name) with { Purpose = PurposeOfUse.Operations }));

        // Some 36,000 pairs of words: two in 200 would be one in a hundred thousand.
        Assert.InRange(otherScope, 0, 1);
        Assert.InRange(otherTenant, 0, 1);
        Assert.InRange(otherPurpose, 0, 1);
    }

    [Theory]
    [InlineData("Nkechi Whitehorse", "Whitehorse, Nkechi")]
    [InlineData("Nkechi Whitehorse", "WHITEHORSE, NKECHI")]
    [InlineData("Dr. Nkechi Whitehorse, MD", "Whitehorse, Nkechi")]
    [InlineData("José Núñez", "NUNEZ, JOSE")]
    [InlineData("José Núñez", "Jose\u0301 Nun\u0303ez")]
    public void One_person_stays_one_however_the_name_is_written(string one, string other)
    {
        string[] Words(string name) => [.. Of(Targets.Of(name, PhiCategory.PersonName))!.ToLowerInvariant().Split(' ', ',', '.').Where(word => word.Length > 2).Order()];
        Assert.Equal(Words(other), Words(one.Replace("Dr. ", "", StringComparison.Ordinal).Replace(", MD", "", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_value_of_the_page_is_never_invented()
    {
        RedactionTarget target = Targets.Of("Nkechi Whitehorse", PhiCategory.PersonName);
        var met = new List<Phi<string>>();
        for (int i = 0; i < 100; i++)
        {
            string surrogate = Of(target with { Found = [.. met] })!;
            Assert.DoesNotContain(met, value => value.Reveal().Split(' ').Intersect(surrogate.Split(' ')).Any());
            met.Add(Phi.Of(surrogate));
        }
    }

    [Theory]
    [InlineData("given")]
    [InlineData("family")]
    [InlineData("city")]
    [InlineData("street")]
    [InlineData("facility")]
    public void The_words_that_are_drawn_are_distinct_and_say_more_than_what_kind_of_thing_it_is(string kind)
    {
        string[] words = [.. SurrogateWords.Of(kind)];
        Assert.True(words.Length >= 20);
        Assert.Equal(words.Length, words.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.DoesNotContain(words, word => TakenWords.SayNothing.Contains(FoldedText.Fold(word)) || word.Any(c => !char.IsAsciiLetter(c)));
    }

    [Fact]
    public void No_value_of_the_document_is_invented_however_it_is_written() => Gen.Select(AnyTarget, AnyTarget.Array[0, 12]).Sample(
        (target, others) =>
        {
            string real = Of(target) ?? "nothing";

            // What would be drawn is now found in the document: in capitals, in another order, with accents.
            string accented = real.Replace('e', 'é').Replace('a', 'á');
            foreach (string spelling in (string[])[real, real.ToUpperInvariant(), $"  {real} ", accented, accented.Normalize(System.Text.NormalizationForm.FormD), string.Join(", ", real.Split(' ').Reverse())])
            {
                RedactionTarget again = target with { Found = [target.Value, Phi.Of(spelling), .. others.Select(other => other.Value)] };
                if (Of(again) is not { } surrogate)
                    continue;

                Assert.NotEqual(real, surrogate);
                string folded = FoldedText.Fold(surrogate);
                Assert.DoesNotContain(again.Found, found => FoldedText.Fold(found.Reveal()) is { Length: >= 4 } value && folded.Contains(value, StringComparison.Ordinal));
            }
        },
        iter: 300);

    [Theory]
    [InlineData("(217) 555-4821", @"^\(\d{3}\) 555-01\d\d$", "phone")]
    [InlineData("217.442.4821", @"^\d{3}\.555\.01\d\d$", "fax")]
    [InlineData("442-4821", @"^555-01\d\d$", "phone")]
    [InlineData("123-45-6789", @"^666-\d\d-\d{4}$", "ssn")]
    [InlineData("AB-1234-x", @"^[A-Z]{2}-\d{4}-[a-z]$", "mrn")]
    [InlineData("n.whitehorse@clinic.example", @"^[a-z]+\.[a-z]+@example\.org$", "email")]
    [InlineData("10.1.2.3", @"^(192\.0\.2|198\.51\.100|203\.0\.113)\.\d{1,3}$", "ip")]
    [InlineData("https://portal.clinic.example/p/123", @"^https://example\.org/[0-9a-f]{8}$", "url")]
    [InlineData("SPRINGFIELD", @"^[A-Z]+$", "geo/city")]
    [InlineData("12 Old Mill Lane", @"^\d{3,4} [A-Z][a-z]+ [A-Z][a-z]+$", "geo/street")]
    [InlineData("J. Whitehorse", @"^[A-Z]\. [A-Z][A-Za-z]+$", "name")]
    public void The_form_is_kept_and_numbers_are_nobodys(string value, string form, string category)
    {
        Assert.True(PhiCategory.TryParse(category, out PhiCategory parsed));
        Assert.Matches(form, Of(Targets.Of(value, parsed))!);
    }

    [Theory]
    [InlineData("62704", "geo/zip")]
    [InlineData("Illinois", "geo/state")]
    [InlineData("John 3", "name")]
    [InlineData("   ", "name")]
    public void What_has_no_surrogate_gets_none(string value, string category)
    {
        Assert.True(PhiCategory.TryParse(category, out PhiCategory parsed));
        Assert.Null(Of(Targets.Of(value, parsed)));
    }

    [Theory]
    [InlineData("Anh Do", "Do")]
    [InlineData("DO, ANH", "DO")]
    [InlineData("Vang, Pa", "Pa")]
    [InlineData("Pa Houa Vang", "Pa")]
    public void A_name_that_a_title_looks_like_does_not_stay(string value, string word) =>
        Assert.DoesNotContain(word, Of(Targets.Of(value, PhiCategory.PersonName))!.Split([' ', ',']));

    [Theory]
    [InlineData("Dr. Nkechi Whitehorse", "Dr")]
    [InlineData("Nkechi Whitehorse, MD", "MD")]
    [InlineData("Nkechi Whitehorse Jr.", "Jr")]
    public void A_title_stays_where_no_name_can_stand(string value, string title) =>
        Assert.Contains(title, Of(Targets.Of(value, PhiCategory.PersonName))!.Split([' ', ',', '.']));

    [Theory]
    [InlineData("617-555-1234 ext 22")]
    [InlineData("555-1234 / 555-9876")]
    public void A_telephone_number_of_another_form_gets_a_label(string value) => Assert.Null(Of(Targets.Of(value, PhiCategory.Phone)));

    private static string? Of(RedactionTarget target)
    {
        ValueTask<Replacement?> proposed = Redactor.ProposeAsync(target);
        Assert.True(proposed.IsCompletedSuccessfully);
        return proposed.AsTask().Result?.Text;
    }
}
