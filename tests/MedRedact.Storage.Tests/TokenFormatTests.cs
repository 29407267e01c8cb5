using System.Security.Cryptography;
using CsCheck;

namespace MedRedact.Storage.Tests;

public sealed class TokenFormatTests
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static readonly Gen<PhiCategory> Category =
        Gen.Int[0, PhiCategory.SafeHarbor.Length + 1].Select(i => PhiCategory.SafeHarbor.Add(PhiCategory.Mbi).Add(new PhiCategory("study", "cohort"))[i]);
    private static readonly Gen<Token> AnyToken = Gen.Select(Category, Gen.Byte.Array[16]).Select((category, id) => TokenFormat.Create(category, id));

    [Fact]
    public void A_token_reads_back_as_itself_however_it_is_typed() => AnyToken.Sample(
        token => TokenFormat.TryParse(token.Value, out Token same) && same == token
            && TokenFormat.TryParse(token.Value.ToLowerInvariant(), out same) && same == token
            && TokenFormat.TryParse(Body(token, body => body.Replace('0', 'O').Replace('1', 'l')), out same) && same == token,
        seed: "0000TokenFmt1",
        iter: 300);

    [Fact]
    public void Every_misread_character_is_noticed() => AnyToken.Sample(
        token =>
        {
            int hyphen = token.Value.IndexOf('-', StringComparison.Ordinal);
            for (int at = hyphen + 1; at < token.Value.Length; at++)
            {
                foreach (char wrong in Alphabet.Where(c => c != token.Value[at]))
                    Assert.False(TokenFormat.TryParse(Replaced(token.Value, at, wrong), out _));
            }

            for (int at = 0; at < hyphen; at++)
            {
                for (char wrong = 'A'; wrong <= 'Z'; wrong++)
                    Assert.Equal(wrong == token.Value[at], TokenFormat.TryParse(Replaced(token.Value, at, wrong), out _));
            }
        },
        seed: "0000TokenFmt2",
        iter: 20);

    [Fact]
    public void Every_pair_of_misread_or_swapped_characters_is_noticed()
    {
        string token = TokenFormat.Create(PhiCategory.Biometric, [.. Enumerable.Range(1, 16).Select(i => (byte)(i * 37))]).Value;
        var random = new Random(1);
        for (int first = 4; first < token.Length; first++)
        {
            for (int second = first + 1; second < token.Length; second++)
            {
                string swapped = Replaced(Replaced(token, first, token[second]), second, token[first]);
                Assert.Equal(swapped == token, TokenFormat.TryParse(swapped, out _));

                for (int i = 0; i < 40; i++)
                {
                    string changed = Replaced(Replaced(token, first, Alphabet[random.Next(32)]), second, Alphabet[random.Next(32)]);
                    Assert.Equal(changed == token, TokenFormat.TryParse(changed, out _));
                }
            }
        }
    }

    [Fact]
    public void A_missing_or_doubled_character_is_noticed() => AnyToken.Sample(
        token =>
        {
            for (int at = 0; at < token.Value.Length; at++)
            {
                Assert.False(TokenFormat.TryParse(token.Value.Remove(at, 1), out _));
                Assert.False(TokenFormat.TryParse(token.Value.Insert(at, token.Value[at].ToString()), out _));
            }
        },
        seed: "0000TokenFmt3",
        iter: 50);

    [Fact]
    public void Of_random_strings_of_the_right_shape_less_than_one_in_a_thousand_passes()
    {
        int passed = 0;
        var random = new Random(7);
        for (int i = 0; i < 100_000; i++)
        {
            string text = "NAME-" + new string(random.GetItems<char>(Alphabet, 28));
            passed += TokenFormat.TryParse(text, out _) ? 1 : 0;
        }

        Assert.InRange(passed, 0, 100);
    }

    [Fact]
    public void Tokens_are_found_in_text_where_they_stand_alone()
    {
        Token name = TokenFormat.Create(PhiCategory.PersonName, RandomNumberGenerator.GetBytes(16));
        Token mrn = TokenFormat.Create(PhiCategory.Mrn, RandomNumberGenerator.GetBytes(16));
        string text = $"{mrn}: follow-up of ({name}), not x{name}, not {name}-2, not {Replaced(name.Value, 9, '*')}; {name.Value.ToLowerInvariant()}.";

        var found = TokenFormat.FindAll(text);

        Assert.Equal([mrn, name, name], found.Select(each => each.Token));
        Assert.Equal(text.IndexOf($"({name}", StringComparison.Ordinal) + 1, found[1].Span.Start);
        Assert.Equal(name.Value.Length, found[1].Span.Length);
        Assert.Empty(TokenFormat.FindAll("no tokens - at all --"));
    }

    [Theory]
    [InlineData("NAME-0000000000000000000000000000")]
    [InlineData("PHI-ZZZZZZZZZZZZZZZZZZZZZZZZZZZZ")]
    [InlineData("JOHN-0123456789ABCDEFGHJKMNPQRS")]
    [InlineData("-")]
    [InlineData("")]
    public void What_is_no_token_is_refused(string text) => Assert.False(TokenFormat.TryParse(text, out _));

    [Fact]
    public void The_tokens_of_the_format_page_are_these()
    {
        byte[] identity = [.. Enumerable.Range(0, 16).Select(i => (byte)i)];

        Assert.Equal(FormatPage.Value("name"), TokenFormat.Create(PhiCategory.PersonName, identity).Value);
        Assert.Equal(FormatPage.Value("mrn"), TokenFormat.Create(PhiCategory.Mrn, [.. Enumerable.Repeat((byte)0xFF, 16)]).Value);
    }

    private static string Body(Token token, Func<string, string> change)
    {
        int start = token.Value.IndexOf('-', StringComparison.Ordinal) + 1;
        return token.Value[..start] + change(token.Value[start..]);
    }

    private static string Replaced(string text, int at, char with) => $"{text[..at]}{with}{text[(at + 1)..]}";
}
