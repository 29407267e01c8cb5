namespace MedRedact.Detection;

/// <summary>What a check rule says of a string. Nothing is ever dropped for being disproved: one misread digit disproves a real number.</summary>
internal enum Check : byte
{
    /// <summary>The shape fits no check, or the rule has none.</summary>
    Unprovable = 0,
    Proven,
    Disproved,
}

/// <summary>Judges a string without separators, upper-cased: <see cref="Check.Unprovable"/> when it has not the shape.</summary>
internal delegate Check CheckRule(ReadOnlySpan<char> code);
