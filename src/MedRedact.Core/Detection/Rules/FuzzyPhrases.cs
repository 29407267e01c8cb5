using System.Runtime.InteropServices;

namespace MedRedact.Detection;

/// <summary>Phrases that are also found as recognition may have misread them: a look-alike glyph costs little, any other edit costs one.</summary>
/// <remarks>Looked up, not searched: phrases are indexed by all that is left of their glyph classes when up to two are left out (W. Garbe's symmetric deletion), and
/// what is found so is measured with <see cref="OcrDistance"/>.</remarks>
internal sealed class FuzzyPhrases
{
    public const int Most = 5000;
    private const int ShortestPhrase = 4, LongestPhrase = 32, MostWords = 4, Deletions = 2;

    private readonly List<Entry> _entries = [];
    private readonly Dictionary<ulong, List<int>> _index = [];
    private int _shortest = int.MaxValue;
    private int _longest;
    private int _words;

    private sealed record Entry(string Letters, DeclaredRule Rule, double MaxDistance, float Score);

    public int Count => _entries.Count;

    public IEnumerable<PhiCategory> Categories => _entries.Select(entry => entry.Rule.Category).Distinct();

    /// <summary>Adds a phrase; says whether it was one.</summary>
    public bool Add(string phrase, DeclaredRule rule, double maxDistance, float score)
    {
        using ScanBuffer buffer = ScanBuffer.Rent();
        TextScan scan = buffer.Scan(phrase);
        Span<char> letters = stackalloc char[LongestPhrase];
        int length = 0;
        int words = 0;
        for (int token = 0; token < scan.Count; token++)
        {
            if (scan.Tokens[token].Kind == TokenKind.Symbol)
                continue;
            if (length + scan.Tokens[token].Length > LongestPhrase)
                return false;
            scan.Slice(token).CopyTo(letters[length..]);
            length += scan.Tokens[token].Length;
            words++;
        }

        if (length < ShortestPhrase || words > MostWords)
            return false;
        var keys = new Keys(letters[..length]);
        while (keys.TryNext(out ulong key))
        {
            ref List<int>? same = ref CollectionsMarshal.GetValueRefOrAddDefault(_index, key, out _);
            (same ??= []).Add(_entries.Count);
        }

        // Short phrases bear less: a quarter of their letters at most.
        _entries.Add(new Entry(letters[..length].ToString(), rule, Math.Min(maxDistance, length * 0.25), score));
        (_shortest, _longest, _words) = (Math.Min(_shortest, length), Math.Max(_longest, length), Math.Max(_words, words));
        return true;
    }

    /// <summary>Adds a hit where a phrase begins at a token, as written or misread; returns the token after it, or the token.</summary>
    public int Find(in TextScan scan, int first, HitList hits)
    {
        if (_entries.Count == 0 || scan.Tokens[first].Kind == TokenKind.Symbol || RunsOn(scan, first) || (scan.Case == CaseStyle.Mixed && scan.Tokens[first] is { IsWord: true, IsCapitalized: false }))
            return first;

        Span<char> letters = stackalloc char[LongestPhrase + Deletions];
        int length = 0;
        (Entry? Entry, double Distance, int End) best = default;
        bool ordinary = true;
        int words = 0;

        // One word more than the longest phrase has: recognition also parts words.
        for (int at = first; scan.SameLine(at, first) && length + scan.Tokens[at].Length <= Math.Min(letters.Length, _longest + Deletions); at++)
        {
            if (scan.Tokens[at].Kind == TokenKind.Symbol)
            {
                if (scan.Tokens[at].First is '.' or '\'' or '-' or '&' or ',')
                    continue;
                break;
            }

            bool runsOn = at > first && RunsOn(scan, at);
            if (at > first && (scan.Tokens[at].IsAfterGap || (words > _words && !runsOn)))
                break;
            scan.Slice(at).CopyTo(letters[length..]);
            length += scan.Tokens[at].Length;
            words += runsOn ? 0 : 1;
            ordinary &= scan.Tokens[at].IsWord && (scan.Info(at).Class & (WordClass.Common | WordClass.Dictionary | WordClass.Clinical)) != 0;
            if (length >= _shortest - Deletions && !RunsOn(scan, at + 1) && Nearest(letters[..length], out Entry? entry, out double distance)
                && (distance == 0 || !ordinary) && (best.Entry is null || distance <= best.Distance))
                best = (entry, distance, at + 1);
        }

        if (best.Entry is null)
            return first;
        float lost = (float)(0.2 * best.Distance);
        var ground = new Ground(best.Distance == 0 ? Rule.ListedPhrase : Rule.MisreadPhrase, scan.Tokens[first].Start, scan.Tokens[best.End - 1].End, Math.Max(0.01f, best.Entry.Score - lost));
        hits.Add(new Hit(ground.Start, ground.End, best.Entry.Rule.Kind, Rule.Declared, ground.Contribution) { Source = best.Entry.Rule, First = ground });
        return best.End;
    }

    /// <summary>A digit in a word, or a letter in a number: what recognition reads for one word is several tokens.</summary>
    private static bool RunsOn(in TextScan scan, int token) => scan.IsGlued(token) && scan.Tokens[token].Kind != TokenKind.Symbol && scan.Tokens[token - 1].Kind != TokenKind.Symbol;

    private bool Nearest(ReadOnlySpan<char> letters, out Entry? nearest, out double distance)
    {
        (nearest, distance) = (null, double.MaxValue);
        var keys = new Keys(letters);
        while (keys.TryNext(out ulong key))
        {
            if (!_index.TryGetValue(key, out List<int>? candidates))
                continue;
            foreach (int candidate in candidates)
            {
                Entry entry = _entries[candidate];
                double apart = OcrDistance.Between(letters, entry.Letters, entry.MaxDistance);
                if (apart <= entry.MaxDistance && apart < distance)
                    (nearest, distance) = (entry, apart);
            }
        }

        return nearest is not null;
    }

    /// <summary>Hashes of a word's glyph classes with none, one and two of them left out.</summary>
    private ref struct Keys
    {
        private readonly ReadOnlySpan<char> _letters;
        private int _one = -1;
        private int _two = -1;
        private bool _done;

        public Keys(ReadOnlySpan<char> letters) => _letters = letters;

        public bool TryNext(out ulong key)
        {
            key = WordHash.Seed;
            if (_done)
                return false;
            for (int i = 0; i < _letters.Length; i++)
            {
                if (i != _one && i != _two)
                    key = WordHash.Add(key, GlyphClass(_letters[i]));
            }

            // (-1, -1), (0, -1), (0, 1), (0, 2) … (1, -1), (1, 2) …
            if (_one >= 0 && Math.Max(_one, _two) + 1 < _letters.Length)
                _two = Math.Max(_one, _two) + 1;
            else
                (_one, _two) = (_one + 1, -1);
            _done = _one == _letters.Length;
            return true;
        }

        /// <summary>Glyphs that <see cref="OcrDistance"/> takes for nearly the same, in classes wide enough that such pairs never part.</summary>
        private static char GlyphClass(char c) => CharTable.Fold(c) switch
        {
            '0' or 'O' or 'Q' or 'D' or 'C' or 'E' or 'A' or '4' => 'O',
            '1' or 'I' or 'L' or '|' or '!' or '7' or 'F' or 'T' or 'R' => 'I',
            'H' or 'N' or 'U' or 'V' or 'M' or 'W' => 'N',
            '5' or 'S' => 'S',
            '8' or 'B' or '3' or '&' or '6' or 'G' or '9' => 'B',
            '2' or 'Z' => 'Z',
            char other => other,
        };
    }
}
