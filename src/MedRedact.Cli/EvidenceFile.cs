using MedRedact.Audit;
using MedRedact.Durability;

namespace MedRedact.Cli;

/// <summary>Proofs and checkpoints as files: written whole or not at all, read no further than any of them is long.</summary>
internal static class EvidenceFile
{
    /// <summary>More than any proof has; what is longer is read as far as that, and is none.</summary>
    private const int MostRead = 512 * 1024;

    /// <exception cref="MedRedactException"><c>MR-CLI-030</c>: it cannot be written.</exception>
    public static void Write(string path, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            AtomicFile.Write(path, bytes.Span);
        }
        catch (Exception fault) when (fault is DurabilityException or ArgumentException)
        {
            throw Faults.EvidenceNotWritten();
        }
    }

    /// <exception cref="MedRedactException"><c>MR-CLI-032</c>: it cannot be read.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await using FileStream file = File.OpenRead(path);
            byte[] bytes = new byte[MostRead];
            return bytes.AsMemory(0, await file.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Faults.EvidenceNotRead();
        }
    }

    /// <summary>What a check came to, for people.</summary>
    public static string Word(EvidenceCheck check) => check switch
    {
        EvidenceCheck.Verified => "verified",
        EvidenceCheck.UnknownSigner => "signed by none of the given keys",
        EvidenceCheck.SignatureInvalid => "not what its signer signed",
        EvidenceCheck.NotIncluded => "does not lead to the signed checkpoint",
        EvidenceCheck.RolledBack => "rolled back: the ledger has fewer events than it had signed for",
        EvidenceCheck.Forked => "forked: two signed checkpoints over as many events differ",
        EvidenceCheck.NotConsistent => "forked or rewritten: the later checkpoint does not extend the earlier one",
        _ => "damaged, or no evidence of this tool",
    };
}
