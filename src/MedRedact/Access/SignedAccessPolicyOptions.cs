using MedRedact.Audit;

namespace MedRedact.Access;

/// <summary>How a host takes signed access policies.</summary>
public sealed class SignedAccessPolicyOptions
{
    /// <summary>The folder in which the host remembers what was in force last; made where it is missing. Required. Whoever may write to it can roll a policy back.</summary>
    public string StateFolder { get; set; } = "";

    /// <summary>The public keys of who may approve, named by <see cref="SignedAccessPolicy.SignerName"/>. At least two of them sign each policy.</summary>
    public IList<VerifierKey> Approvers { get; } = [];

    /// <summary>Who loads policies, in the ledger. Default: <c>medredact</c>.</summary>
    public ActorId Actor { get; set; } = new("medredact");

    internal string? Check() => StateFolder.Length == 0 ? "SignedAccessPolicyOptions.StateFolder names no folder."
        : Approvers.Select(key => key.Name).Distinct(StringComparer.Ordinal).Count() < SignedAccessPolicies.LeastApprovers ? "SignedAccessPolicyOptions.Approvers names fewer than two."
        : Actor.Value is null ? "SignedAccessPolicyOptions.Actor names nobody."
        : null;
}
