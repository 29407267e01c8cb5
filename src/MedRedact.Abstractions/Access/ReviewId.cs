namespace MedRedact;

/// <summary>Names the review of an access in an emergency.</summary>
/// <remarks>PHI-free by grammar, <c>[a-z0-9.-]{1,64}</c>; anything else throws <see cref="ArgumentException"/>.
/// The default value holds no name and is refused wherever an id is expected.</remarks>
public readonly record struct ReviewId
{
    /// <summary>Checks and wraps a name.</summary>
    /// <param name="value">1 to 64 characters of a-z, 0-9, '.' and '-'.</param>
    /// <exception cref="ArgumentException">The value breaks the grammar; the message does not repeat it.</exception>
    public ReviewId(string value) => Value = IdGrammar.Check(value, nameof(value));

    /// <summary>The name.</summary>
    public string Value { get; }

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}
