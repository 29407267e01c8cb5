using MedRedact.Detection;
using MedRedact.Policies;

namespace MedRedact.Core.Tests.Detection;

public sealed class GeographyRulesTests
{
    [Theory]
    [InlineData("She is originally from Maine and lived in Arizona for years.", "geo/state=Maine")]
    [InlineData("She is originally from Maine and lived in Arizona for years.", "geo/state=Arizona")]
    [InlineData("a cruise around Peru last year", "geo/country=Peru")]
    [InlineData("diarrhea after a trip to the Philippines", "geo/country=Philippines")]
    public void What_is_larger_than_a_town_is_named_as_such(string text, string expected)
    {
        List<string> found = Detect.In(text);
        Assert.Contains(expected, found);
        Assert.DoesNotContain(found, finding => finding.StartsWith("geo/city", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("País: España.", "España")]
    [InlineData("Nationality: Mexican", "Mexican")]
    [InlineData("Country of birth: Ghana", "Ghana")]
    [InlineData("Place of birth: Havana, Cuba", "Cuba")]
    [InlineData("She was born in Portugal.", "Portugal")]
    [InlineData("lives at 14 Crown Street, Leeds, United Kingdom", "United Kingdom")]
    [InlineData("Avda. Reyes Católicos, 2, 28040 Madrid. (España)", "España")]
    public void A_country_of_address_origin_or_birth_goes_and_one_that_is_merely_mentioned_stays(string text, string country)
    {
        PolicyFile policy = BuiltInPolicies.LimitedDataSet;
        Finding address = Assert.Single(TextDetection.Detect(text), finding => Detect.Covered(text, finding).Contains(country, StringComparison.Ordinal));
        Assert.NotEqual(Disposition.Keep, policy.Decide(address.Category));
        Assert.NotEqual(Disposition.Keep, BuiltInPolicies.SafeHarbor.Decide(address.Category));

        string mention = $"a study that was done in {country} and elsewhere";
        Assert.All(TextDetection.Detect(mention), finding => Assert.Equal(Disposition.Keep, policy.Decide(finding.Category)));
    }

    [Theory]
    [InlineData("She lives in State College, PA with her son.", "geo/city=State College")]
    [InlineData("He moved to State College, Pennsylvania last year.", "geo/city=State College")]
    [InlineData("44 Birch Road\nState College, PA 16801", "geo/city=State College")]
    [InlineData("She grew up in Munich, Germany.", "geo/city=Munich")]
    public void A_town_of_ordinary_words_is_found_before_its_state_or_country(string text, string expected) => Assert.Contains(expected, Detect.In(text));

    [Theory]
    [InlineData("He lives at Hauptstraße 12, 10115 Berlin, Germany", "German")]
    [InlineData("Adresse: Keizersgracht 123, 1015 CJ Amsterdam, Netherlands", "Dutch")]
    [InlineData("lives at 12 rue de la Paix, 75002 Paris, France", "French")]
    [InlineData("Home: Via Roma 25, 00184 Roma, Italy", "Italian")]
    [InlineData("lives at Storgatan 5, 114 55 Stockholm, Sweden", "Swedish")]
    [InlineData("lives at Vestergade 14, 1456 København", "Danish")]
    [InlineData("lives at 10 Downing Street, London SW1A 2AA", "British")]
    [InlineData("address: ul. Marszałkowska 10, 00-950 Warszawa, Poland", "Polish")]
    [InlineData("lives at Rua Augusta 25, 1100-048 Lisboa", "Portuguese")]
    [InlineData("lives at Kossuth Lajos u. 12., 1053 Budapest", "Hungarian")]
    [InlineData("Domicilio: calle Oria 66, 1D", "Spanish in small letters")]
    [InlineData("Ctra. de Colmenar Viejo, Km 9,100 - 28034 Madrid", "a Spanish road")]
    [InlineData("PSC 0413, Box 8144, APO AA 42323", "a base abroad")]
    [InlineData("Unit 4719 Box 7394, DPO AP 70942", "an embassy")]
    [InlineData("P.O. Box 149, Salem 97301", "a post-office box")]
    [InlineData("Apartado de Correos 20134 48080 Bilbao", "a Spanish post-office box")]
    [InlineData("corner of Main Street and Lexington Avenue", "a corner")]
    public void An_address_of_any_country_is_found_to_its_last_digit(string text, string country)
    {
        string found = string.Concat(Detect.Texts(text));
        string address = text[(text.IndexOf("at ", StringComparison.Ordinal) is var at and >= 0 ? at + 3 : text.IndexOf(": ", StringComparison.Ordinal) is var colon and >= 0 ? colon + 2 : 0)..];
        string[] missing = [.. address.Split(' ', ',', '.', '-', '(', ')').Where(word => word.Length > 0 && word is not ("of" or "and" or "de" or "la") && !found.Contains(word, StringComparison.Ordinal))];
        Assert.True(missing.Length == 0, $"{country}: {string.Join(' ', missing)} not in {found}");
    }

    [Theory]
    [InlineData("Postcode: SW1A 1AA", "geo/zip=SW1A 1AA")]
    [InlineData("Postal code: K1A 0B1", "geo/zip=K1A 0B1")]
    [InlineData("Zip: 394 13", "geo/zip=394 13")]
    [InlineData("PLZ: 10115", "geo/zip=10115")]
    [InlineData("the house in Dover DE3 4AP", "geo/zip=DE3 4AP")]
    public void Postal_codes_of_other_countries_are_taken_whole(string text, string expected) => Assert.Contains(expected, Detect.In(text));

    [Theory]
    [InlineData("He smokes Newport cigarettes, a pack a day.")]
    [InlineData("chews Copenhagen tobacco")]
    [InlineData("Call clinic if fever persists.")]
    [InlineData("operated on here at Children's Hospital")]
    [InlineData("Seen for the Denver II screening.")]
    public void Brands_tests_and_nameless_clinics_are_no_places(string text) => Assert.Empty(Detect.In(text));
}
