using System.Globalization;
using System.Text;

namespace MedRedact.Synthesis;

/// <summary>Reads one alternative of a rule.</summary>
/// <remarks><c>{rule}</c> calls a rule or a slot; <c>{^rule}</c> begins it with a capital, <c>{!rule}</c> writes it in capitals, <c>{_rule}</c> in
/// small letters, <c>{~rule}</c> in small letters without accents; <c>{rule*2-5/, }</c> repeats it; <c>[a|2*b|]</c> chooses; <c>&lt;org:text&gt;</c> labels; <c>{@man|woman}</c> agrees with the
/// patient; <c>{#1-9}</c> is a number, <c>{%##-AA}</c> digits and letters; <c>\n</c> ends a line, and a backslash takes any sign for itself.</remarks>
internal sealed class GrammarReader(Grammar grammar, string line)
{
    private int _at;

    public static Node Read(Grammar grammar, string line)
    {
        var reader = new GrammarReader(grammar, line);
        Node node = reader.Sequence("");
        return reader._at == line.Length ? node : throw new FormatException($"Grammar: unexpected '{line[reader._at]}' at {reader._at} of: {line}");
    }

    private Node Sequence(string until)
    {
        var parts = new List<Node>();
        var text = new StringBuilder();
        while (_at < line.Length && !until.Contains(line[_at], StringComparison.Ordinal))
        {
            char c = line[_at++];
            switch (c)
            {
                case '\\':
                    text.Append(Escaped(line[_at++]));
                    break;
                case '{':
                    Flush();
                    parts.Add(Brace());
                    break;
                case '[':
                    Flush();
                    parts.Add(Alternatives(']'));
                    break;
                case '<':
                    Flush();
                    parts.Add(Label());
                    break;
                default:
                    text.Append(c);
                    break;
            }
        }

        Flush();
        return parts.Count == 1 ? parts[0] : new Sequence(parts);

        void Flush()
        {
            if (text.Length > 0)
                parts.Add(new Literal(text.ToString()));
            text.Clear();
        }
    }

    private Choice Alternatives(char end)
    {
        var alternatives = new List<(Node, int)>();
        do
        {
            int weight = Weight();
            alternatives.Add((Sequence("|" + end), weight));
        }
        while (_at < line.Length && line[_at++] == '|');
        return grammar.ChoiceOf(alternatives);
    }

    private Marked Label()
    {
        FactKind kind = FactKinds.Named(Until(':'));
        Node inner = Sequence(">");
        Expect('>');
        return new Marked(kind, inner);
    }

    private Node Brace()
    {
        char how = line[_at];
        if (how == '@')
        {
            _at++;
            Node man = Sequence("|");
            Expect('|');
            Node woman = Sequence("}");
            Expect('}');
            return new BySex(man, woman);
        }

        string call = Until('}');
        if (how is '^' or '!' or '_' or '~')
            return new Recased(Repeated(call[1..]), how);
        return Repeated(call);
    }

    private Node Repeated(string call)
    {
        int star = call[0] is '#' or '%' ? -1 : call.IndexOf('*', StringComparison.Ordinal);
        if (star < 0)
            return Slots.For(call) is { } write ? new Slot(write) : grammar.CallOf(call);
        int slash = call.IndexOf('/', star);
        string[] bounds = call[(star + 1)..(slash < 0 ? call.Length : slash)].Split('-');
        string between = slash < 0 ? " " : call[(slash + 1)..].Replace("\\n", "\n", StringComparison.Ordinal);
        return new Repeat(Repeated(call[..star]), int.Parse(bounds[0], CultureInfo.InvariantCulture), int.Parse(bounds[^1], CultureInfo.InvariantCulture), between);
    }

    private int Weight()
    {
        int end = _at;
        while (end < line.Length && char.IsAsciiDigit(line[end]))
            end++;
        if (end == _at || end >= line.Length || line[end] != '*')
            return 1;
        int weight = int.Parse(line[_at..end], CultureInfo.InvariantCulture);
        _at = end + 1;
        return weight;
    }

    private string Until(char end)
    {
        int stop = line.IndexOf(end, _at);
        if (stop < 0)
            throw new FormatException($"Grammar: no '{end}' in: {line}");
        string inside = line[_at..stop];
        _at = stop + 1;
        return inside;
    }

    private void Expect(char c)
    {
        if (_at >= line.Length || line[_at++] != c)
            throw new FormatException($"Grammar: '{c}' missing in: {line}");
    }

    private static char Escaped(char c) => c switch { 'n' => '\n', 't' => '\t', 's' => ' ', _ => c };
}
