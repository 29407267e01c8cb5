namespace MedRedact.Envelope;

/// <summary>Tells an operator who holds the keys whether an envelope is whole and, if not, where it is damaged.</summary>
/// <remarks>For verification only: the detail must not be shown to whoever can make envelopes, because it tells what they got right.</remarks>
/// <param name="sealer">Opens the envelopes; an <see cref="EnvelopeSealer"/>.</param>
public sealed class EnvelopeInspector(IObjectSealer sealer)
{
    /// <summary>Reads an envelope to its end and judges it. The plaintext goes nowhere.</summary>
    /// <param name="envelope">The envelope; disposed.</param>
    /// <param name="context">Where it belongs.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The judgement.</returns>
    public async ValueTask<EnvelopeInspection> InspectAsync(Stream envelope, KeyContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using Stream message = await sealer.OpenReadAsync(envelope, context, cancellationToken);
            await message.CopyToAsync(Stream.Null, cancellationToken);
            return EnvelopeInspection.Whole;
        }
        catch (DamagedException damaged)
        {
            return new(damaged.Damage, damaged.Chunk);
        }
    }
}

/// <summary>What <see cref="EnvelopeInspector"/> found.</summary>
/// <param name="Damage">What is wrong, or <see langword="null"/> for a whole envelope.</param>
/// <param name="Chunk">The first damaged or missing chunk of 16 KiB, counted from 0, where the damage is in the body.</param>
public sealed record EnvelopeInspection(EnvelopeDamage? Damage, long? Chunk)
{
    /// <summary>Nothing is wrong.</summary>
    public static EnvelopeInspection Whole { get; } = new(null, null);

    /// <summary>Whether the envelope is whole.</summary>
    public bool IsWhole => Damage is null;
}
