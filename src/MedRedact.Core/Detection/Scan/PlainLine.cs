namespace MedRedact.Detection;

/// <summary>A line of a text of which no page is known.</summary>
/// <param name="First">Its first token.</param>
/// <param name="End">The token after its last.</param>
/// <param name="Start">Where it begins in the text, spaces included.</param>
/// <param name="Width">Characters up to the end of its last token.</param>
/// <param name="Gaps">How many wide gaps part its cells.</param>
internal readonly record struct PlainLine(int First, int End, int Start, int Width, int Gaps)
{
    public static void Read(in TextScan scan, List<PlainLine> lines)
    {
        for (int first = 0; first < scan.Count;)
        {
            int end = first + 1, gaps = 0;
            for (; end < scan.Count && scan.Tokens[end].Line == scan.Tokens[first].Line; end++)
                gaps += scan.Tokens[end].IsAfterGap ? 1 : 0;
            int start = scan.Tokens[first].Start;
            while (start > 0 && scan.Text[start - 1] is ' ' or '\t')
                start--;
            lines.Add(new PlainLine(first, end, start, scan.Tokens[end - 1].End - start, gaps));
            first = end;
        }
    }
}
