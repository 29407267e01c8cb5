using System.Globalization;
using System.Runtime.CompilerServices;

namespace MedRedact.Synthesis;

/// <summary>A stretch of writing in which the planted facts are known: <c>$"Seen by {doctor} on {date}."</c></summary>
[InterpolatedStringHandler]
internal sealed class Prose
{
    private readonly List<Run> _runs;

    public Prose(int literalLength, int formattedCount) => _runs = new(formattedCount * 2 + Math.Min(1, literalLength));

    public IReadOnlyList<Run> Runs => _runs;

    public bool IsEmpty => _runs.TrueForAll(run => run.Text.Length == 0);

    /// <inheritdoc cref="Fact.ToString"/>
    public override string ToString() => throw new InvalidOperationException("Prose belongs on a page, not in a string.");

    public static implicit operator Prose(string text)
    {
        var prose = new Prose(text.Length, 0);
        prose.AppendLiteral(text);
        return prose;
    }

    public static implicit operator Prose(Fact fact)
    {
        var prose = new Prose(0, 1);
        prose.AppendFormatted(fact);
        return prose;
    }

    public void AppendLiteral(string text) => _runs.Add(new Run(text, null));

    public void AppendFormatted(string text) => AppendLiteral(text);

    public void AppendFormatted(int number) => AppendLiteral(number.ToString(CultureInfo.InvariantCulture));

    public void AppendFormatted(Fact fact) => _runs.Add(new Run(fact.Value, fact.Kind));

    public void AppendFormatted(Prose prose) => _runs.AddRange(prose._runs);

    /// <summary>One piece; a planted fact is one run, and its identity tells two neighbours apart.</summary>
    public sealed class Run(string text, FactKind? kind)
    {
        public string Text => text;

        public FactKind? Kind => kind;
    }
}
