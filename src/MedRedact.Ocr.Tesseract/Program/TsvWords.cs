using System.Globalization;

namespace MedRedact.Ocr.Tesseract;

/// <summary>The words of the program's answer: tab-separated lines of level, page, block, paragraph, line, word, left, top, width, height, confidence, text.</summary>
internal static class TsvWords
{
    private const string WordLevel = "5";

    public static PageText Read(string answer, PageTransform toOriginal)
    {
        var text = new PageTextBuilder(toOriginal);
        (string Block, string Paragraph, string Line)? before = null;
        foreach (string row in answer.Split('\n'))
        {
            string[] column = row.TrimEnd('\r').Split('\t');
            if (column.Length < 12 || column[0] != WordLevel || string.IsNullOrWhiteSpace(column[11]))
                continue;

            var at = (column[2], column[3], column[4]);
            if (before is { } last && last != at)
                _ = (last.Block, last.Paragraph) == (at.Item1, at.Item2) ? text.BreakLine() : text.BreakBlock();
            before = at;
            text.AddWord(column[11], BoxOf(column), Confidence.Of(Math.Clamp(double.Parse(column[10], CultureInfo.InvariantCulture) / 100, 0, 1)));
        }

        return text.Build();
    }

    private static Box BoxOf(string[] column) =>
        new(Number(column[6]), Number(column[7]), Math.Max(1, Number(column[8])), Math.Max(1, Number(column[9])));

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
