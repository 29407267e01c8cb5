namespace MedRedact.AspNetCore;

/// <summary>What a request is about: give one to <c>IAuthorizationService</c>, or let an endpoint make one of its request.</summary>
/// <param name="Tenant">Whose records.</param>
/// <param name="Document">Which document, if one.</param>
public sealed record MedRedactResource(TenantId Tenant, DocumentId? Document = null)
{
    /// <summary>What the host has looked up itself: zone, classes of data, consent, treatment relationship. Default: nothing. Roles, scopes, client key and justification are read from
    /// the request alone; what is said of them here does not count.</summary>
    public AccessAttributes Known { get; init; } = AccessAttributes.None;
}
