namespace MedRedact.Ocr.Tesseract;

/// <summary>A word as one reading found it, in pixels of what was read. Its characters are cleared with the text it belongs to.</summary>
internal readonly record struct ReadWord(char[] Text, Box Box, Confidence Confidence)
{
    /// <summary>Characters that are probably right less those that are probably wrong: what decides between two readings of a place.</summary>
    public double Merit => Text.Length * (Confidence.Value - 0.5);
}

/// <summary>A line of words and the block it belongs to.</summary>
internal sealed class ReadLine(int block)
{
    public int Block { get; } = block;

    public List<ReadWord> Words { get; private set; } = [];

    public Box Box => Words.Aggregate(default(Box), (box, word) => box.Union(word.Box));

    public int Length => Words.Sum(word => word.Text.Length);

    /// <summary>The mean confidence of its characters, 0 to 1.</summary>
    public double Sureness => Length == 0 ? 0 : Words.Sum(word => word.Text.Length * word.Confidence.Value) / Length;

    public double Merit => Words.Sum(word => word.Merit);

    /// <summary>Takes words in place of some of its own, which are cleared.</summary>
    public void Replace(IReadOnlyCollection<ReadWord> before, IEnumerable<ReadWord> after)
    {
        foreach (ReadWord word in before)
            Array.Clear(word.Text);

        Words = [.. Words.Except(before).Concat(after).OrderBy(word => word.Box.Left)];
    }

    /// <summary>Clears all its words.</summary>
    public void Clear() => Replace(Words, []);
}

/// <summary>What one reading found, before it becomes the text of a page: lines can still be read again and put in their place.</summary>
internal sealed class ReadText : IDisposable
{
    private int _ownBlock;   // below those that the engine counted

    public List<ReadLine> Lines { get; } = [];

    public double Merit => Lines.Sum(line => line.Merit);

    public int Length => Lines.Sum(line => line.Length);

    /// <summary>The mean confidence of the characters, 0 to 1; 0 where there are none.</summary>
    public double Sureness => Length == 0 ? 0 : Lines.Sum(line => line.Sureness * line.Length) / Length;

    /// <summary>Puts a line between those above and below it in its column, as a part of their block where they are of one.</summary>
    public void Insert(ReadLine line)
    {
        Box box = line.Box;
        int at = Lines.FindIndex(other => other.Box.Top > box.Top && other.Box.Left < box.Right && other.Box.Right > box.Left);
        at = at < 0 ? Lines.Count : at;
        bool isWithin = at > 0 && at < Lines.Count && Lines[at - 1].Block == Lines[at].Block;
        var placed = new ReadLine(isWithin ? Lines[at].Block : --_ownBlock);
        placed.Words.AddRange(line.Words);
        Lines.Insert(at, placed);
    }

    /// <summary>Moves every word.</summary>
    public void Move(Func<Box, Box> move)
    {
        foreach (ReadLine line in Lines)
        {
            for (int i = 0; i < line.Words.Count; i++)
                line.Words[i] = line.Words[i] with { Box = move(line.Words[i].Box) };
        }
    }

    /// <summary>Makes the text of the page.</summary>
    /// <param name="toOriginal">From the pixels that were read to the page as it came.</param>
    public PageText Build(PageTransform toOriginal)
    {
        var builder = new PageTextBuilder(toOriginal);
        for (int i = 0; i < Lines.Count; i++)
        {
            foreach (ReadWord word in Lines[i].Words)
                builder.AddWord(word.Text, word.Box, word.Confidence);

            if (i + 1 < Lines.Count && Lines[i + 1].Block == Lines[i].Block)
                builder.BreakLine();
            else
                builder.BreakBlock();
        }

        return builder.Build();
    }

    public void Dispose()
    {
        foreach (ReadLine line in Lines)
            line.Clear();

        Lines.Clear();
    }
}
