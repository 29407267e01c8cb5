namespace MedRedact.Audit;

/// <summary>What a witness answered.</summary>
/// <param name="Outcome">Whether it cosigned, or why not.</param>
/// <param name="Cosignatures">Signature lines of a note, each with its newline; empty unless it cosigned.</param>
/// <param name="Size">With <see cref="WitnessOutcome.Conflict"/>: the size of the newest checkpoint that it cosigned for the ledger, where it said so.</param>
public sealed record WitnessAnswer(WitnessOutcome Outcome, ReadOnlyMemory<byte> Cosignatures = default, long? Size = null);

/// <summary>What came of asking a witness.</summary>
public enum WitnessOutcome
{
    /// <summary>It did not answer, or not in time.</summary>
    Unavailable = 0,

    /// <summary>It cosigned.</summary>
    Cosigned,

    /// <summary>It knows another checkpoint as its newest: of another size, or of the same size with another root (409).</summary>
    Conflict,

    /// <summary>The proof does not lead from its newest checkpoint to this one: the ledger was forked or rewritten (422).</summary>
    Inconsistent,

    /// <summary>It does not witness a ledger of this name (404).</summary>
    UnknownLedger,

    /// <summary>No key that it trusts for this ledger signed the checkpoint (403).</summary>
    SignatureInvalid,

    /// <summary>It could not understand what it was asked (400), or its answer is none of its own: not understood, or not signed with its key.</summary>
    Malformed,
}
