using System.Collections.Immutable;

namespace MedRedact;

/// <summary>What a host knows of a request beyond who, what, whose and why: facts that it has authenticated, never what a caller merely claims.</summary>
/// <remarks><see langword="null"/> means not known, which no policy takes for no: a permission that needs the attribute does not hold, and a prohibition that needs it denies
/// (45 CFR 164.312(a)(1)). The type is immutable. Two values with equal lists of their own are not equal; nothing decides by that.</remarks>
public sealed record AccessAttributes
{
    /// <summary>Nothing is known.</summary>
    public static AccessAttributes None { get; } = new();

    /// <summary>The roles in which the actor acts, beside those that the policy assigns. Default: none.</summary>
    public ImmutableArray<AccessRole> Roles { get; init; } = [];

    /// <summary>The zone that is to be read.</summary>
    public StorageZone? Zone { get; init; }

    /// <summary>The classes of data that the document holds; an empty list says that it holds none.</summary>
    public ImmutableArray<DataClass>? DataClasses { get; init; }

    /// <summary>Whether the person the record is about consented to this use.</summary>
    public bool? Consent { get; init; }

    /// <summary>Whether the actor takes part in the treatment of the person the record is about.</summary>
    public bool? TreatmentRelationship { get; init; }

    /// <summary>SHA-256 of the SubjectPublicKeyInfo of the client certificate over which the request came (mutual TLS).</summary>
    public Digest256? ClientKey { get; init; }

    /// <summary>The scopes that the service's credentials carry; an empty list says that they carry none.</summary>
    public ImmutableArray<ServiceScope>? Scopes { get; init; }

    /// <summary>Why an emergency must not wait: required for <see cref="PurposeOfUse.BreakTheGlass"/>, ignored otherwise.</summary>
    public BreakGlassJustification? Justification { get; init; }
}
