namespace MedRedact.Audit;

/// <summary>The files of an exported range of a ledger (docs/formats/ledger-proofs.md).</summary>
public static class AuditExportFiles
{
    /// <summary>The events as the ledger holds them, one a line.</summary>
    public const string Events = "events.jsonl";

    /// <summary>What proves them under a signed checkpoint; written last.</summary>
    public const string Proof = "range.proof";

    /// <summary>The key that signed the checkpoint, as it says of itself: whoever verifies compares it with the key that they were given.</summary>
    public const string Keys = "keys.txt";

    /// <summary>How to verify all this; the same words in every export.</summary>
    public const string ReadMe = "README.txt";

    internal const string ReadMeText =
        """
        This folder holds some events of an audit ledger, in a row, and what proves them.

          events.jsonl  the events, one a line, byte for byte as the ledger holds them
          range.proof   a signed checkpoint of the ledger, and the hashes of everything around these events
          keys.txt      the public key that signed the checkpoint

        To verify, with the public keys that you were given by another way than this folder:

          medredact audit check THIS-FOLDER --key KEYS

        keys.txt is no reason to trust its key: compare it with the one that you were given.

        Without that tool: the hash of an event is SHA-256 over a zero byte and its line without the line end. Events and hashes make up the
        Merkle tree of RFC 6962, section 2.1, over as many events as the checkpoint says: go through the tree from its root, left before
        right, splitting as the RFC does; a subtree that holds none of the events has the next hash of range.proof, an event has its own.
        The root must be that of the checkpoint. The checkpoint is a C2SP signed note (c2sp.org/signed-note, c2sp.org/tlog-checkpoint).

        """;

    internal static IReadOnlyList<string> All { get; } = [Events, Keys, Proof, ReadMe];
}
