using System.Diagnostics;
using System.Text.Json.Serialization;

namespace MedRedact;

/// <summary>A value that may identify a patient. It prints, logs and debugs as <c>‹phi›</c> and refuses to serialize.</summary>
/// <remarks>There is one door, <see cref="Reveal"/>, and it is a banned symbol outside the projects that must look inside.
/// There is no <c>Map</c>: a lambda would be a second door. Two values are equal when what they wrap is equal.</remarks>
/// <typeparam name="T">What is wrapped. Use it for single values; a whole page of text is a <see cref="PhiText"/>.</typeparam>
[DebuggerDisplay("‹phi›")]
[JsonConverter(typeof(PhiNeverSerializes))]
public readonly struct Phi<T> : IEquatable<Phi<T>>
    where T : notnull
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly T _value;

    /// <summary>Wraps a value.</summary>
    /// <param name="value">What may identify a patient; not <see langword="null"/>.</param>
    public Phi(T value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _value = value;
    }

    /// <summary>Returns the value. A banned symbol: only the projects that must look inside may call it.</summary>
    /// <returns>The wrapped value.</returns>
    public T Reveal() => _value;

    /// <summary>Compares what is wrapped, without showing it.</summary>
    /// <param name="other">The other value.</param>
    /// <returns>Whether both wrap equal values.</returns>
    public bool Equals(Phi<T> other) => EqualityComparer<T>.Default.Equals(_value, other._value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Phi<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _value?.GetHashCode() ?? 0;

    /// <summary>The same for every value, so that no message can carry one.</summary>
    /// <returns><c>‹phi›</c>.</returns>
    public override string ToString() => Phi.Placeholder;

    /// <summary>Whether two values wrap equal contents.</summary>
    public static bool operator ==(Phi<T> left, Phi<T> right) => left.Equals(right);

    /// <summary>Whether two values wrap different contents.</summary>
    public static bool operator !=(Phi<T> left, Phi<T> right) => !left.Equals(right);
}

/// <summary>Makes <see cref="Phi{T}"/> values without naming their type.</summary>
public static class Phi
{
    /// <summary>What every wrapped value prints as.</summary>
    internal const string Placeholder = "‹phi›";

    /// <summary>Wraps a value.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="value">What may identify a patient.</param>
    /// <returns>The wrapped value.</returns>
    public static Phi<T> Of<T>(T value)
        where T : notnull => new(value);
}
