namespace MedRedact;

/// <summary>What stands in a finding's place.</summary>
public sealed record Replacement
{
    private Replacement(string text, ReplacementKind kind) => (Text, Kind) = (text, kind);

    /// <summary>The text; empty when nothing stands there.</summary>
    public string Text { get; }

    /// <summary>Of what kind it is.</summary>
    public ReplacementKind Kind { get; }

    /// <summary>Nothing stands there.</summary>
    public static Replacement Erase { get; } = new("", ReplacementKind.Erased);

    /// <summary>The value itself stays. Made by the core only, where the policy keeps a finding.</summary>
    internal static Replacement Kept { get; } = new("", ReplacementKind.Kept);

    /// <summary>A label such as <c>[NAME]</c>. Its length says nothing about the value.</summary>
    /// <param name="category">The category to name.</param>
    /// <returns>The replacement.</returns>
    public static Replacement Label(PhiCategory category) => new($"[{category.ShortName.ToUpperInvariant()}]", ReplacementKind.Label);

    /// <summary>A run of <c>█</c>.</summary>
    /// <param name="length">How many; a fixed number tells nothing about the value.</param>
    /// <returns>The replacement.</returns>
    public static Replacement Mask(int length = 8) => new(new string('█', length), ReplacementKind.Mask);

    /// <summary>A generalized, shifted or invented value: the one free-text door, and the residue check looks at it.</summary>
    /// <param name="text">What stands there.</param>
    /// <returns>The replacement.</returns>
    public static Replacement Free(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        return new(text, ReplacementKind.Free);
    }

    /// <summary>A token.</summary>
    /// <param name="token">The token.</param>
    /// <returns>The replacement.</returns>
    public static Replacement For(Token token) => new(token.Value, ReplacementKind.Token);
}

/// <summary>Of what kind a replacement is.</summary>
public enum ReplacementKind
{
    /// <summary>Nothing stands there.</summary>
    Erased = 0,

    /// <summary>A label such as <c>[NAME]</c>.</summary>
    Label,

    /// <summary>A mask.</summary>
    Mask,

    /// <summary>A token.</summary>
    Token,

    /// <summary>A generalized, shifted or invented value.</summary>
    Free,

    /// <summary>The value itself: the policy keeps it.</summary>
    Kept,
}
