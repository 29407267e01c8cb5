using Microsoft.Extensions.Options;

namespace MedRedact.Access;

/// <summary>Says which access policy is in force. Thread-safe; asked at every decision.</summary>
public interface IAccessPolicySource
{
    /// <summary>The policy in force, or <see langword="null"/> where none is: everything is denied then.</summary>
    AccessPolicy? Current { get; }
}

/// <summary>A policy that never changes.</summary>
internal sealed class FixedAccessPolicy(AccessPolicy policy) : IAccessPolicySource
{
    public AccessPolicy Current => policy;
}

/// <summary>The rules of <see cref="AccessOptions"/>, where no policy is registered.</summary>
internal sealed class ConfiguredAccessPolicy(IOptions<AccessOptions> options) : IAccessPolicySource
{
    public AccessPolicy Current { get; } = ConfiguredPolicy.Of(options.Value.Rules);
}
