using System.Runtime.InteropServices;

namespace MedRedact.Detection;

/// <summary>Phrases of any words, found in a scan by whole words whatever their case, accents and the signs between them.</summary>
/// <typeparam name="T">What a phrase means; a phrase may mean several things.</typeparam>
internal sealed class WordTrie<T>
{
    public const int MaxWords = 12;
    private const string Between = ".,/-'&()";

    private readonly Dictionary<(int Node, ulong Word), int> _edges = [];
    private readonly List<List<T>> _meanings = [[]];

    public bool IsEmpty => _edges.Count == 0;

    /// <summary>Adds a phrase; says whether it was one.</summary>
    public bool Add(string phrase, T meaning)
    {
        List<ulong> words = Words(phrase);
        if (words.Count is 0 or > MaxWords)
            return false;
        int node = 0;
        foreach (ulong word in words)
        {
            ref int next = ref CollectionsMarshal.GetValueRefOrAddDefault(_edges, (node, word), out bool exists);
            if (!exists)
            {
                next = _meanings.Count;
                _meanings.Add([]);
            }

            node = next;
        }

        _meanings[node].Add(meaning);
        return true;
    }

    /// <summary>The longest phrase that begins at a token; returns the token after it, or <paramref name="first"/> when there is none.</summary>
    public int Match(in TextScan scan, int first, out IReadOnlyList<T> meanings)
    {
        meanings = [];
        int end = first;
        int node = 0;
        for (int at = first; at >= 0; at = NextWord(scan, at))
        {
            if (scan.Tokens[at].Kind == TokenKind.Symbol || !_edges.TryGetValue((node, WordHash.Of(scan.Slice(at))), out node))
                break;
            if (_meanings[node].Count > 0)
                (end, meanings) = (at + 1, _meanings[node]);
        }

        return end;
    }

    private static int NextWord(in TextScan scan, int token)
    {
        int next = token + 1;
        for (int signs = 0; signs < 2 && next < scan.Count && scan.Tokens[next].Kind == TokenKind.Symbol && Between.Contains(scan.Tokens[next].First, StringComparison.Ordinal); signs++)
            next++;
        return scan.SameLine(next, token) && !scan.Tokens[next].IsAfterGap ? next : -1;
    }

    private static List<ulong> Words(string phrase)
    {
        using ScanBuffer buffer = ScanBuffer.Rent();
        TextScan scan = buffer.Scan(phrase);
        var words = new List<ulong>();
        for (int i = 0; i < scan.Count; i++)
        {
            if (scan.Tokens[i].Kind != TokenKind.Symbol)
                words.Add(WordHash.Of(scan.Slice(i)));
        }

        return words;
    }
}
