namespace MedRedact.Envelope;

/// <summary>What is wrong with an envelope, as <see cref="EnvelopeInspector"/> tells an operator who holds the keys.</summary>
public enum EnvelopeDamage
{
    /// <summary>The bytes do not start as an envelope does, or the header is malformed.</summary>
    NotAnEnvelope = 0,

    /// <summary>The version or the suite is not one that this reader accepts.</summary>
    UnsupportedVersion,

    /// <summary>No wrapped key opens: the keys are not ours, the context is another one, or the header was changed.</summary>
    KeyRefused,

    /// <summary>The data key opens, but the body commits to another header or context.</summary>
    CommitmentMismatch,

    /// <summary>A chunk of the body was changed or moved, or bytes were appended.</summary>
    ChunkDamaged,

    /// <summary>The envelope ends too early.</summary>
    Truncated,
}

/// <summary>The one undetailed answer, with the detail kept inside this package for the inspector.</summary>
internal sealed class DamagedException(EnvelopeDamage damage, long? chunk = null)
    : MedRedactException(Faults.CannotOpen, Faults.Remedy(Faults.CannotOpen))
{
    internal EnvelopeDamage Damage => damage;

    internal long? Chunk => chunk;
}
