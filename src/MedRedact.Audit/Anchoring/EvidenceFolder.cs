using System.Security.Cryptography;
using System.Text;
using MedRedact.Durability;

namespace MedRedact.Audit;

/// <summary>Where evidence of a fork or a roll-back is written. A file is never replaced: the same finding has the same name, and is written down once.</summary>
internal sealed class EvidenceFolder(string folder, IFileOperations operations)
{
    private const string Suffix = ".evidence";

    /// <summary>Writes evidence.</summary>
    /// <param name="evidence">The signed evidence.</param>
    /// <param name="keys">The ledger's keys: what already bears the name must be evidence by one of them.</param>
    /// <returns>The name of the file, or <see langword="null"/> where the disk did not take it: the refusal stands without it.</returns>
    public string? Write(ForkEvidence evidence, VerifierKey[] keys)
    {
        string finding = FormattableString.Invariant($"{Convert.ToBase64String(evidence.Stored.Span)} {evidence.Size} {evidence.Root}");
        try
        {
            DurableDirectory.Create(folder, operations);
            AtomicFile.SweepTemporaries(folder, operations);
            string name = NameOf(Encoding.UTF8.GetBytes(finding));
            if (TryWrite(name, evidence))
                return name;
            if (operations.List(folder).FirstOrDefault(entry => IsEvidence(entry, evidence, keys)) is { Name: { } written })
                return written;

            // Whoever put the folder back could foresee that name and took it; a signature nobody foresees.
            name = NameOf(evidence.Note.Span);
            return TryWrite(name, evidence) ? name : null;
        }
        catch (DurabilityException)
        {
            return null;
        }
    }

    private static string NameOf(ReadOnlySpan<byte> of) => $"ledger-{Convert.ToHexStringLower(SHA256.HashData(of))[..32]}{Suffix}";

    private bool TryWrite(string name, ForkEvidence evidence)
    {
        try
        {
            using var file = AtomicFile.Create(Path.Combine(folder, name), operations);
            file.Content.Write(evidence.Note.Span);
            file.Commit(replace: false);
            return true;
        }
        catch (DurabilityException fault) when (fault.Fault is DurabilityFault.AlreadyExists)
        {
            return false;
        }
    }

    private bool IsEvidence(FileEntry entry, ForkEvidence of, VerifierKey[] keys)
    {
        try
        {
            return !entry.IsDirectory && entry.Name.EndsWith(Suffix, StringComparison.Ordinal)
                && operations.ReadWhole(Path.Combine(folder, entry.Name), SignedNote.MaxSize) is { } bytes && ForkEvidence.Parse(bytes) is { } found
                && found.Origin == of.Origin && found.Size == of.Size && found.Root == of.Root && found.Stored.Span.SequenceEqual(of.Stored.Span)
                && found.Open(keys, out _) is EvidenceCheck.RolledBack or EvidenceCheck.Forked;
        }
        catch (DurabilityException)
        {
            return false;
        }
    }
}
