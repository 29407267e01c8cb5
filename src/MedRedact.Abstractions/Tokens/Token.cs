using System.Buffers;

namespace MedRedact;

/// <summary>Stands for a value that only the vault can reverse. Derived from nothing (45 CFR 164.514(c)).</summary>
public readonly record struct Token
{
    private static readonly SearchValues<char> Allowed = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");

    /// <summary>Checks and wraps a token.</summary>
    /// <param name="value">1 to 64 characters of A-Z, 0-9 and '-'.</param>
    /// <exception cref="ArgumentException">The grammar is broken; the message does not repeat the value.</exception>
    public Token(string value) => Value = value is { Length: > 0 and <= 64 } && !value.AsSpan().ContainsAnyExcept(Allowed)
        ? value
        : throw new ArgumentException("A token is 1 to 64 characters of A-Z, 0-9 and '-'.", nameof(value));

    /// <summary>The printed token.</summary>
    public string Value { get; }

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}
