namespace MedRedact;

/// <summary>In what capacity somebody acts, e.g. <c>clinician</c> (45 CFR 164.308(a)(4)). Roles stand side by side: none holds another, so there is no cycle.</summary>
/// <remarks>PHI-free by grammar, <c>[a-z0-9.-]{1,64}</c>; anything else throws <see cref="ArgumentException"/>.
/// The default value holds no name and is refused wherever an id is expected.</remarks>
public readonly record struct AccessRole
{
    /// <summary>Checks and wraps a name.</summary>
    /// <param name="value">1 to 64 characters of a-z, 0-9, '.' and '-'.</param>
    /// <exception cref="ArgumentException">The value breaks the grammar; the message does not repeat it.</exception>
    public AccessRole(string value) => Value = IdGrammar.Check(value, nameof(value));

    /// <summary>The name.</summary>
    public string Value { get; }

    /// <summary>Treats patients.</summary>
    public static AccessRole Clinician { get; } = new("clinician");

    /// <summary>Codes and bills.</summary>
    public static AccessRole Coder { get; } = new("coder");

    /// <summary>Examines the record of accesses.</summary>
    public static AccessRole Auditor { get; } = new("auditor");

    /// <summary>Reviews held pages and emergency accesses.</summary>
    public static AccessRole Reviewer { get; } = new("reviewer");

    /// <summary>Does research.</summary>
    public static AccessRole Researcher { get; } = new("researcher");

    /// <summary>A system, not a person.</summary>
    public static AccessRole Service { get; } = new("service");

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}
