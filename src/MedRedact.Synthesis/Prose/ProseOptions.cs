namespace MedRedact.Synthesis;

/// <summary>What is fixed about labelled prose. Whatever is left <see langword="null"/> the seed chooses, as it comes in records.</summary>
public sealed record ProseOptions
{
    /// <summary>What the text is about; chosen by default.</summary>
    public ProseKind? Kind { get; init; }

    /// <summary>Which letters it is written in; mostly as usual by default.</summary>
    public LetterCase? Case { get; init; }

    /// <summary>Whether letters keep their accents; mostly by default.</summary>
    public bool? Accents { get; init; }

    /// <summary>The share of characters that optical character recognition gets wrong, 0 to 0.2; mostly none by default.</summary>
    public double? OcrNoise { get; init; }

    /// <summary>The share of words that are mistyped, 0 to 0.5; mostly none by default.</summary>
    public double? Typos { get; init; }

    /// <summary>At which column lines are broken, zero for not at all; mostly not by default.</summary>
    public int? WrapAt { get; init; }

    /// <summary>Text as it was composed: no change of case, no wear, no wrapping.</summary>
    public static ProseOptions Plain { get; } = new() { Case = LetterCase.AsWritten, Accents = true, OcrNoise = 0, Typos = 0, WrapAt = 0 };
}

/// <summary>The letters that a text is written in.</summary>
public enum LetterCase
{
    /// <summary>Capitals where they belong.</summary>
    AsWritten = 0,

    /// <summary>All capitals.</summary>
    Upper = 1,

    /// <summary>No capitals.</summary>
    Lower = 2,
}
