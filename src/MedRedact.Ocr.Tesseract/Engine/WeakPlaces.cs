namespace MedRedact.Ocr.Tesseract;

/// <summary>A part of a page that deserves a second look.</summary>
/// <param name="Box">Where it is, in pixels of what was read.</param>
/// <param name="Line">The line of which it is a part; null where it lies by itself.</param>
internal readonly record struct WeakPlace(Box Box, ReadLine? Line);

/// <summary>Finds what to read again: letters that no word explains, and lines that were read with little confidence.</summary>
/// <remarks>Whole lines: a few words by themselves are read with more confidence than they deserve.</remarks>
internal static class WeakPlaces
{
    private const double WeakLine = 0.75;
    private const int ShortestLine = 2;

    /// <returns>At most one place a line: first those with unread letters, then the weakest lines.</returns>
    public static IReadOnlyList<WeakPlace> Of(PageMeasure measure, ReadText text)
    {
        var inLines = new Dictionary<ReadLine, Box>();
        var places = new List<WeakPlace>();
        foreach ((Box place, int letters) in UnreadLetters.Of(measure, text))
        {
            if (text.Lines.Find(line => Continues(place, line.Box, measure.LetterHeight)) is { } line)
                inLines[line] = inLines.GetValueOrDefault(line, line.Box).Union(place);
            else if (letters >= UnreadLetters.FewestLetters)
                places.Add(new(place, null));
        }

        places.AddRange(inLines.Select(pair => new WeakPlace(pair.Value, pair.Key)));
        places.AddRange(text.Lines
            .Where(line => !inLines.ContainsKey(line) && line.Sureness < WeakLine && line.Length >= ShortestLine)
            .OrderBy(line => line.Sureness)
            .Select(line => new WeakPlace(line.Box, line)));
        return places;
    }

    private static bool Continues(Box place, Box line, int height) => line.Height <= height * 4 && UnreadLetters.IsBeside(line, place, height * 3);
}
