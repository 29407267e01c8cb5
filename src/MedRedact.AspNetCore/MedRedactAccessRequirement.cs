using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace MedRedact.AspNetCore;

/// <summary>Where the purpose of use is read.</summary>
public enum PurposeSource
{
    /// <summary>In a claim: the identity provider vouches for it. A header does not count.</summary>
    Claim = 0,

    /// <summary>In a header: the caller says it, and answers for it. A claim does not count.</summary>
    Header,
}

/// <summary>That MedRedact grants an access. It is met by a grant on record and by nothing else: no other handler meets it.</summary>
public sealed class MedRedactAccessRequirement : IAuthorizationRequirement
{
    /// <summary>Says what is to be done.</summary>
    /// <param name="action">What.</param>
    /// <param name="purpose">Where the purpose of use is read.</param>
    /// <param name="resource">Makes the resource of a request, where the authorization is not handed one. What it throws refuses the request.</param>
    public MedRedactAccessRequirement(AccessAction action, PurposeSource purpose = PurposeSource.Claim, Func<HttpContext, MedRedactResource>? resource = null) =>
        (Action, Purpose, Resource) = (action, purpose, resource);

    /// <summary>What is to be done.</summary>
    public AccessAction Action { get; }

    /// <summary>Where the purpose of use is read.</summary>
    public PurposeSource Purpose { get; }

    /// <summary>Makes the resource of a request.</summary>
    public Func<HttpContext, MedRedactResource>? Resource { get; }

    /// <inheritdoc/>
    public override string ToString() => $"MedRedact access: {Action}";
}
