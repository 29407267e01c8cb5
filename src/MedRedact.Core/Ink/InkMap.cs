using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace MedRedact.Ink;

/// <summary>The ink of a page in square cells, without ruled lines, and which of it is explained by words.</summary>
internal sealed class InkMap : IDisposable
{
    /// <summary>A word below this confidence explains nothing: the engine guessed at something it could not read.</summary>
    private const double Explains = 0.2;

    private readonly int _cell;
    private readonly int _columns;
    private readonly int _rows;
    private readonly byte[] _counts;
    private readonly byte[] _explained;
    private readonly CellGreys _greys;

    public InkMap(PagePixels pixels)
    {
        // About 1/25 inch. Metadata may be wrong, and pages are about 8 to 11 inches: the smaller measure lets less pass for a speck or a line.
        _cell = Math.Max(4, (int)Math.Min(pixels.Dpi.Value / 25, Math.Max(pixels.Width, pixels.Height) / 275.0));
        _columns = (pixels.Width + _cell - 1) / _cell;
        _rows = (pixels.Height + _cell - 1) / _cell;

        // Large enough to be collected late: pooled, all of them, so that pages do not pile up what they counted.
        _counts = PixelPool.Shared.Rent(Cells * sizeof(int));
        Ink.Clear();
        _explained = PixelPool.Shared.Rent(Cells);
        Forget();
        _greys = new CellGreys(_columns, _rows, _cell);
        InkBitmap? bitmap = null;
        pixels.Read((Map: this, pixels.Format, pixels.Width, pixels.Height, pixels.Stride), (bytes, at) =>
            bitmap = new InkBitmap(bytes, at.Format, at.Width, at.Height, at.Stride, at.Map._greys));
        Bitmap = bitmap!;
        CheckBoxes = RuledLines.Erase(Bitmap, _cell);
        Count(Bitmap);
    }

    /// <summary>Pixels of about 1/25 inch.</summary>
    public int Cell => _cell;

    /// <summary>The ink of the page without its ruled lines.</summary>
    public InkBitmap Bitmap { get; }

    /// <summary>The check boxes among what was erased, in pixels.</summary>
    public ImmutableArray<CheckBox> CheckBoxes { get; }

    private int Cells => _columns * _rows;

    private Span<int> Ink => MemoryMarshal.Cast<byte, int>(_counts.AsSpan(0, Cells * sizeof(int)));

    private Span<bool> Explained => MemoryMarshal.Cast<byte, bool>(_explained.AsSpan(0, Cells));

    /// <summary>Begins anew: nothing is explained.</summary>
    public void Forget() => Explained.Clear();

    /// <summary>Marks the cells of a word as explained, with a margin of one cell for accents, descenders and rounding.</summary>
    public void Explain(Box word, Confidence confidence)
    {
        if (confidence.Value < Explains || IsSolid(word))
            return;

        Box cells = CellsOf(word);
        for (int row = cells.Top; row < cells.Bottom; row++)
            Explained.Slice((row * _columns) + cells.Left, cells.Width).Fill(true);
    }

    /// <summary>What a word explains, in pixels: more than its own box.</summary>
    public Box ExplainedBy(Box word) => InPixels(CellsOf(word));

    private Box CellsOf(Box word)
    {
        int top = Math.Max(0, (word.Top / _cell) - 1), bottom = Math.Min(_rows, (word.Bottom / _cell) + 2);
        int left = Math.Max(0, (word.Left / _cell) - 1), right = Math.Min(_columns, (word.Right / _cell) + 2);
        return top < bottom && left < right ? Box.FromEdges(left, top, right, bottom) : default;
    }

    /// <summary>Whether most of a word's box is dark through and through: engines take dark shapes of a photograph for letters, and letters are not solid.</summary>
    private bool IsSolid(Box word)
    {
        int solid = 0, cells = 0;
        for (int row = Math.Max(0, word.Top / _cell); row < Math.Min(_rows, (word.Bottom + _cell - 1) / _cell); row++)
        {
            for (int column = Math.Max(0, word.Left / _cell); column < Math.Min(_columns, (word.Right + _cell - 1) / _cell); column++)
            {
                int at = (row * _columns) + column;
                cells++;
                solid += Ink[at] * 10 >= _cell * _cell * 9 && _greys[at].Lightest < FlatTint.Lightness ? 1 : 0;
            }
        }

        return solid * 2 > cells;
    }

