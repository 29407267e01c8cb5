using System.Collections.Immutable;

namespace MedRedact.Audit;

/// <summary>How many of which witnesses must have cosigned a checkpoint before it counts as witnessed.</summary>
public sealed class WitnessPolicy
{
    /// <summary>Makes a policy.</summary>
    /// <param name="required">How many; from 1 to as many as there are.</param>
    /// <param name="keys">The witnesses; a key under two names is one witness, and so is a name with two keys.</param>
    /// <exception cref="ArgumentException">There are no <paramref name="required"/> different witnesses, or more than 15: a note has 16 signatures at most.</exception>
    public WitnessPolicy(int required, IEnumerable<WitnessKey> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        (Required, Keys) = (required, [.. keys]);
        int different = Math.Min(Keys.Select(key => key.Name).Distinct(StringComparer.Ordinal).Count(), Keys.Select(key => key.Identity).Distinct(StringComparer.Ordinal).Count());
        if (required < 1 || required > different || Keys.Length >= SignedNote.MaxSignatures)
            throw new ArgumentException("The number of witnesses required is 1 to as many different ones as are named, and at most 15 are.", nameof(required));
    }

    /// <summary>How many must have cosigned.</summary>
    public int Required { get; }

    /// <summary>The witnesses.</summary>
    public ImmutableArray<WitnessKey> Keys { get; }

    /// <summary>The witnesses whose cosignature is on a checkpoint: each name once and each key once, in the order of <see cref="Keys"/>.</summary>
    /// <param name="checkpoint">The checkpoint as it was published.</param>
    /// <returns>Their names.</returns>
    public ImmutableArray<string> WitnessesOf(AuditCheckpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        if (SignedNote.Parse(checkpoint.Note.Span) is not { } note)
            return [];

        var names = new HashSet<string>(StringComparer.Ordinal);
        var keys = new HashSet<string>(StringComparer.Ordinal);
        ImmutableArray<string>.Builder found = ImmutableArray.CreateBuilder<string>();

        // Whoever signs as the ledger is no witness to it, whatever was configured.
        foreach (WitnessKey key in Keys.Where(key => key.Name != checkpoint.Origin && key.Find(note) is not null))
        {
            bool newName = names.Add(key.Name), newKey = keys.Add(key.Identity);
            if (newName && newKey)
                found.Add(key.Name);
        }

        return found.ToImmutable();
    }

    /// <summary>Whether enough witnesses cosigned a checkpoint. The ledger's own signature is not looked at.</summary>
    /// <param name="checkpoint">The checkpoint as it was published.</param>
    /// <returns>Whether they did.</returns>
    public bool IsMetBy(AuditCheckpoint checkpoint) => WitnessesOf(checkpoint).Length >= Required;
}
