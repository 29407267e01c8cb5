using System.Text;

namespace MedRedact.Synthesis;

/// <summary>Writes a text anew, sign by sign, and remembers where each went, so that its labels can follow.</summary>
internal sealed class Rewriting(SyntheticText source)
{
    private readonly StringBuilder _text = new(source.Text.Length + 16);
    private readonly int[] _went = new int[source.Text.Length + 1];
    private int _read;

    /// <summary>What the next sign of the source becomes; nothing, to lose it.</summary>
    public void Put(ReadOnlySpan<char> text)
    {
        _went[_read++] = _text.Length;
        _text.Append(text);
    }

    /// <summary>Adds what the source does not have.</summary>
    public void Insert(ReadOnlySpan<char> text) => _text.Append(text);

    public SyntheticText Finish()
    {
        _went[^1] = _text.Length;
        string text = _text.ToString();
        var spans = new List<TruthSpan>(source.Spans.Length);
        foreach (TruthSpan span in source.Spans)
        {
            int start = _went[span.Start], end = _went[span.End];
            while (start < end && char.IsWhiteSpace(text[start]))
                start++;
            while (end > start && char.IsWhiteSpace(text[end - 1]))
                end--;
            if (end > start)
                spans.Add(span with { Start = start, End = end, Value = text[start..end] });
        }

        return source with { Text = text, Spans = [.. spans] };
    }
}
