using System.Collections.Concurrent;

namespace MedRedact.Detection;

/// <summary>One scan prepared for tagging: which tokens to tag, and what their features see. Rented, cleared when given back.</summary>
internal sealed class TaggerScan : IDisposable
{
    /// <summary>Larger ones are left to the collector rather than kept for ever.</summary>
    private const int LargestKept = 1 << 20;
    private static readonly ConcurrentBag<TaggerScan> s_idle = [];

    private int _count;
    private bool[] _active = [];
    private ushort[] _covers = [];
    private float[] _confidences = [];
    private float[] _outside = [];
    private byte[] _phrases = [];
    private TokenView[] _views = [];
    private int _label;
    private readonly SeenWords _seen = new();

    public TextLines Lines { get; } = new();

    public Lattice Lattice { get; } = new();

    public static TaggerScan Rent() => s_idle.TryTake(out TaggerScan? scan) ? scan : new TaggerScan();

    public ReadOnlySpan<bool> Active => _active.AsSpan(0, _count);

    public ReadOnlySpan<ushort> Covers => _covers.AsSpan(0, _count);

    /// <summary>Reads what features need of the whole text: marks, lines, words seen.</summary>
    public void Prepare(in TextScan scan, HitList hits)
    {
        _count = scan.Count;
        if (_active.Length < _count)
        {
            int size = Math.Max(_count, Math.Min(_active.Length * 2, LargestKept));
            (_active, _covers, _phrases) = (new bool[size], new ushort[size], new byte[size]);
            (_confidences, _outside) = (new float[size], new float[size]);
        }

        _label = -1;
        Detection.Covers.Read(scan, hits, _covers.AsSpan(0, _count), _confidences.AsSpan(0, _count));
        TaggerGate.Mark(scan, Covers, _active.AsSpan(0, _count));
        if (!Active.Contains(true))
            return;
        if (_views.Length < _count)
            _views = new TokenView[_active.Length];
        Lines.Read(scan);
        _seen.Read(scan, hits);
        foreach (PhraseHit phrase in scan.Phrases)
            _phrases.AsSpan(phrase.First, phrase.End - phrase.First).Fill((byte)phrase.Kind);
    }

    /// <summary>For each token the share of labellings that leave it outside; 0 where none was judged.</summary>
    public ReadOnlySpan<float> Outside => _outside.AsSpan(0, _count);

    public void Judge(int token, float outside) => _outside[token] = outside;

    /// <summary>The next run of tokens to tag at or after a token; empty at the end.</summary>
    public (int First, int End) Next(int from)
    {
        int first = from;
        while (first < _count && !_active[first])
            first++;
        int end = first;
        while (end < _count && _active[end] && end - first < TaggerGate.LongestSequence)
            end++;
        return (first, end);
    }

    /// <summary>The view of a token, made when it is first asked for; that of no token beyond the ends.</summary>
    public ref readonly TokenView View(in TextScan scan, int token)
    {
        if ((uint)token >= (uint)_count)
            return ref TokenViews.None;
        ref TokenView view = ref _views[token];
        if (view.Shape == 0)
            view = TokenViews.Read(scan, token, _covers[token], _phrases[token], _seen);
        return ref view;
    }

    /// <summary>The last label before a token on its line, and how many tokens ago it ended. Asked for in ascending order, give or take a few.</summary>
    public PhraseKind LabelBefore(in TextScan scan, int token, out int distance)
    {
        while (_label + 1 < scan.Phrases.Count && scan.Phrases[_label + 1].End <= token)
            _label++;
        distance = 0;
        for (int i = _label; i >= 0 && _label - i < 6 && scan.SameLine(scan.Phrases[i].First, token); i--)
        {
            PhraseHit phrase = scan.Phrases[i];
            if (phrase.Kind > PhraseKind.Neutral || phrase.End > token)
                continue;
            distance = token - phrase.End;
            return phrase.Kind;
        }

        return PhraseKind.None;
    }

    public void Dispose()
    {
        Array.Clear(_active, 0, _count);
        Array.Clear(_covers, 0, _count);
        Array.Clear(_confidences, 0, _count);
        Array.Clear(_outside, 0, _count);
        Array.Clear(_phrases, 0, _count);
        Array.Clear(_views, 0, Math.Min(_count, _views.Length));
        _seen.Clear();
        Lines.Clear();
        _count = 0;
        if (_active.Length <= LargestKept)
            s_idle.Add(this);
    }
}
