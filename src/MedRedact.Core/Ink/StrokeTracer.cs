using System.Runtime.InteropServices;

namespace MedRedact.Ink;

/// <summary>Ink pixels of one row, side by side or with small gaps.</summary>
/// <param name="Row">The row.</param>
/// <param name="Left">The first.</param>
/// <param name="Right">Behind the last.</param>
/// <param name="Gaps">How many pixels between them are paper.</param>
internal readonly record struct InkRun(int Row, int Left, int Right, int Gaps = 0)
{
    public int Length => Right - Left;
}

/// <summary>Joins runs, given row by row, that touch, be it at a corner or across a few rows without ink.</summary>
/// <param name="width">Pixels across.</param>
/// <param name="reach">How many rows further up a run may lie and still be touched; 1 is the next row.</param>
internal sealed class StrokeTracer(int width, int reach)
{
    private readonly List<InkRun> _runs = [];
    private readonly List<int> _parents = [];

    // The last run that covered each column, plus 1.
    private readonly int[] _latest = new int[width];

    /// <summary>Adds a run; rows never go back.</summary>
    public void Add(InkRun run)
    {
        int self = _runs.Count;
        _runs.Add(run);
        _parents.Add(self);
        for (int x = Math.Max(0, run.Left - 1); x < Math.Min(width, run.Right + 1); x++)
        {
            int other = _latest[x] - 1;
            if (other >= 0 && run.Row - _runs[other].Row <= reach)
                _parents[Root(other)] = Root(self);
        }

        _latest.AsSpan(run.Left, run.Length).Fill(self + 1);
    }

    /// <summary>The strokes, each with its runs.</summary>
    public IEnumerable<(Stroke Stroke, List<InkRun> Runs)> Strokes()
    {
        var strokes = new Dictionary<int, (Stroke Stroke, List<InkRun> Runs)>();
        for (int i = 0; i < _runs.Count; i++)
        {
            ref (Stroke Stroke, List<InkRun> Runs) at = ref CollectionsMarshal.GetValueRefOrAddDefault(strokes, Root(i), out bool known);
            if (!known)
                at = (new Stroke(), []);
            at.Stroke.Add(_runs[i]);
            at.Runs.Add(_runs[i]);
        }

        return strokes.Values;
    }

    private int Root(int at)
    {
        while (_parents[at] != at)
            at = _parents[at] = _parents[_parents[at]];
        return at;
    }
}
