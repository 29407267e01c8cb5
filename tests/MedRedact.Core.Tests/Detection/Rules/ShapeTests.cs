using System.Text.RegularExpressions;
using CsCheck;
using MedRedact.Detection;

namespace MedRedact.Core.Tests.Detection;

public sealed class ShapeTests
{
    [Theory]
    [InlineData(@"ST-\d{6}", "ST-004711", 9)]
    [InlineData(@"ST-\d{6}", "st-004711.", 9)]
    [InlineData(@"ST-\d{6}", "ST-0047112", 0)]
    [InlineData(@"\u\u\d{2,4}", "AB1234", 6)]
    [InlineData(@"\u\u\d{2,4}", "ab1234", 0)]
    [InlineData(@"(H|HOSP)-?\d{3}", "HOSP123 ", 7)]
    [InlineData(@"[A-CX0-3]{3}", "bX3", 3)]
    [InlineData(@"\d{3}(-\d{2})?", "123-45", 6)]
    [InlineData(@"\d{3}(-\d{2})?", "123-4", 3)]
    [InlineData(@"\d{3} \d{2}", "123\t45", 6)]
    [InlineData(@"\#\d{3}", "#123", 4)]
    [InlineData(@"\a{4}", "Ñuñe", 4)]
    public void A_pattern_takes_the_longest_value_that_ends_a_word(string pattern, string text, int length) =>
        Assert.Equal(length, Shape.Of(pattern)!.Match(text, 0, misread: false, out _));

    [Theory]
    [InlineData("")]
    [InlineData("A")]
    [InlineData("A?B?")]
    [InlineData("AB*")]
    [InlineData("AB+")]
    [InlineData("A.B")]
    [InlineData("^AB$")]
    [InlineData("(AB")]
    [InlineData("AB)")]
    [InlineData("[AB")]
    [InlineData("[]AB")]
    [InlineData("[z-a]x")]
    [InlineData("[^A]B")]
    [InlineData(@"AB\")]
    [InlineData(@"\q\q")]
    [InlineData("A{3,2}B")]
    [InlineData("A{0}B")]
    [InlineData("A{65}")]
    [InlineData("((A{50}){50}){50}")]
    [InlineData(@"(\d{8}|\d{9}|\d{10}|\d{11}|\d{12}|\d{13}|\d{14}|\d{15}|\d{16}|\d{17}|\d{18})")]
    [InlineData("((((((((((AB))))))))))")]
    [InlineData("A||B")]
    [InlineData("AB\n")]
    public void What_is_no_bounded_pattern_is_refused(string pattern) => Assert.Null(Shape.Of(pattern));

    [Theory]
    [InlineData("ST-O0471l", 2)]
    [InlineData("ST-004711", 0)]
    public void A_letter_that_looks_like_a_digit_may_stand_for_one(string text, int repaired)
    {
        Assert.Equal(text.Length, Shape.Of(@"ST-\d{6}")!.Match(text, 0, misread: true, out int letters));
        Assert.Equal(repaired, letters);
    }

    [Theory]
    [InlineData("ST-SOLIDS")]
    [InlineData("ST-OOO471")]
    public void A_word_of_such_letters_is_no_number(string text) =>
        Assert.True(text == "ST-OOO471" == (Shape.Of(@"ST-\d{6}")!.Match(text, 0, misread: true, out _) > 0));

    /// <summary>The same patterns, written for the platform's own linear-time engine.</summary>
    [Fact]
    public void Every_pattern_takes_what_the_same_regular_expression_takes()
    {
        Gen<string> atom = Pick(@"\d", @"\u", @"\l", @"\w", "-", "7", "[A-C]", "[0-4x]");
        Gen<string> item = Gen.Select(atom, Pick("", "", "?", "{2}", "{1,3}", "{0,2}"), static (one, times) => one + times);
        Gen<string> sequence = item.Array[1, 4].Select(static items => string.Concat(items));
        Gen<string> group = Gen.Select(sequence, sequence, Pick("", "?", "{1,2}"), static (left, right, times) => $"({left}|{right}){times}");
        Gen<string> pattern = Gen.OneOf(sequence, group).Array[1, 3].Select(static parts => string.Concat(parts));
        Gen<string> text = Pick('A', 'B', 'c', 'X', '7', '0', '3', '-', ' ').Array[1, 12].Select(static letters => new string(letters));
        Gen.Select(pattern, text).Sample(static (pattern, text) =>
        {
            if (Shape.Of(pattern) is not { } shape)
                return;
            string expression = pattern.Replace(@"\u", "[A-Z]", StringComparison.Ordinal).Replace(@"\l", "[a-z]", StringComparison.Ordinal).Replace(@"\w", "[A-Za-z0-9]", StringComparison.Ordinal)
                .Replace("[A-C]", "[A-Ca-c]", StringComparison.Ordinal).Replace("[0-4x]", "[0-4xX]", StringComparison.Ordinal);
            var whole = new Regex($"^(?:{expression})$", RegexOptions.NonBacktracking);
            int longest = Enumerable.Range(1, text.Length)
                .Where(end => end == text.Length || !char.IsLetterOrDigit(text[end]) || !char.IsLetterOrDigit(text[end - 1]))
                .LastOrDefault(end => whole.IsMatch(text[..end]));
            Assert.Equal(longest, shape.Match(text, 0, misread: false, out _));
        }, iter: 3000, seed: "0000000000007");
    }

    private static Gen<T> Pick<T>(params T[] of) => Gen.Int[0, of.Length - 1].Select(i => of[i]);
}