    /// <summary>Connected unexplained ink that is more than specks and no flat tint.</summary>
    public IEnumerable<InkPatch> Unexplained()
    {
        int threshold = Math.Max(2, _cell * _cell / 16);
        byte[] open = PixelPool.Shared.Rent(Cells);
        try
        {
            for (int at = 0; at < Cells; at++)
                open[at] = !Explained[at] && Ink[at] >= threshold ? (byte)1 : (byte)0;
            foreach (InkShape shape in Shapes(open))
            {
                InkCell[] cells = CellsOf(shape);
                if (FlatTint.Is(cells))
                    continue;

                yield return new InkPatch(
                    InPixels(shape.Bounds),
                    cells,
                    [.. shape.Cover((row, column) => row < 0 || column < 0 || row >= _rows || column >= _columns || Explained[(row * _columns) + column]).Select(InPixels)]);
            }
        }
        finally
        {
            PixelPool.Shared.Return(open, clearArray: true);
        }
    }

    /// <summary>What is connected among the open cells and is more than specks. A cell that was taken is open no more.</summary>
    private IEnumerable<InkShape> Shapes(byte[] open)
    {
        var stack = new Stack<int>();
        for (int start = 0; start < Cells; start++)
        {
            if (open[start] == 0)
                continue;

            var shape = new InkShape();
            open[start] = 0;
            stack.Push(start);
            while (stack.TryPop(out int at))
            {
                int row = at / _columns, column = at % _columns;
                shape.Add(row, column);

                // Two cells in each direction: the strokes of a signature and the bars of a code belong together.
                for (int r = Math.Max(0, row - 2); r <= Math.Min(_rows - 1, row + 2); r++)
                {
                    for (int c = Math.Max(0, column - 2); c <= Math.Min(_columns - 1, column + 2); c++)
                    {
                        int next = (r * _columns) + c;
                        if (open[next] != 0)
                        {
                            open[next] = 0;
                            stack.Push(next);
                        }
                    }
                }
            }

            if (shape.Identifies)
                yield return shape;
        }
    }

    private InkCell[] CellsOf(InkShape shape)
    {
        HashSet<(int, int)> own = [.. shape.Cells];
        return
        [
            .. from cell in shape.Cells
               let at = (cell.Row * _columns) + cell.Column
               let greys = _greys[at]
               let isRim = !own.Contains((cell.Row - 1, cell.Column)) || !own.Contains((cell.Row + 1, cell.Column))
                   || !own.Contains((cell.Row, cell.Column - 1)) || !own.Contains((cell.Row, cell.Column + 1))
               select new InkCell((double)Ink[at] / (_cell * _cell), greys.Darkest, greys.Lightest, isRim),
        ];
    }

    private Box InPixels(Box cells) => new(cells.Left * _cell, cells.Top * _cell, cells.Width * _cell, cells.Height * _cell);

    public void Dispose()
    {
        Bitmap.Dispose();
        _greys.Dispose();
        PixelPool.Shared.Return(_explained, clearArray: true);
        PixelPool.Shared.Return(_counts, clearArray: true);
    }

    private void Count(InkBitmap bitmap)
    {
        for (int y = 0; y < bitmap.Height; y++)
        {
            ReadOnlySpan<byte> row = bitmap.Row(y);
            if (!row.ContainsAnyExcept((byte)0))
                continue;

            Span<int> cells = Ink.Slice(y / _cell * _columns, _columns);
            for (int column = 0, x = 0; column < _columns; column++)
            {
                int end = Math.Min(x + _cell, row.Length), sum = 0;
                for (; x < end; x++)
                    sum += row[x];
                cells[column] += sum;
            }
        }
    }
}
