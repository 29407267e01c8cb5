using MedRedact.Layout;

namespace MedRedact.Tests.Layout;

/// <summary>A page typed on a grid: every stretch of text says where it stands and in which order and blocks an engine gave it.</summary>
internal sealed class Sheet(Func<Box, Box>? lies = null)
{
    public const int Advance = 12, LinePitch = 30, Height = 20;

    private readonly PageTextBuilder _builder = new(PageTransform.Identity);

    /// <summary>Where what is typed from now on lies on the page.</summary>
    public Func<Box, Box>? Lies { get; set; } = lies;

    public static string TextOf(PageText text) => text.Text.Read(0, static (all, _) => all.ToString());

    /// <summary>Types words from a row and a column of the grid on, as one line of the engine.</summary>
    public Sheet Line(int row, int column, string text)
    {
        for (int start = 0; start < text.Length; start++)
        {
            int end = start;
            while (end < text.Length && text[end] != ' ')
                end++;
            if (end > start)
            {
                var box = new Box((column + start) * Advance, 100 + (row * LinePitch), ((end - start) * Advance) - 2, Height);
                _builder.AddWord(text.AsSpan(start, end - start), Lies is null ? box : Lies(box), Confidence.Certain);
            }

            start = end;
        }

        _builder.BreakLine();
        return this;
    }

    /// <summary>Types lines below each other, as one block of the engine.</summary>
    public Sheet Block(int row, int column, params ReadOnlySpan<string> lines)
    {
        foreach (string line in lines)
            Line(row++, column, line);
        _builder.BreakBlock();
        return this;
    }

    public PageText Read() => _builder.Build();

    /// <summary>The lines in the order found, without those between blocks; gaps between columns as three spaces.</summary>
    public string[] Arranged()
    {
        using PageText text = ReadingOrder.Arrange(Read());
        return TextOf(text).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
