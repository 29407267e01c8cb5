using CsCheck;
using MedRedact.Evaluation;

namespace MedRedact.Core.Tests.Evaluation;

public sealed class ReadingErrorsTests
{
    private static readonly Gen<string> Texts = Gen.Char["ab c\n"].Array[0, 24].Select(characters => new string(characters));

    [Theory]
    [InlineData("one two three", "one two three", 0, 0, 3)]
    [InlineData("one two three", "one  two\nthree ", 0, 0, 3)]
    [InlineData("one two three", "one too three", 1, 1, 2)]
    [InlineData("one two three", "three one two", 2, 11, 3)]
    [InlineData("one two three", "one three", 1, 4, 2)]
    [InlineData("one two three", "", 3, 13, 0)]
    [InlineData("A1c 7.8", "Alc 7.8", 1, 1, 1)]
    [InlineData("same same", "same", 1, 5, 1)]
    public void Errors_are_those_counted_by_hand(string truth, string read, int words, int characters, int found)
    {
        ReadingErrors errors = ReadingErrors.Between(truth, read);
        Assert.Equal((words, characters, found), (errors.WordErrors, errors.CharacterErrors, errors.WordsFound));
    }

    [Fact]
    public void What_was_invented_counts_against_a_reading()
    {
        ReadingErrors errors = ReadingErrors.Between("one", "one two three four");
        Assert.Equal((3.0, 1.0, 0.25), (errors.WordErrorRate, errors.Recall.Value, errors.Precision.Value));
    }

    [Fact]
    public void Without_a_text_there_is_no_rate()
    {
        ReadingErrors errors = ReadingErrors.Between("", "one");
        Assert.Equal((null, null, null), (errors.WordErrorRate, errors.CharacterErrorRate, errors.Recall.Value));
    }

    [Fact]
    public void Errors_are_none_for_the_same_words_alike_both_ways_and_no_more_than_both_have_words() => Gen.Select(Texts, Texts).Sample((one, other) =>
    {
        ReadingErrors there = ReadingErrors.Between(one, other), back = ReadingErrors.Between(other, one);
        Assert.Equal((there.WordErrors, there.CharacterErrors, there.WordsFound), (back.WordErrors, back.CharacterErrors, back.WordsFound));
        Assert.InRange(there.WordErrors, Math.Abs(there.Words - there.WordsRead), Math.Max(there.Words, there.WordsRead));
        Assert.InRange(there.WordsFound, Math.Max(there.Words, there.WordsRead) - there.WordErrors, Math.Min(there.Words, there.WordsRead));
        Assert.Equal(0, ReadingErrors.Between(one, one.Replace(" ", " \n ", StringComparison.Ordinal)).CharacterErrors);
    });

    [Fact]
    public void A_detour_is_never_shorter() => Gen.Select(Texts, Texts, Texts).Sample((one, middle, other) => Assert.True(
        ReadingErrors.Between(one, other).CharacterErrors
            <= ReadingErrors.Between(one, middle).CharacterErrors + ReadingErrors.Between(middle, other).CharacterErrors));

    [Fact]
    public void Pages_add_up()
    {
        ReadingErrors sum = ReadingErrors.Between("one two", "one too") + ReadingErrors.Between("three", "three");
        Assert.Equal(new ReadingErrors(3, 1, 12, 1, 3, 2), sum);
    }
}
