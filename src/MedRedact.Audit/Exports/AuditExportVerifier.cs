using System.Text;
using MedRedact.Durability;

namespace MedRedact.Audit;

/// <summary>Verifies an exported range of a ledger with public keys alone.</summary>
public static class AuditExportVerifier
{
    /// <summary>Reads all of an export and reports everything that is wrong with it. Events are read in a fixed amount of memory.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="keys">The keys that the caller trusts.</param>
    /// <param name="cancellationToken">Stops between events.</param>
    /// <returns>The report.</returns>
    /// <exception cref="MedRedactException"><c>MR-AUD-021</c>: the folder cannot be listed.</exception>
    public static Task<AuditExportReport> VerifyAsync(string folder, IEnumerable<VerifierKey> keys, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(keys);
        return Task.Run(() => Verify(folder, [.. keys], PhysicalFileOperations.Instance, cancellationToken), cancellationToken);
    }

    internal static AuditExportReport Verify(string folder, IReadOnlyList<VerifierKey> keys, IFileOperations operations, CancellationToken cancellationToken)
    {
        var findings = new List<AuditExportFinding>();
        foreach (FileEntry entry in List(folder, operations))
        {
            if (entry.IsDirectory || !AuditExportFiles.All.Contains(entry.Name))
                findings.Add(new(AuditExportFindingKind.Foreign));
        }

        ReadOnlyMemory<byte>? readMe = Read(AuditExportFiles.ReadMe), printed = Read(AuditExportFiles.Keys), bytes = Read(AuditExportFiles.Proof);
        if (readMe is { } text && !text.Span.SequenceEqual(Encoding.UTF8.GetBytes(AuditExportFiles.ReadMeText)))
            Report(AuditExportFindingKind.Malformed, AuditExportFiles.ReadMe);
        if (bytes is not { } written)
            return new(-1, -1, null, [.. findings]);
        if (RangeProof.Parse(written) is not { } proof)
        {
            Report(AuditExportFindingKind.Malformed, AuditExportFiles.Proof);
            return new(-1, -1, null, [.. findings]);
        }

        EvidenceCheck check = AuditCheckpoint.Open(proof.Checkpoint, keys, out AuditCheckpoint? checkpoint, out VerifierKey? signer);
        if (checkpoint is null)
            Report(KindOf(check), AuditExportFiles.Proof);
        else if (printed is { } key && !key.Span.SequenceEqual(Encoding.UTF8.GetBytes($"{signer}\n")))
            Report(AuditExportFindingKind.UnknownSigner, AuditExportFiles.Keys);
        ReadEvents(proof, checkpoint);
        return new(proof.First, proof.Last, checkpoint, [.. findings]);

        void ReadEvents(RangeProof proof, AuditCheckpoint? checkpoint)
        {
            try
            {
                using var lines = new EventLines(operations.Open(Path.Combine(folder, AuditExportFiles.Events), FileOpening.Read), proof.First, cancellationToken);
                bool leads = checkpoint is not null && proof.First <= proof.Last && proof.Last < checkpoint.Size
                    && RangeFold.Root(new(proof.First, proof.Last + 1), checkpoint.Size, lines.Next, proof.Hashes.AsSpan()) == checkpoint.Root && lines.AtEnd;
                if (lines.Malformed is { } line)
                    Report(AuditExportFindingKind.EventMalformed, AuditExportFiles.Events, line);
                else if (!leads && checkpoint is not null)
                    Report(AuditExportFindingKind.NotIncluded, AuditExportFiles.Events);
            }
            catch (DurabilityException)
            {
                Report(AuditExportFindingKind.Missing, AuditExportFiles.Events);
            }
        }

        void Report(AuditExportFindingKind kind, string file, long? line = null) => findings.Add(new(kind, file, line));

        ReadOnlyMemory<byte>? Read(string name)
        {
            try
            {
                byte[] bytes = new byte[ProofText.MaxSize + 1];
                using IFileHandle file = operations.Open(Path.Combine(folder, name), FileOpening.Read);
                return bytes.AsMemory(0, file.ReadFully(bytes, 0));
            }
            catch (DurabilityException)
            {
                Report(AuditExportFindingKind.Missing, name);
                return null;
            }
        }
    }

    private static AuditExportFindingKind KindOf(EvidenceCheck check) => check switch
    {
        EvidenceCheck.UnknownSigner => AuditExportFindingKind.UnknownSigner,
        EvidenceCheck.SignatureInvalid => AuditExportFindingKind.SignatureInvalid,
        _ => AuditExportFindingKind.Malformed,
    };

    private static IReadOnlyList<FileEntry> List(string folder, IFileOperations operations)
    {
        try
        {
            return operations.List(folder);
        }
        catch (DurabilityException fault)
        {
            throw Faults.Refuse(Faults.ExportNotRead, fault);
        }
    }
}
