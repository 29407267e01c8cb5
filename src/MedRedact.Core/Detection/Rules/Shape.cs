namespace MedRedact.Detection;

/// <summary>A pattern made ready to be matched: each place of the pattern is a state, at most 128, so that a step is a few operations on 128 bits.</summary>
/// <remarks>
/// The position automaton (V. M. Glushkov, 1961), simulated; a match takes at most 64 steps, so that the time of a text grows with its length whatever the
/// text and the pattern are.
/// </remarks>
internal sealed class Shape
{
    private const int MostStates = 128;

    private readonly List<ShapeCharacters> _accepts = [];
    private readonly List<UInt128> _follow = [];
    private readonly UInt128 _first;
    private readonly UInt128 _last;

    private Shape(ShapeNode node)
    {
        Part whole = Build(node);
        (_first, _last) = (whole.First, whole.Last);
    }

    private readonly record struct Part(UInt128 First, UInt128 Last, bool CanBeEmpty);

    /// <summary>The shape of a pattern, or none where it is no pattern.</summary>
    public static Shape? Of(string pattern) => ShapeParser.Parse(pattern) is { } node && Places(node) <= MostStates ? new Shape(node) : null;

    /// <summary>Whether a match may begin with this character.</summary>
    public bool CanStart(char c, bool misread) => Step(_first, c, misread) != 0;

    /// <summary>The longest match that begins at a position and ends at the end of a word or number.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where the match begins.</param>
    /// <param name="misread">Whether a letter that looks like a digit may stand for one; at least as many digits must be read as such.</param>
    /// <param name="repaired">How many letters stood for digits.</param>
    /// <returns>The end of the match, or <paramref name="start"/>.</returns>
    public int Match(ReadOnlySpan<char> text, int start, bool misread, out int repaired)
    {
        repaired = 0;
        int end = start;
        int digits = 0;
        int letters = 0;
        UInt128 next = _first;
        for (int i = start; i < text.Length && i - start < ShapeParser.LongestMatch && next != 0; i++)
        {
            UInt128 at = Step(next, text[i], misread: false);
            if (at == 0 && misread && (at = Step(next, text[i], misread: true)) != 0)
                letters++;
            digits += char.IsAsciiDigit(text[i]) ? 1 : 0;
            if ((at & _last) != 0 && letters <= digits && EndsWord(text, i + 1))
                (end, repaired) = (i + 1, letters);
            next = 0;
            for (; at != 0; at &= at - 1)
                next |= _follow[(int)UInt128.TrailingZeroCount(at)];
        }

        return end;
    }

    private static bool EndsWord(ReadOnlySpan<char> text, int end) =>
        end == text.Length || !char.IsLetterOrDigit(text[end]) || !char.IsLetterOrDigit(text[end - 1]);

    private UInt128 Step(UInt128 states, char c, bool misread)
    {
        UInt128 at = 0;
        for (; states != 0; states &= states - 1)
        {
            int state = (int)UInt128.TrailingZeroCount(states);
            if ((misread ? _accepts[state].Misread : _accepts[state]).Contains(c))
                at |= UInt128.One << state;
        }

        return at;
    }

    private static long Places(ShapeNode node) => node switch
    {
        ShapeNode.Repeat repeat => repeat.Most * Places(repeat.Part),
        ShapeNode.Sequence sequence => sequence.Parts.Sum(Places),
        ShapeNode.Choice choice => choice.Parts.Sum(Places),
        _ => 1,
    };

    private Part Build(ShapeNode node) => node switch
    {
        ShapeNode.One one => Place(one.Characters),
        ShapeNode.Choice choice => choice.Parts.Select(Build).Aggregate((left, right) => new Part(left.First | right.First, left.Last | right.Last, left.CanBeEmpty || right.CanBeEmpty)),
        ShapeNode.Sequence sequence => sequence.Parts.Select(Build).Aggregate(Join),
        ShapeNode.Repeat repeat => Enumerable.Range(0, repeat.Most).Select(i => Build(repeat.Part) is var part && i >= repeat.Least ? part with { CanBeEmpty = true } : part).Aggregate(Join),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private Part Place(ShapeCharacters characters)
    {
        UInt128 state = UInt128.One << _accepts.Count;
        _accepts.Add(characters);
        _follow.Add(0);
        return new Part(state, state, CanBeEmpty: false);
    }

    private Part Join(Part left, Part right)
    {
        for (UInt128 ends = left.Last; ends != 0; ends &= ends - 1)
            _follow[(int)UInt128.TrailingZeroCount(ends)] |= right.First;
        return new Part(
            left.CanBeEmpty ? left.First | right.First : left.First,
            right.CanBeEmpty ? left.Last | right.Last : right.Last,
            left.CanBeEmpty && right.CanBeEmpty);
    }
}
