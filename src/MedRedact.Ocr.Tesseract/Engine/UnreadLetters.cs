namespace MedRedact.Ocr.Tesseract;

/// <summary>Letters on a page that no word explains.</summary>
internal static class UnreadLetters
{
    /// <summary>Fewer by themselves are dots, bullets and boxes to tick.</summary>
    public const int FewestLetters = 3;

    private const double Explains = 0.3;
    private const int MostLetters = 3000;

    /// <returns>Where they stand, as close together as the letters of a line do, and how many.</returns>
    public static IReadOnlyList<(Box Place, int Letters)> Of(PageMeasure measure, ReadText text)
    {
        int height = measure.LetterHeight;
        Box[] words = [.. text.Lines.SelectMany(line => line.Words).Where(word => word.Confidence.Value >= Explains).Select(word => Around(word.Box, height / 3))];
        List<Box> unread = [.. measure.Letters.Where(letter => IsText(letter, height) && !Array.Exists(words, word => Holds(word, letter)))];
        return unread.Count > MostLetters ? [] : Gather(unread, height);   // so many are a photograph, or no text at all
    }

    public static bool IsBeside(Box one, Box other, int farthest)
    {
        int gap = Math.Max(one.Left, other.Left) - Math.Min(one.Right, other.Right);
        int shared = Math.Min(one.Bottom, other.Bottom) - Math.Max(one.Top, other.Top);
        return gap <= farthest && shared * 2 >= Math.Min(one.Height, other.Height);
    }

    /// <summary>Whether the middle of one box lies in another.</summary>
    public static bool Holds(Box outer, Box inner)
    {
        int x = (inner.Left + inner.Right) / 2, y = (inner.Top + inner.Bottom) / 2;
        return x >= outer.Left && x < outer.Right && y >= outer.Top && y < outer.Bottom;
    }

    public static Box Around(Box box, int margin) => Box.FromEdges(box.Left - margin, box.Top - margin, box.Right + margin, box.Bottom + margin);

    private static bool IsText(Box letter, int height) => letter.Height * 2 >= height && letter.Height <= height * 3;

    private static List<(Box Place, int Letters)> Gather(List<Box> letters, int height)
    {
        var places = new List<(Box Place, int Letters)>();
        foreach (Box letter in letters.OrderBy(letter => letter.Left))
        {
            int joined = places.FindIndex(place => IsBeside(place.Place, letter, height * 2));
            if (joined < 0)
                places.Add((letter, 1));
            else
                places[joined] = (places[joined].Place.Union(letter), places[joined].Letters + 1);
        }

        return places;
    }
}
