using System.Security.Cryptography;
using System.Text;
using MedRedact.Durability;

namespace MedRedact.Audit;

/// <summary>Writes a range of a ledger into a folder that proves itself: events, proof, signed checkpoint, public key, and how to verify.</summary>
public static class AuditExport
{
    private const string Staging = ".tmp-";

    /// <summary>Exports events. The folder appears under its name in one step, with everything in it: a run that is killed leaves at most a folder
    /// whose name begins with <c>.tmp-</c> and that lacks its proof.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="first">The first event, 0-based.</param>
    /// <param name="last">The last event; less than the checkpoint's size.</param>
    /// <param name="folder">The folder to make; nothing bears its name yet, and the folder above it exists.</param>
    /// <param name="cancellationToken">Stops between events; nothing is left then.</param>
    /// <returns>Completes when the folder is on disk.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The checkpoint covers no such events.</exception>
    /// <exception cref="MedRedactException"><c>MR-AUD-020</c>: the folder cannot be made; <c>MR-AUD-005</c>: the ledger changed since it was read.</exception>
    public static Task WriteAsync(AuditLedgerSnapshot ledger, long first, long last, string folder, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return Task.Run(() => Write(ledger, first, last, folder, PhysicalFileOperations.Instance, cancellationToken), cancellationToken);
    }

    internal static void Write(
        AuditLedgerSnapshot ledger, long first, long last, string folder, IFileOperations operations, CancellationToken cancellationToken)
    {
        RangeProof proof = ledger.ProveRange(first, last);
        string target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        string staged = Path.Combine(Path.GetDirectoryName(target) ?? target, Staging + RandomNumberGenerator.GetHexString(32, lowercase: true));
        try
        {
            if (operations.Exists(target))
                throw Faults.Refuse(Faults.ExportNotWritten);

            operations.CreateDirectory(staged);
            WriteEvents(ledger, proof, Path.Combine(staged, AuditExportFiles.Events), operations, cancellationToken);
            AtomicFile.Write(Path.Combine(staged, AuditExportFiles.Keys), Encoding.UTF8.GetBytes($"{ledger.Signer}\n"), operations);
            AtomicFile.Write(Path.Combine(staged, AuditExportFiles.ReadMe), Encoding.UTF8.GetBytes(AuditExportFiles.ReadMeText), operations);
            AtomicFile.Write(Path.Combine(staged, AuditExportFiles.Proof), proof.ToBytes(), operations);
            DurableDirectory.Publish(staged, target, operations);
        }
        catch (DurabilityException fault)
        {
            throw Faults.Refuse(Faults.ExportNotWritten, fault);
        }
        finally
        {
            // Gone already where it was published.
            if (Directory.Exists(staged))
                Directory.Delete(staged, recursive: true);
        }
    }

    private static void WriteEvents(
        AuditLedgerSnapshot ledger, RangeProof proof, string path, IFileOperations operations, CancellationToken cancellationToken)
    {
        using AtomicFile file = AtomicFile.Create(path, operations);
        using IEnumerator<byte[]> leaves = ledger.Leaves(proof.First).GetEnumerator();
        Digest256? root = RangeFold.Root(new(proof.First, proof.Last + 1), ledger.Checkpoint.Size, Written, proof.Hashes.AsSpan());

        // The ledger is not locked: what was written must lead to the root that was signed.
        if (root != ledger.Checkpoint.Root)
            throw new AuditLedgerException(new(AuditFindingKind.RootMismatch, Sequence: proof.First));
        file.Commit(replace: false);

        Digest256? Written()
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!leaves.MoveNext())
                return null;
            file.Content.Write(leaves.Current);
            file.Content.WriteByte((byte)'\n');
            return MerkleHash.Leaf(leaves.Current);
        }
    }
}
