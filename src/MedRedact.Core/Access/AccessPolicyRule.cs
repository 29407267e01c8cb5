using System.Collections.Immutable;

namespace MedRedact.Access;

/// <summary>What a rule says. The zero value forbids.</summary>
public enum RuleEffect
{
    /// <summary>Forbids, whatever else permits.</summary>
    Forbid = 0,

    /// <summary>Permits, unless something forbids.</summary>
    Permit,
}

/// <summary>One rule of an access policy: it holds where all its conditions hold. An empty list and <see langword="null"/> are no condition.</summary>
/// <param name="Id">Its name, unique in the policy.</param>
/// <param name="Effect">What it says where it holds.</param>
public sealed record AccessPolicyRule(RuleId Id, RuleEffect Effect)
{
    /// <summary>What is to be done.</summary>
    public ImmutableArray<AccessAction> Actions { get; init; } = [];

    /// <summary>Who acts.</summary>
    public ImmutableArray<ActorId> Actors { get; init; } = [];

    /// <summary>In what capacity: one of the actor's roles is among these.</summary>
    public ImmutableArray<AccessRole> Roles { get; init; } = [];

    /// <summary>Whose records.</summary>
    public ImmutableArray<TenantId> Tenants { get; init; } = [];

    /// <summary>For which purposes of use (HL7 v3 ActReason).</summary>
    public ImmutableArray<PurposeOfUse> Purposes { get; init; } = [];

    /// <summary>In which zones.</summary>
    public ImmutableArray<StorageZone> Zones { get; init; } = [];

    /// <summary>Classes of data: a permission holds where every class of the document is among these, a prohibition where any is.</summary>
    public ImmutableArray<DataClass> DataClasses { get; init; } = [];

    /// <summary>Which documents.</summary>
    public ImmutableArray<DocumentId> Documents { get; init; } = [];

    /// <summary>The client keys over which the request may come: SHA-256 of each SubjectPublicKeyInfo.</summary>
    public ImmutableArray<Digest256> ClientKeys { get; init; } = [];

    /// <summary>Scopes of a service: one that its credentials carry is among these.</summary>
    public ImmutableArray<ServiceScope> Scopes { get; init; } = [];

    /// <summary>When.</summary>
    public TimeWindow? Time { get; init; }

    /// <summary>What the person's consent must be.</summary>
    public bool? Consent { get; init; }

    /// <summary>What the treatment relationship must be.</summary>
    public bool? TreatmentRelationship { get; init; }
}

/// <summary>Roles that a policy gives to an actor.</summary>
/// <param name="Actor">Who.</param>
/// <param name="Tenant">For whose records; <see langword="null"/> for those of all tenants.</param>
/// <param name="Roles">The roles.</param>
/// <param name="ClientKeys">Where there are any, the actor's requests must come over one of these keys: SHA-256 of each SubjectPublicKeyInfo.</param>
public sealed record RoleAssignment(ActorId Actor, TenantId? Tenant, ImmutableArray<AccessRole> Roles, ImmutableArray<Digest256> ClientKeys);
