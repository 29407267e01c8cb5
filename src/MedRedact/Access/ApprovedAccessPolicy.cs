using System.Security.Cryptography;
using MedRedact.Audit;

namespace MedRedact.Access;

/// <summary>An access policy that at least two approvers signed. There is no other way to have one than to check it.</summary>
public sealed class ApprovedAccessPolicy
{
    private const int MaxNoteBytes = 64 * 1024;

    private ApprovedAccessPolicy(AccessPolicy policy, SignedAccessPolicy approval) => (Policy, Approval) = (policy, approval);

    /// <summary>The policy.</summary>
    public AccessPolicy Policy { get; }

    /// <summary>Who approved of it.</summary>
    public SignedAccessPolicy Approval { get; }

    /// <summary>What approvers of a policy sign.</summary>
    /// <param name="policy">The policy.</param>
    /// <returns>Name, version and digest.</returns>
    public static SignedAccessPolicy StatementOf(AccessPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return new(policy.Name, policy.Version, policy.Hash.Value);
    }

    /// <summary>Checks a policy and its note.</summary>
    /// <param name="policy">The bytes of the policy.</param>
    /// <param name="note">The bytes of the note.</param>
    /// <param name="approvers">The keys of who may approve.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="MedRedactException"><c>MR-ACC-121</c> or <c>MR-ACC-122</c>: it was not approved.</exception>
    /// <exception cref="AccessPolicyException">It was approved, and is no policy.</exception>
    public static ApprovedAccessPolicy Check(ReadOnlyMemory<byte> policy, ReadOnlyMemory<byte> note, IReadOnlyCollection<VerifierKey> approvers)
    {
        AccessPolicy parsed = AccessPolicy.Parse(policy.Span);
        return StatementOf(parsed).Check(note, approvers, out SignedAccessPolicy? approval) switch
        {
            EvidenceCheck.Verified when approval!.Approvers.Length >= SignedAccessPolicies.LeastApprovers => new(parsed, approval),
            EvidenceCheck.Verified or EvidenceCheck.UnknownSigner => throw AccessPolicyFaults.Refuse(AccessPolicyFaults.TooFew),
            _ => throw AccessPolicyFaults.Refuse(AccessPolicyFaults.BadNote),
        };
    }

    /// <summary>Reads and checks a policy file with the note beside it.</summary>
    /// <param name="path">The path of the policy; its note has the same with <c>.sig</c> after it.</param>
    /// <param name="approvers">The keys of who may approve.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="MedRedactException"><c>MR-ACC-120</c>: a file cannot be opened; <c>MR-ACC-121</c> or <c>MR-ACC-122</c>: it was not approved.</exception>
    public static ApprovedAccessPolicy Load(string path, IReadOnlyCollection<VerifierKey> approvers)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Check(Read(path, AccessPolicy.MaxBytes), Read(NotePath(path), MaxNoteBytes), approvers);
    }

    /// <summary>Where the note of a policy lies.</summary>
    /// <param name="policy">The path of the policy.</param>
    /// <returns>The path with <c>.sig</c> after it.</returns>
    public static string NotePath(string policy) => policy + ".sig";

    private static byte[] Read(string path, int most)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            byte[] bytes = new byte[most + 1];
            int length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return length <= most ? bytes[..length] : throw AccessPolicyFaults.Refuse(AccessPolicyFaults.Unreadable);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw AccessPolicyFaults.Refuse(AccessPolicyFaults.Unreadable);
        }
    }
}
