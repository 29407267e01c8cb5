using System.Collections.Immutable;

namespace MedRedact.Redaction;

/// <summary>Which token of a date is its day, month and year; -1: none. A single number of eight digits holds all three.</summary>
internal readonly record struct DateOrder(int Day, int Month, int Year, CompactForm Compact = CompactForm.None)
{
    /// <summary>The orders in which the tokens may be meant, the likeliest first.</summary>
    public static ImmutableArray<DateOrder> Candidates(ImmutableArray<DateToken> tokens)
    {
        string shape = string.Concat(tokens.Select(Letter));
        return shape switch
        {
            "#" => [new(-1, -1, 0, CompactForm.YearFirst), new(-1, -1, 0, CompactForm.MonthFirst)],
            "y" => [new(-1, -1, 0)],
            "yy" or "ym" => [],
            "ynn" or "yMn" => [new(2, 1, 0)],
            "nny" => [new(1, 0, 2), new(0, 1, 2)],
            "nnn" => tokens[2].Digits == 2 ? [new(1, 0, 2), new(0, 1, 2)] : [],
            "Mny" => [new(1, 0, 2)],
            "nMy" => [new(0, 1, 2)],
            "Mnn" => tokens[2].Digits == 2 ? [new(1, 0, 2)] : [],
            "nMn" => tokens[2].Digits == 2 ? [new(0, 1, 2)] : [],
            "My" or "ny" => [new(-1, 0, 1)],
            "yn" or "yM" => [new(-1, 1, 0)],
            "Mn" => [new(1, 0, -1)],
            "nM" => [new(0, 1, -1)],
            "nn" => [new(1, 0, -1), new(0, 1, -1)],
            _ => [],
        };
    }

    public (int? Day, int? Month, int? Year) Values(ImmutableArray<DateToken> tokens)
    {
        int? At(int index) => index < 0 ? null : tokens[index].Value;

        int eight = Compact == CompactForm.None ? 0 : tokens[Year].Value;
        return Compact switch
        {
            CompactForm.YearFirst => (eight % 100, eight / 100 % 100, eight / 10_000),
            CompactForm.MonthFirst => (eight / 10_000 % 100, eight / 1_000_000, eight % 10_000),
            _ => (At(Day), At(Month), At(Year)),
        };
    }

    public int YearDigits(ImmutableArray<DateToken> tokens) => Year < 0 || Compact != CompactForm.None ? 4 : tokens[Year].Digits;

    private static char Letter(DateToken token) => token switch
    {
        { Kind: DateTokenKind.Month } => 'M',
        { Digits: 8 } => '#',
        { Digits: 4 } => 'y',
        { Digits: 1 or 2 } => 'n',
        _ => '?',
    };
}

/// <summary>How a date of eight digits without separators is ordered.</summary>
internal enum CompactForm
{
    /// <summary>It has separators.</summary>
    None = 0,

    /// <summary>Year, month, day.</summary>
    YearFirst,

    /// <summary>Month, day, year.</summary>
    MonthFirst,
}
