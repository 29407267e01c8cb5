namespace MedRedact;

/// <summary>A class of data under rules of its own, e.g. <c>part2</c> (42 CFR Part 2) or <c>psychotherapy-notes</c> (45 CFR 164.501).</summary>
/// <remarks>PHI-free by grammar, <c>[a-z0-9.-]{1,64}</c>; anything else throws <see cref="ArgumentException"/>.
/// The default value holds no name and is refused wherever an id is expected.</remarks>
public readonly record struct DataClass
{
    /// <summary>Checks and wraps a name.</summary>
    /// <param name="value">1 to 64 characters of a-z, 0-9, '.' and '-'.</param>
    /// <exception cref="ArgumentException">The value breaks the grammar; the message does not repeat it.</exception>
    public DataClass(string value) => Value = IdGrammar.Check(value, nameof(value));

    /// <summary>The name.</summary>
    public string Value { get; }

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}
