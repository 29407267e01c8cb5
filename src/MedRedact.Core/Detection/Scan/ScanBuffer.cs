using System.Collections.Concurrent;

namespace MedRedact.Detection;

/// <summary>
/// The memory of one scan: normal text, its origins, tokens, phrases, hits. Kept and reused, so that a document allocates nearly
/// nothing after warm-up, and cleared before it is put away, so that no text outlives its scan.
/// </summary>
internal sealed class ScanBuffer : IDisposable
{
    /// <summary>Larger buffers are left to the collector rather than kept for ever.</summary>
    private const int LargestKept = 2 << 20;
    private static readonly ConcurrentBag<ScanBuffer> s_idle = [];

    private char[] _normal = [];
    private int[] _origins = [];
    private bool _isMapped;
    private int _normalLength;
    private readonly List<PlainLine> _lines = [];
    private readonly List<PhraseHit> _joinedPhrases = [];
    private Token[] _joined = [];
    private int _joinedCount;

    public Token[] Tokens = new Token[1024];
    public int TokenCount;
    public List<PhraseHit> Phrases { get; } = [];
    public HitList Hits { get; } = new();

    /// <summary>Tokens [First, End) of lines that a margin broke.</summary>
    public List<(int First, int End)> Runs { get; } = [];

    public static ScanBuffer Rent() => s_idle.TryTake(out ScanBuffer? buffer) ? buffer : new ScanBuffer();

    /// <summary>Reads the text once; the scan borrows it and this buffer.</summary>
    public TextScan Scan(ReadOnlySpan<char> text, PageLayout? layout = null, RuleSet? rules = null)
    {
        ReadOnlySpan<char> normal = text;
        _isMapped = !TextNormalizer.IsNormal(text);
        if (_isMapped)
        {
            if (_normal.Length < text.Length * 2)
                (_normal, _origins) = (new char[text.Length * 2], new int[(text.Length * 2) + 1]);
            _normalLength = TextNormalizer.Normalize(text, _normal, _origins);
            normal = _normal.AsSpan(0, _normalLength);
        }

        Vocabulary vocabulary = Vocabulary.Default;
        Tokenizer.Read(normal, vocabulary, this);
        var scan = new TextScan(normal, Tokens.AsSpan(0, TokenCount), Phrases, vocabulary);
        Span<Token> tokens = Tokens.AsSpan(0, TokenCount);
        if (layout is not null)
        {
            ColumnReader.MarkGaps(layout, this, tokens);
            LineWraps.Find(layout, this, scan, tokens, Runs);
        }
        else
        {
            PlainLine.Read(scan, _lines);
            PlainWraps.Find(_lines, scan, Runs);
        }

        PhraseFinder.Find(scan, Phrases);
        if (rules is not null)
            DeclaredLabels.Add(rules, scan, Phrases);
        if (layout is not null)
            ColumnReader.LookBelow(layout, this, scan, tokens);
        else
            PlainColumns.LookBelow(_lines, scan);
        return scan;
    }

    /// <summary>One of the runs as one line; the scan borrows this buffer until the next.</summary>
    public TextScan Joined(in TextScan scan, (int First, int End) run, RuleSet? rules)
    {
        ReadOnlySpan<Token> broken = scan.Tokens[run.First..run.End];
        if (_joined.Length < broken.Length)
        {
            Array.Clear(_joined);
            _joined = new Token[Math.Max(broken.Length, 256)];
        }

        _joinedCount = Math.Max(_joinedCount, broken.Length);
        Span<Token> tokens = _joined.AsSpan(0, broken.Length);
        broken.CopyTo(tokens);
        for (int i = 1; i < tokens.Length; i++)
        {
            tokens[i].Line = tokens[0].Line;
            tokens[i].Traits &= ~TokenTraits.FirstOnLine;
        }

        _joinedPhrases.Clear();
        var joined = new TextScan(scan.Text, tokens, _joinedPhrases, scan.Vocabulary, scan.Case);
        PhraseFinder.Find(joined, _joinedPhrases);
        if (rules is not null)
            DeclaredLabels.Add(rules, joined, _joinedPhrases);
        return joined;
    }

    /// <summary>A span of the scanned text, back in the text it came from; grows over invisible characters, never shrinks.</summary>
    public (int Start, int End) ToOriginal(int start, int end) =>
        _isMapped ? (_origins[start], Math.Max(_origins[end - 1] + 1, _origins[end])) : (start, end);

    /// <summary>Whether the scanned text is another than the one it came from.</summary>
    public bool IsMapped => _isMapped;

    /// <summary>A span of the text, in the scanned text; empty where nothing of it was kept.</summary>
    public (int Start, int End) ToScanned(int start, int end) => _isMapped ? (FirstFrom(start), FirstFrom(end)) : (start, end);

    private int FirstFrom(int origin)
    {
        int at = _origins.AsSpan(0, _normalLength).BinarySearch(origin);
        if (at < 0)
            return ~at;
        while (at > 0 && _origins[at - 1] == origin)
            at--;
        return at;
    }

    public ref Token Add()
    {
        if (TokenCount == Tokens.Length)
        {
            Token[] full = Tokens;
            Array.Resize(ref Tokens, full.Length * 2);
            Array.Clear(full);
        }

        return ref Tokens[TokenCount++];
    }

    public void Dispose()
    {
        Array.Clear(_normal, 0, _normalLength);
        Array.Clear(Tokens, 0, TokenCount);
        TokenCount = 0;
        _normalLength = 0;
        Array.Clear(_joined, 0, _joinedCount);
        _joinedCount = 0;
        _joinedPhrases.Clear();
        Runs.Clear();
        _lines.Clear();
        Phrases.Clear();
        Hits.Clear();
        if (Tokens.Length + _joined.Length + _normal.Length <= LargestKept)
            s_idle.Add(this);
    }
}
