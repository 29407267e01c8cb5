namespace MedRedact;

/// <summary>Text that the core has cleared. There is no public constructor: only a redaction makes one.</summary>
public sealed class CleanText
{
    internal CleanText(string value) => Value = value;

    /// <summary>The text, free of every finding the policy removed.</summary>
    public string Value { get; }

    /// <summary>The text itself: it is clean.</summary>
    /// <returns><see cref="Value"/>.</returns>
    public override string ToString() => Value;
}
