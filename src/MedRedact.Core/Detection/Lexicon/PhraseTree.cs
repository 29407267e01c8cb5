using System.Runtime.InteropServices;

namespace MedRedact.Detection;

/// <summary>Phrases as a tree of word indices, so that a text is matched against all of them in one walk.</summary>
internal sealed class PhraseTree
{
    /// <summary>Longer phrases are refused, which bounds the work a token can cause.</summary>
    public const int MaxWords = 8;

    private readonly Dictionary<long, int> _edges = [];
    private readonly List<(PhraseKind Kind, LabelStrength Strength)> _nodes = [default, default];

    /// <summary>Adds a phrase; <paramref name="firstNode"/> is the node that its first word leads to, 0 to have one made.</summary>
    public int Add(int firstNode, ReadOnlySpan<int> words, PhraseKind kind, LabelStrength strength)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(words.Length, MaxWords);
        if (firstNode == 0)
            firstNode = NewNode();
        int node = firstNode;
        foreach (int word in words[1..])
        {
            ref int next = ref CollectionsMarshal.GetValueRefOrAddDefault(_edges, Key(node, word), out bool exists);
            if (!exists)
                next = NewNode();
            node = next;
        }

        // The first list to name a phrase wins: labels are read before places.
        if (_nodes[node].Kind == PhraseKind.None)
            _nodes[node] = (kind, strength);
        return firstNode;
    }

    public int Next(int node, int word) => _edges.GetValueOrDefault(Key(node, word));

    public (PhraseKind Kind, LabelStrength Strength) At(int node) => _nodes[node];

    private int NewNode()
    {
        _nodes.Add(default);
        return _nodes.Count - 1;
    }

    private static long Key(int node, int word) => ((long)node << 32) | (uint)word;
}
