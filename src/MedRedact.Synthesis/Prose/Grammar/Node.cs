namespace MedRedact.Synthesis;

/// <summary>One piece of a grammar: it writes itself, each time anew.</summary>
internal abstract class Node
{
    public abstract void Write(Composer to);
}

internal sealed class Literal(string text) : Node
{
    public override void Write(Composer to) => to.Append(text);
}

internal sealed class Sequence(IReadOnlyList<Node> parts) : Node
{
    public override void Write(Composer to)
    {
        foreach (Node part in parts)
            part.Write(to);
    }
}

/// <summary>One alternative of several, seldom the same twice in a text.</summary>
internal sealed class Choice : Node
{
    private readonly Node[] _nodes;
    private readonly int[] _upTo;
    private readonly int _first;

    /// <param name="alternatives">At least one.</param>
    /// <param name="first">The number of the first among the alternatives of all choices.</param>
    public Choice(IReadOnlyList<(Node Node, int Weight)> alternatives, int first)
    {
        _first = first;
        _nodes = [.. alternatives.Select(alternative => alternative.Node)];
        _upTo = new int[_nodes.Length];
        for (int i = 0, sum = 0; i < _upTo.Length; i++)
            _upTo[i] = sum += alternatives[i].Weight;
    }

    public override void Write(Composer to)
    {
        int chosen = Draw(to.Random);
        for (int retry = 0; retry < 2 && _nodes.Length >= 6 && to.WasUsed(_first + chosen); retry++)
            chosen = Draw(to.Random);
        _nodes[chosen].Write(to);
    }

    private int Draw(SeededRandom random)
    {
        int at = Array.BinarySearch(_upTo, random.Between(1, _upTo[^1]));
        return at < 0 ? ~at : at;
    }
}

/// <summary>A stretch that is labelled.</summary>
internal sealed class Marked(FactKind kind, Node inner) : Node
{
    public override void Write(Composer to)
    {
        to.Open(kind);
        inner.Write(to);
        to.Close();
    }
}

/// <summary>Several of a kind, with something between. What ends without a stop has its line to itself.</summary>
internal sealed class Repeat(Node inner, int low, int high, string between) : Node
{
    public override void Write(Composer to)
    {
        int count = to.Random.Between(low, high);
        for (int i = 0; i < count; i++)
        {
            if (i > 0)
                to.Append(between == " " && to.EndsOpen ? "\n" : between);
            inner.Write(to);
        }
    }
}

/// <summary>A rule by its name; rules may call each other in any order.</summary>
internal sealed class Call(Grammar grammar, string name) : Node
{
    private Node? _rule;

    public override void Write(Composer to) => (_rule ??= grammar.Rule(name)).Write(to);
}

/// <summary>What words alone cannot say: people, dates, numbers.</summary>
internal sealed class Slot(Action<Composer> write) : Node
{
    public override void Write(Composer to) => write(to);
}

/// <summary>The same in other letters: <c>^</c> first letter large, <c>!</c> all large, <c>_</c> all small, <c>~</c> small and without accents.</summary>
internal sealed class Recased(Node inner, char how) : Node
{
    public override void Write(Composer to)
    {
        int start = to.Length;
        inner.Write(to);
        to.Recase(start, how);
    }
}

/// <summary>One wording for a man, one for a woman.</summary>
internal sealed class BySex(Node man, Node woman) : Node
{
    public override void Write(Composer to) => (to.Cast.Of("patient").IsFemale ? woman : man).Write(to);
}

/// <summary>Names and places from the lists, as often as they occur.</summary>
internal sealed class Listed(WeightedList list, int part) : Node
{
    public override void Write(Composer to)
    {
        string value = list.Draw(to.Random);
        int bar = value.IndexOf('|', StringComparison.Ordinal);
        to.Append(bar < 0 ? value : part == 0 ? value[..bar] : value[(bar + 1)..]);
    }
}
