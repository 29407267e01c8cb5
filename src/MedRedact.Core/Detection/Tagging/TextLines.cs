namespace MedRedact.Detection;

/// <summary>The lines of a text that hold tokens: where each begins, and its form (how long, begun or ended by a number).</summary>
internal sealed class TextLines
{
    private int[] _starts = new int[256];
    private int[] _lineOf = [];
    private int _lines;
    private int _count;

    public void Read(in TextScan scan)
    {
        if (_lineOf.Length < scan.Count)
            _lineOf = new int[Math.Max(scan.Count, Math.Min(_lineOf.Length * 2, 1 << 20))];
        (_lines, _count) = (0, scan.Count);
        for (int i = 0; i < scan.Count; i++)
        {
            if (i == 0 || scan.Tokens[i].IsFirstOnLine)
            {
                if (_lines + 1 >= _starts.Length)
                    Array.Resize(ref _starts, _starts.Length * 2);
                _starts[_lines++] = i;
            }

            _lineOf[i] = _lines - 1;
        }

        _starts[_lines] = scan.Count;
    }

    public int Of(int token) => _lineOf[token];

    public int Start(int line) => _starts[line];

    public bool Exists(int line) => (uint)line < (uint)_lines;

    /// <summary>A small number for the form of a line; 0 where there is none.</summary>
    public uint Form(in TextScan scan, int line)
    {
        if (!Exists(line))
            return 0;
        (int first, int end) = (_starts[line], _starts[line + 1]);
        uint length = (end - first) switch { <= 4 => (uint)(end - first), <= 7 => 5, <= 12 => 6, _ => 7 };
        return 1 + (length * 8) + (scan.Tokens[first].IsNumber ? 1u : 0) + (scan.Tokens[end - 1].IsNumber ? 2u : 0)
            + (scan.Tokens[first].IsWord && scan.Tokens[first].IsCapitalized ? 4u : 0);
    }

    public void Clear() => Array.Clear(_lineOf, 0, _count);
}
