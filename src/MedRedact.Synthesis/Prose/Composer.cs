using System.Collections.Immutable;
using System.Text;

namespace MedRedact.Synthesis;

/// <summary>One text in the making: what is written so far, where it is labelled, who takes part.</summary>
internal sealed class Composer
{
    private readonly StringBuilder _text = new();
    private readonly List<(int Start, int End, FactKind Kind)> _spans = [];
    private readonly ulong[] _used;
    private int _depth, _start, _article = -1;
    private FactKind _kind;

    public Composer(Grammar grammar, SeededRandom random, ProseKind kind)
    {
        (Grammar, Random, Kind) = (grammar, random, kind);
        _used = new ulong[grammar.Alternatives / 64 + 1];
        Cast = new Cast(this);
        Calendar = new Calendar(random, kind == ProseKind.Spanish);
    }

    public Grammar Grammar { get; }

    public SeededRandom Random { get; }

    public ProseKind Kind { get; }

    public Cast Cast { get; }

    public Calendar Calendar { get; }

    public int Length => _text.Length;

    /// <summary>Whether the last sign is a letter or a digit.</summary>
    public bool EndsOpen => _text.Length > 0 && char.IsLetterOrDigit(_text[^1]);

    public void Append(string text)
    {
        if (text.Length == 0)
            return;
        if (_article >= 0)
            Agree(text);

        // Choices of nothing leave two spaces behind, or one before a full stop.
        bool afterSpace = _text.Length > 0 && _text[^1] is ' ' && (_text.Length == 1 || _text[^2] is not (' ' or '\n'));
        if (afterSpace && (text[0] is '.' or ',' or ';' or '?' or '!' or ')' || text[0] == '\n' || text[0] == ' ' && (text.Length == 1 || text[1] != ' ')))
        {
            _text.Length--;
            _start = Math.Min(_start, _text.Length);
        }

        if (text == " " && _text.Length > 0 && _text[^1] == '\n')
            return;
        bool atLineStart = _text.Length == 0 || _text[^1] == '\n';
        _text.Append(atLineStart && text[0] == ' ' && text.Length > 1 && text[1] != ' ' ? text.AsSpan(1) : text);
    }

    /// <summary>Writes <c>a</c>, which becomes <c>an</c> where the next word asks for it.</summary>
    public void AppendArticle()
    {
        Append("a");
        _article = _text.Length;
    }

    private void Agree(string next)
    {
        ReadOnlySpan<char> word = next.AsSpan().TrimStart();
        if (word.IsEmpty)
            return;
        bool vowel = "aeiouAEIOUáéíóúÁÉÍÓÚöÖ".Contains(word[0], StringComparison.Ordinal) && !word.StartsWith("uni", StringComparison.OrdinalIgnoreCase)
            || word[0] == '8' || word is "11" or "18";
        if (vowel)
        {
            _text.Insert(_article, 'n');
            if (_start >= _article)
                _start++;
        }

        _article = -1;
    }

    /// <summary>Begins a labelled stretch; one inside another is part of the outer.</summary>
    public void Open(FactKind kind)
    {
        if (_depth++ == 0)
            (_start, _kind) = (_text.Length, kind);
    }

    public void Close()
    {
        if (--_depth > 0)
            return;
        int end = _text.Length;
        while (_start < end && char.IsWhiteSpace(_text[_start]))
            _start++;
        while (end > _start && char.IsWhiteSpace(_text[end - 1]))
            end--;
        if (end > _start)
            _spans.Add((_start, end, _kind));
    }

    public void Plant(string text, FactKind kind)
    {
        Open(kind);
        Append(text);
        Close();
    }

    public void Recase(int start, char how)
    {
        if (how == '~')
        {
            string plain = Accents.Fold(_text.ToString(start, _text.Length - start)).ToLowerInvariant();
            _text.Length = start;
            _text.Append(plain);
            return;
        }

        for (int i = start; i < _text.Length; i++)
        {
            _text[i] = how == '_' ? char.ToLowerInvariant(_text[i]) : char.ToUpperInvariant(_text[i]);
            if (how == '^')
                break;
        }
    }

    /// <summary>Writes a rule aside and gives back its letters; labels in it are lost.</summary>
    public string Say(string rule)
    {
        int start = _text.Length;
        _depth++;
        Grammar.Rule(rule).Write(this);
        _depth--;
        string said = _text.ToString(start, _text.Length - start);
        _text.Length = start;
        return said;
    }

    /// <summary>Whether this text has had the alternative; from now on it has.</summary>
    public bool WasUsed(int alternative)
    {
        ulong bit = 1UL << (alternative & 63);
        bool was = (_used[alternative >> 6] & bit) != 0;
        _used[alternative >> 6] |= bit;
        return was;
    }

    public SyntheticText Finish()
    {
        string text = _text.ToString();
        return new SyntheticText(text, [.. _spans.Select(span => Span(text, span.Start, span.End, span.Kind))], Kind);
    }

    private static TruthSpan Span(string text, int start, int end, FactKind kind)
    {
        (string type, string category, bool isPhi) = kind.Label();
        return new TruthSpan(start, end, type, category, isPhi, text[start..end]);
    }
}
