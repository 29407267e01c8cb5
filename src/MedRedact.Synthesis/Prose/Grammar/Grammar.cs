using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;

namespace MedRedact.Synthesis;

/// <summary>The rules that prose is made by, from the text files in Data: <c>= rule</c> and below it one alternative a line, <c>3*</c> before one
/// that comes three times as often; <c>== rule</c> and below it plain alternatives parted by commas.</summary>
internal sealed class Grammar
{
    private readonly FrozenDictionary<string, Node> _rules;
    private readonly FrozenDictionary<string, WeightedList> _lists;
    private readonly HashSet<string> _called = new(StringComparer.Ordinal);

    private Grammar(Assembly assembly)
    {
        var rules = new Dictionary<string, List<(Node, int)>>(StringComparer.Ordinal);
        var files = assembly.GetManifestResourceNames().Where(name => name.StartsWith("prose/", StringComparison.Ordinal) && name.EndsWith(".txt", StringComparison.Ordinal));
        foreach (string name in files.Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            Read(reader, rules);
        }

        var all = rules.ToDictionary(rule => rule.Key, rule => (Node)ChoiceOf(rule.Value), StringComparer.Ordinal);
        _lists = WeightedList.ReadAll(assembly.GetManifestResourceStream("prose/lists.bin")!).ToFrozenDictionary(list => list.Name, list => list.List, StringComparer.Ordinal);
        foreach ((string name, WeightedList list) in _lists)
        {
            all.Add(name, new Listed(list, 0));
            all.Add(name + "+", new Listed(list, 1));
        }

        _rules = all.ToFrozenDictionary(StringComparer.Ordinal);
        if (_called.FirstOrDefault(name => !_rules.ContainsKey(name)) is { } missing)
            throw new FormatException($"Grammar: no rule '{missing}'.");
    }

    public static Grammar Shared { get; } = new(typeof(Grammar).Assembly);

    public Node Rule(string name) => _rules.TryGetValue(name, out Node? rule) ? rule : throw new FormatException($"Grammar: no rule '{name}'.");

    public WeightedList List(string name) => _lists[name];

    public bool Has(string name) => _rules.ContainsKey(name);

    /// <summary>How many alternatives all choices have together.</summary>
    public int Alternatives { get; private set; }

    public Choice ChoiceOf(List<(Node, int)> alternatives)
    {
        var choice = new Choice(alternatives, Alternatives);
        Alternatives += alternatives.Count;
        return choice;
    }

    /// <summary>A call of a rule, which must exist once all is read.</summary>
    public Call CallOf(string name)
    {
        _called.Add(name);
        return new Call(this, name);
    }

    private void Read(TextReader reader, Dictionary<string, List<(Node, int)>> rules)
    {
        List<(Node, int)>? current = null;
        bool isList = false;
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#')
                continue;
            if (line.StartsWith('='))
            {
                isList = line.StartsWith("==", StringComparison.Ordinal);
                string name = line.TrimStart('=').Trim();
                if (!rules.TryAdd(name, current = []))
                    throw new FormatException($"Grammar: rule '{name}' twice.");
            }
            else if (isList)
            {
                current!.AddRange(line.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(item => (GrammarReader.Read(this, item), 1)));
            }
            else
            {
                int digits = 0;
                while (digits < line.Length && char.IsAsciiDigit(line[digits]))
                    digits++;
                bool weighted = digits > 0 && digits < line.Length && line[digits] == '*';
                current!.Add(weighted
                    ? (GrammarReader.Read(this, line[(digits + 1)..]), int.Parse(line[..digits], CultureInfo.InvariantCulture))
                    : (GrammarReader.Read(this, line), 1));
            }
        }
    }
}
