namespace MedRedact.Detection;

/// <summary>Reads a pattern: <c>ST-\d{6}(-[A-C])?</c>. Bounded in length, depth and repetition, so that what it makes is bounded too.</summary>
/// <remarks><c>\d</c> digit, <c>\u</c> capital, <c>\l</c> small letter, <c>\a</c> letter, <c>\w</c> letter or digit, <c>\</c> before a sign the sign itself;
/// <c>[A-F0-9]</c> one of a set; <c>?</c>, <c>{n}</c>, <c>{m,n}</c> after what is repeated; <c>( | )</c> one of several. Anything else stands for itself.</remarks>
internal ref struct ShapeParser
{
    public const int LongestMatch = 64;
    private const int LongestPattern = 256;
    private const int Deepest = 8;

    private readonly ReadOnlySpan<char> _pattern;
    private int _at;
    private int _depth;

    private ShapeParser(ReadOnlySpan<char> pattern) => _pattern = pattern;

    /// <summary>The tree of a pattern, or none where it is no pattern.</summary>
    public static ShapeNode? Parse(string pattern)
    {
        if (pattern.Length > LongestPattern)
            return null;
        var parser = new ShapeParser(pattern);
        return parser.Choice() is { } node && parser._at == pattern.Length && node.Length is { Least: >= 2, Most: <= LongestMatch } ? node : null;
    }

    private readonly char Next => _at < _pattern.Length ? _pattern[_at] : '\0';

    private ShapeNode? Choice()
    {
        var parts = new List<ShapeNode>();
        do
        {
            if (Sequence() is not { } part)
                return null;
            parts.Add(part);
        }
        while (Take('|'));
        return parts.Count == 1 ? parts[0] : new ShapeNode.Choice(parts);
    }

    private ShapeNode.Sequence? Sequence()
    {
        var parts = new List<ShapeNode>();
        while (_at < _pattern.Length && Next is not ('|' or ')'))
        {
            if (Atom() is not { } atom || Repeated(atom) is not { } part)
                return null;
            parts.Add(part);
        }

        return parts.Count == 0 ? null : new ShapeNode.Sequence(parts);
    }

    private ShapeNode? Atom()
    {
        char c = _pattern[_at++];
        switch (c)
        {
            case '(':
                if (++_depth > Deepest || Choice() is not { } inner || !Take(')'))
                    return null;
                _depth--;
                return inner;
            case '[':
                return Set();
            case '\\':
                return _at < _pattern.Length && Escaped(_pattern[_at++]) is { } escaped ? new ShapeNode.One(escaped) : null;
            case '*' or '+' or '?' or '.' or '^' or '$' or '{' or '}' or ']' or > '~' or < ' ':
                return null;
            default:
                return new ShapeNode.One(ShapeCharacters.Literal(c));
        }
    }

    private ShapeNode.One? Set()
    {
        var characters = default(ShapeCharacters);
        while (_at < _pattern.Length && Next != ']')
        {
            char first = _pattern[_at++];
            if (first == '\\')
            {
                if (_at == _pattern.Length || Escaped(_pattern[_at++]) is not { } escaped)
                    return null;
                characters |= escaped;
            }
            else if (Next == '-' && _at + 1 < _pattern.Length && _pattern[_at + 1] != ']')
            {
                char last = _pattern[_at + 1];
                _at += 2;
                bool sameKind = (char.IsAsciiDigit(first) && char.IsAsciiDigit(last)) || (char.IsAsciiLetterUpper(first) && char.IsAsciiLetterUpper(last))
                    || (char.IsAsciiLetterLower(first) && char.IsAsciiLetterLower(last));
                if (!sameKind || last < first)
                    return null;
                for (char c = first; c <= last; c++)
                    characters |= ShapeCharacters.Literal(c);
            }
            else if (first is >= ' ' and <= '~' and not ('[' or '^'))
            {
                characters |= ShapeCharacters.Literal(first);
            }
            else
            {
                return null;
            }
        }

        return Take(']') && characters != default ? new ShapeNode.One(characters) : null;
    }

    private ShapeNode? Repeated(ShapeNode part)
    {
        if (Take('?'))
            return new ShapeNode.Repeat(part, 0, 1);
        if (!Take('{'))
            return part;
        if (Count() is not { } least)
            return null;
        int most = least;
        if (Take(','))
        {
            if (Count() is not { } upper)
                return null;
            most = upper;
        }

        // The product with what stands inside stays within an int: 64 * 64 at most before the length is judged.
        return Take('}') && most >= least && most is > 0 and <= LongestMatch && part.Length.Most <= LongestMatch ? new ShapeNode.Repeat(part, least, most) : null;
    }

    private int? Count()
    {
        int start = _at;
        int value = 0;
        while (char.IsAsciiDigit(Next) && _at - start < 3)
            value = (value * 10) + (_pattern[_at++] - '0');
        return _at > start ? value : null;
    }

    private bool Take(char c)
    {
        if (Next != c)
            return false;
        _at++;
        return true;
    }

    private static ShapeCharacters? Escaped(char c) => c switch
    {
        'd' => ShapeCharacters.Digits,
        'u' => ShapeCharacters.UpperLetters,
        'l' => ShapeCharacters.LowerLetters,
        'a' => ShapeCharacters.Letters,
        'w' => ShapeCharacters.Letters | ShapeCharacters.Digits,
        >= ' ' and <= '~' when !char.IsAsciiLetterOrDigit(c) => ShapeCharacters.Literal(c),
        _ => null,
    };
}
