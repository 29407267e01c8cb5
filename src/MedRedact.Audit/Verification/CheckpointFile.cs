using System.Collections.Immutable;

namespace MedRedact.Audit;

/// <summary>Reads the published checkpoint of a folder and says what is wrong with it.</summary>
/// <param name="Checkpoint">The checkpoint, where its form is right; only to be trusted without a finding.</param>
/// <param name="Finding">What is wrong.</param>
/// <param name="SignedByFormerKey">Whether a retired key signed it: valid, to be signed anew.</param>
internal readonly record struct CheckpointFile(AuditCheckpoint? Checkpoint, AuditFindingKind? Finding, bool SignedByFormerKey = false)
{
    public const long MaxSize = 64 * 1024;

    public static CheckpointFile Read(LedgerFolder folder, string? origin, ReadOnlyMemory<byte> publicKey, ImmutableArray<ReadOnlyMemory<byte>> formerKeys)
    {
        if (!folder.Operations.Exists(folder.Checkpoint))
            return new(null, AuditFindingKind.CheckpointMissing);

        byte[]? bytes = folder.ReadAll(folder.Checkpoint, MaxSize);
        if (bytes is null || SignedNote.Parse(bytes) is not { } note || AuditCheckpoint.Parse(note.Text) is not { } checkpoint)
            return new(null, AuditFindingKind.CheckpointMalformed);

        checkpoint = checkpoint with { Note = bytes };
        if (origin is not null && origin != checkpoint.Origin)
            return new(checkpoint, AuditFindingKind.OriginMismatch);
        if (IsSigned(note, checkpoint.Origin, publicKey))
            return new(checkpoint, null);
        foreach (ReadOnlyMemory<byte> former in formerKeys)
        {
            if (IsSigned(note, checkpoint.Origin, former))
                return new(checkpoint, null, SignedByFormerKey: true);
        }

        return new(checkpoint, AuditFindingKind.CheckpointSignatureInvalid);
    }

    private static bool IsSigned(SignedNote note, string origin, ReadOnlyMemory<byte> publicKey)
    {
        using var key = NoteKey.Create(origin, publicKey.Span);
        return key.Verify(note);
    }
}
