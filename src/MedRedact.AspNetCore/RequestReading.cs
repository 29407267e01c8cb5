using System.Collections.Immutable;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace MedRedact.AspNetCore;

/// <summary>Reads who asks, for what purpose and over which key from a request. What is missing, doubled or malformed is refused, never guessed.</summary>
internal sealed class RequestReading(AspNetCoreAuthorizationOptions options, MedRedactAccessRequirement requirement, HttpContext http)
{
    /// <summary>Who asks, as far as it was read.</summary>
    public ActorId? Actor { get; private set; }

    /// <summary>What is asked for, as far as it was read.</summary>
    public MedRedactResource? Resource { get; private set; }

    /// <summary>The purpose of use, as far as it was read.</summary>
    public PurposeOfUse? Purpose { get; private set; }

    /// <summary>Reads the request, or says why it is none.</summary>
    public (AccessRequest? Request, HoldReason Refusal) Read(ClaimsPrincipal user, object? resource)
    {
        // The key and the headers are those of the request: they go with no other principal.
        if (!ReferenceEquals(user, http.User))
            return (null, Faults.Unreadable);
        if ((Actor = ActorOf(user)) is not { } actor)
            return (null, Faults.NoActor);
        if ((Resource = ResourceOf(resource)) is not { } about)
            return (null, Faults.NoResource);
        if ((Purpose = PurposeOf(user)) is not { } purpose)
            return (null, Faults.NoPurpose);

        BreakGlassJustification? justification = null;
        if (purpose == PurposeOfUse.BreakTheGlass && !TryJustify(out justification))
            return (null, Faults.BadJustification);

        return (new AccessRequest(actor, purpose, requirement.Action, about.Tenant, about.Document)
        {
            Attributes = about.Known with
            {
                Roles = [.. Values(user, options.RoleClaim).Select(value => Named(value, static name => new AccessRole(name))).OfType<AccessRole>().Distinct()],
                Scopes = ScopesOf(user),
                ClientKey = http.Connection.ClientCertificate is { } certificate ? KeyOf(certificate) : null,
                Justification = justification,
            },
        }, default);
    }

    private ActorId? ActorOf(ClaimsPrincipal user) => Values(user, options.ActorClaim) is [var name] ? Named(name, static value => new ActorId(value)) : null;

    private MedRedactResource? ResourceOf(object? resource) => (resource as MedRedactResource ?? requirement.Resource?.Invoke(http)) is { Tenant.Value: not null, Known: not null } made ? made : null;

    private PurposeOfUse? PurposeOf(ClaimsPrincipal user)
    {
        string?[] said = requirement.Purpose switch
        {
            PurposeSource.Claim => Values(user, options.PurposeClaim),
            PurposeSource.Header => http.Request.Headers[options.PurposeHeader].ToArray(),
            _ => [],
        };
        return said is [{ } code] && Named(code, static value => new PurposeOfUse(value)) is { } purpose && options.Purposes.Contains(purpose) ? purpose : null;
    }

    /// <summary>None is none: whether there has to be one is the policy's to say.</summary>
    private bool TryJustify(out BreakGlassJustification? justification)
    {
        justification = null;
        StringValues said = http.Request.Headers[options.JustificationHeader];
        if (said.Count == 0)
            return true;
        if (said is not [{ } words])
            return false;

        justification = Named(words, static value => new RuleId(value)) is { } reason && options.JustificationReasons.Contains(reason)
            ? BreakGlassJustification.Of(reason)
            : Named(words, static value => BreakGlassJustification.FromWords(Phi.Of(value)));
        return justification is not null;
    }

    /// <summary>Without a claim it is not known what the credentials carry, which no policy takes for nothing.</summary>
    private ImmutableArray<ServiceScope>? ScopesOf(ClaimsPrincipal user) => Values(user, options.ScopeClaim) is { Length: > 0 } claims
        ? [.. claims.SelectMany(claim => claim.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(value => Named(value, static name => new ServiceScope(name))).OfType<ServiceScope>().Distinct()]
        : null;

    private static Digest256 KeyOf(X509Certificate2 certificate) => Digest256.From(SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo()));

    /// <summary>What identities say that were authenticated; a principal may carry others.</summary>
    private static string[] Values(ClaimsPrincipal user, string type) =>
        [.. user.Identities.Where(static identity => identity.IsAuthenticated).SelectMany(identity => identity.FindAll(claim => string.Equals(claim.Type, type, StringComparison.Ordinal))).Select(claim => claim.Value)];

    private static T? Named<T>(string value, Func<string, T> make)
        where T : struct
    {
        try
        {
            return make(value);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static BreakGlassJustification? Named(string words, Func<string, BreakGlassJustification> make)
    {
        try
        {
            return make(words);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
