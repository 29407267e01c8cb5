namespace MedRedact.Synthesis;

/// <summary>A value planted in a document, to be labelled wherever it lands.</summary>
internal sealed record Fact(string Value, FactKind Kind)
{
    // A fact in a plain string would be printed without its label: truth would be lost without a sound.
    public override string ToString() => throw new InvalidOperationException("A fact belongs in prose, not in a string.");
}
