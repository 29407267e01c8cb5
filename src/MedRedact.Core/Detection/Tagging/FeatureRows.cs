using System.Runtime.CompilerServices;

namespace MedRedact.Detection;

/// <summary>Groups of features: what evidence speaks of, and what training leaves out at random.</summary>
internal enum FeatureGroup : byte
{
    Word,
    Lexicon,
    Form,
    Context,
    Layout,
    Rules,
}

/// <summary>The rows of the model that one token's features lie in, each with its group.</summary>
internal ref struct FeatureRows(Span<int> rows, int bits, int dropped)
{
    /// <summary>More than the templates make.</summary>
    public const int Most = 96;

    private const uint Pieces = 1000;

    private readonly Span<int> _rows = rows;
    private uint _template;
    private FeatureGroup _group;
    private bool _isDropped;

    public int Count { get; private set; }

    /// <summary>Where the groups end, for evidence: entry g is one past the last row of group g.</summary>
    public FeatureEnds Ends;

    public void Begin(FeatureGroup group)
    {
        _group = group;
        _isDropped = (dropped >> (int)group & 1) != 0;
    }

    public void End() => Ends[(int)_group] = Count;

    /// <summary>One feature: the next template with a value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ulong value) => Add(++_template, value);

    /// <summary>One of several features of one template, of which a token may have any number.</summary>
    public void AddPiece(ulong value) => Add(Pieces, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(uint template, ulong value)
    {
        if (_isDropped)
            return;
        ulong hash = (value + (template * 0x9E3779B97F4A7C15UL)) * 0xD6E8FEB86659FD93UL;
        hash ^= hash >> 32;
        hash *= 0xD6E8FEB86659FD93UL;
        _rows[Count++] = (int)(hash >> (64 - bits));
    }

    public static ulong Join(ulong one, ulong two) => (one * 0xA24BAED4963EE407UL) ^ (two + 0x9FB21C651E98DF25UL);
}

[InlineArray(6)]
internal struct FeatureEnds
{
    private int _first;
}
