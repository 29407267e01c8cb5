using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;

namespace MedRedact.Evaluation;

/// <summary>Reads the truth of one page. What is not as it should be throws what a parser throws; the reader of the corpus gives it a code.</summary>
internal static class GoldPageReader
{
    private const int LongestLabel = 32;
    private static readonly SearchValues<char> s_label = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    public static GoldPage Page(JsonElement page, ImmutableArray<JsonElement> spans)
    {
        var size = new PageSize(page.GetProperty("width").GetInt32(), page.GetProperty("height").GetInt32());
        if (size.Width < 1 || size.Height < 1)
            throw new FormatException();

        var words = ImmutableArray.CreateBuilder<GoldWord>();
        var at = new List<(int Start, int End)>();
        foreach (JsonElement word in page.GetProperty("words").EnumerateArray())
        {
            string text = word.GetProperty("text").GetString()!;
            int start = word.GetProperty("start").GetInt32();
            var gold = new GoldWord(new Phi<string>(text), BoxOf(word), CategoryOf(word), word.GetProperty("phi").GetBoolean());
            if (gold is { IsPhi: true, Category: null })
                throw new FormatException();

            words.Add(gold);
            at.Add((start, start + text.Length));
        }

        return new GoldPage(
            size,
            words.ToImmutable(),
            [.. page.GetProperty("marks").EnumerateArray().Select(mark => new GoldMark(Label(mark.GetProperty("kind")), BoxOf(mark), mark.GetProperty("phi").GetBoolean()))],
            [.. spans.Select(span => Identifier(span, at)).OfType<GoldIdentifier>()]);
    }

    /// <summary>Labels are printed in reports, so they cannot hold a sentence.</summary>
    public static string Label(JsonElement value) =>
        value.GetString() is { Length: > 0 and <= LongestLabel } label && !label.AsSpan().ContainsAnyExcept(s_label) ? label : throw new FormatException();

    /// <summary>A span that must go, with its words on this page; none where it stands on another.</summary>
    private static GoldIdentifier? Identifier(JsonElement span, List<(int Start, int End)> words)
    {
        int start = span.GetProperty("start").GetInt32(), end = span.GetProperty("end").GetInt32();
        if (start < 0 || end <= start)
            throw new FormatException();
        if (!span.GetProperty("phi").GetBoolean())
            return null;

        ImmutableArray<int> touched = [.. Enumerable.Range(0, words.Count).Where(index => words[index].Start < end && start < words[index].End)];
        return touched.IsEmpty
            ? null
            : new GoldIdentifier(new Phi<string>(span.GetProperty("text").GetString()!), CategoryOf(span) ?? throw new FormatException(), touched);
    }

    private static PhiCategory? CategoryOf(JsonElement labelled) => labelled.TryGetProperty("label", out JsonElement label) && label.GetString() is { } name
        ? PhiCategory.TryParse(name, out PhiCategory category) ? category : throw new FormatException()
        : null;

    private static Box BoxOf(JsonElement drawn)
    {
        JsonElement box = drawn.GetProperty("box");
        return box.GetArrayLength() == 4 && new Box(box[0].GetInt32(), box[1].GetInt32(), box[2].GetInt32(), box[3].GetInt32()) is { IsEmpty: false } drawnBox
            ? drawnBox
            : throw new FormatException();
    }
}
