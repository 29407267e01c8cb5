using System.Security.Cryptography;
using System.Text;
using MedRedact.Durability;

namespace MedRedact.Audit;

/// <summary>Where evidence of a fork or a roll-back is written. A file is never replaced: the same finding has the same name, and is written down once.</summary>
internal sealed class EvidenceFolder(string folder, IFileOperations operations)
{
    private const string Suffix = ".evidence";

    /// <summary>Writes evidence.</summary>
    /// <returns>The name of the file, or <see langword="null"/> where the disk did not take it: the refusal stands without it.</returns>
    public string? Write(ForkEvidence evidence)
    {
        string finding = FormattableString.Invariant($"{Convert.ToBase64String(evidence.Stored.Span)} {evidence.Size} {evidence.Root}");
        string name = $"ledger-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(finding)))[..32]}{Suffix}";
        try
        {
            DurableDirectory.Create(folder, operations);
            AtomicFile.SweepTemporaries(folder, operations);
            using var file = AtomicFile.Create(Path.Combine(folder, name), operations);
            file.Content.Write(evidence.Note.Span);
            file.Commit(replace: false);
            return name;
        }
        catch (DurabilityException fault)
        {
            return fault.Fault is DurabilityFault.AlreadyExists ? name : null;
        }
    }
}
