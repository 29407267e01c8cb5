using System.Collections.Immutable;
using MedRedact.Redaction;

namespace MedRedact.Evaluation;

/// <summary>Judges a released page by what it printed.</summary>
/// <param name="mustGo">Which categories the policy removes.</param>
internal sealed class PageScorer(Func<PhiCategory, bool> mustGo)
{
    // A shorter word cannot be told from chance, and is judged by its ink and with its value.
    private const int ShortestRead = 3;
    private const int ShortestValue = 4;
    private const string Date = "date";

    public PageScore Score(PageEvidence page)
    {
        ImmutableArray<GoldWord> words = page.Gold.Words;
        string[] plain = [.. words.Select(word => FoldedText.Fold(word.Text.Reveal()))];
        bool[] goes = [.. words.Select((word, index) => plain[index].Length > 0 && MustGo(word) && !MayStay(word, plain[index]))];
        InkOwners owners = OwnersOf(page, plain);
        Dictionary<int, WordScore> scores = Enumerable.Range(0, words.Length).Where(index => goes[index])
            .ToDictionary(index => index, index => Score(page, words[index], index, plain[index], owners));

        string clean = $" {string.Join(' ', PlainForm.Words(WithoutLabels(page)))} ";
        Proportion kept = default, otherInk = default;
        var lost = ImmutableArray.CreateBuilder<LostWord>();
        for (int i = 0; i < words.Length; i++)
        {
            if (words[i].IsPhi || words[i].Category is not null || plain[i].Length == 0)
                continue;
            otherInk += page.Paint.InkCovered(page.Before, words[i].Box, owners, InkOwner.Identifier);
            if (page.StockBefore?.Reads(plain[i], words[i].Box) != true || page.Stock is null)
                continue;
            bool isKept = page.Stock.Reads(plain[i], words[i].Box);
            kept += new Proportion(isKept ? 1 : 0, 1);
            if (!isKept)
                lost.Add(new LostWord(Over(page, words[i].Box)));
        }

        return new PageScore
        {
            Words = [.. scores.Values],
            Values = [.. page.Gold.Identifiers.Select((identifier, index) => (identifier, index)).Where(one => mustGo(one.identifier.Category))
                .Select(one => Score(page, clean, one.identifier, one.index, scores)).OfType<ValueScore>()],
            Marks = [.. page.Gold.Marks.Where(mark => mark.IsPhi).Select(mark => new MarkScore(mark.Kind, mark.Box, IsCovered(page, mark, owners)))],
            OthersKept = kept,
            Lost = lost.ToImmutable(),
            Area = scores.Keys.Aggregate(default(Proportion), (sum, index) => sum + page.Paint.AreaCovered(page.Before, words[index].Box)),
            Ink = scores.Values.Aggregate(default(Proportion), (sum, word) => sum + word.Ink),
            OtherInkLost = otherInk,
            ChangedElsewhere = page.Paint.ChangedElsewhere,
        };
    }

    private static WordScore Score(PageEvidence page, GoldWord word, int index, string plain, InkOwners owners)
    {
        bool isJudged = plain.Length >= ShortestRead && !IsSaidByALabel(page, plain, word.Box);
        return new WordScore(
            index,
            word.Category!.Value,
            page.Paint.InkCovered(page.Before, word.Box, owners, InkOwner.Other),
            isJudged ? page.StockBefore?.Reads(plain, word.Box) : null,
            isJudged ? page.Stock?.ReadsTelling(plain, word.Box, part => MayStay(word, part)) : null,
            isJudged ? page.StockEnlarged?.ReadsTelling(plain, word.Box, part => MayStay(word, part)) : null);
    }

    /// <summary>A value is judged by its words and by the released text; nothing is said of one without a word to judge and too short to be sought.</summary>
    private static ValueScore? Score(PageEvidence page, string clean, GoldIdentifier identifier, int index, Dictionary<int, WordScore> scores)
    {
        List<string> value = PlainForm.Words(identifier.Value.Reveal());
        WordScore[] words = [.. identifier.Words.Where(scores.ContainsKey).Select(at => scores[at])];
        bool isSought = value.Sum(word => word.Length) >= ShortestValue;
        if (words.Length == 0)
            return null;
        return new ValueScore(
            index,
            identifier.Category,
            page.Stock is null && page.StockEnlarged is null ? null : words.Any(word => word.IsReadable),
            words.All(word => word.IsCovered),
            isSought && clean.Contains($" {string.Join(' ', value)} ", StringComparison.Ordinal));
    }

    /// <summary>The released text without the labels that stand for what was removed: a "[CITY]" holds no part of "Park City".</summary>
    private static string WithoutLabels(PageEvidence page) => page.Paint.Boxes.Select(paint => paint.Category).Distinct().Aggregate(
        page.CleanText,
        (text, painted) => PhiCategory.TryParse(painted, out PhiCategory category) ? text.Replace($"[{category.ShortName}]", " ", StringComparison.OrdinalIgnoreCase) : text);

    private bool MustGo(GoldWord word) => word.IsPhi && word.Category is { } category && mustGo(category);

    /// <summary>The year of a date may stay, and a label drawn over the date may say it: 45 CFR 164.514(b)(2)(i)(C).</summary>
    private static bool MayStay(GoldWord word, string plain) =>
        word.Category!.Value.Class.Name == Date && plain.Length == 4 && plain.All(char.IsAsciiDigit) && plain[0] is '1' or '2';

    /// <summary>A label drawn over "Iowa City" says CITY: that this can be read tells nothing.</summary>
    private static bool IsSaidByALabel(PageEvidence page, string plain, Box box) =>
        page.Paint.Boxes.Any(paint => paint.Box.Overlaps(box) && PhiCategory.TryParse(paint.Category, out PhiCategory category) && FoldedText.Fold(category.ShortName).Contains(plain, StringComparison.Ordinal));

    private static bool IsCovered(PageEvidence page, GoldMark mark, InkOwners owners) =>
        page.Paint.InkCovered(page.Before, mark.Box, owners, InkOwner.Other).Value is not { } share || share >= WordScore.LeastCovered;

    private static string? Over(PageEvidence page, Box box) =>
        page.Paint.Boxes.Where(paint => paint.Box.Overlaps(box)).Select(paint => $"{paint.Category} by {paint.Rule}").FirstOrDefault();

    private static InkOwners OwnersOf(PageEvidence page, string[] plain)
    {
        var owners = new InkOwners(page.Before.Size);
        for (int i = 0; i < plain.Length; i++)
        {
            GoldWord word = page.Gold.Words[i];
            if (word.IsPhi || word.Category is null)
                owners.Add(page.Before.Within(word.Box), word.IsPhi ? InkOwner.Identifier : InkOwner.Other);
        }

        foreach (GoldMark mark in page.Gold.Marks)
            owners.Add(page.Before.Within(mark.Box), mark.IsPhi ? InkOwner.Identifier : InkOwner.Other);
        return owners;
    }
}
