using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;

namespace MedRedact.AspNetCore;

/// <summary>The grants that were given to a request: a feature of its <see cref="HttpContext"/>, and no more thread-safe than that.</summary>
public interface IAccessGrantFeature
{
    /// <summary>The grants, in the order in which they were given.</summary>
    ImmutableArray<AccessGrant> Grants { get; }
}

/// <summary>Hands grants to endpoints.</summary>
public static class AccessGrantExtensions
{
    extension(HttpContext http)
    {
        /// <summary>The grant that was last given to this request.</summary>
        /// <returns>The grant. Whoever it is shown to checks when it ends.</returns>
        /// <exception cref="MedRedactException"><c>MR-WEB-006</c>: there is none.</exception>
        public AccessGrant GetAccessGrant() =>
            http.Features.Get<IAccessGrantFeature>() is { Grants: [.., var last] } ? last : throw Faults.Refuse(Faults.NoGrant);
    }
}

internal sealed record AccessGrants(ImmutableArray<AccessGrant> Grants) : IAccessGrantFeature
{
    public static void Add(HttpContext http, AccessGrant grant) =>
        http.Features.Set<IAccessGrantFeature>(new AccessGrants([.. http.Features.Get<IAccessGrantFeature>()?.Grants ?? [], grant]));
}
