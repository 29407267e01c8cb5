using System.Text;
using MedRedact.Access;
using MedRedact.Alerts;
using MedRedact.Audit;
using Microsoft.Extensions.Options;

namespace MedRedact.ConformanceTests.Tests;

[Proves(typeof(PolicyAuthorizer))]
public sealed class OurPolicyAuthorizer : AccessAuthorizerContract
{
    protected override ValueTask<IAccessAuthorizer> CreateAuthorizerAsync(AccessRequest permitted, IAuditSink audit) => new(Authorizers.Of(permitted, audit));
}

/// <summary>Where nobody is suspended it answers as whom it guards.</summary>
[Proves(typeof(SuspendingAuthorizer))]
public sealed class OurSuspendingAuthorizer : AccessAuthorizerContract, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("suspensions-").FullName;
    private AccessSuspensionFiles? _suspensions;

    public void Dispose()
    {
        _suspensions?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    protected override ValueTask<IAccessAuthorizer> CreateAuthorizerAsync(AccessRequest permitted, IAuditSink audit)
    {
        _suspensions = new AccessSuspensionFiles(_folder, audit, TimeProvider.System);
        return new(new SuspendingAuthorizer(Authorizers.Of(permitted, audit), _suspensions, audit, TimeProvider.System));
    }
}

[Proves(typeof(AccessSuspensionFiles))]
public sealed class OurAccessSuspensions : AccessSuspensionsContract, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("suspensions-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    protected override ValueTask<IAccessSuspensions> OpenAsync(IAuditSink audit, TimeProvider time) => new(new AccessSuspensionFiles(_folder, audit, time));
}

[Proves(typeof(BreakGlassReviewFiles))]
public sealed class OurBreakGlassReviews : BreakGlassReviewsContract, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("reviews-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    protected override ValueTask<IBreakGlassReviews> OpenAsync(IAuditSink audit) => new(new BreakGlassReviewFiles(_folder, audit, TimeProvider.System));
}

[Proves(typeof(AuditLedger))]
public sealed class OurAuditLedger : DurableAuditSinkContract, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ledger-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    protected override ValueTask<IAuditSink> CreateSinkAsync() => ReopenAsync();

    protected override ValueTask<IAuditSink> ReopenAsync() => new(new AuditLedger(
        new AuditLedgerOptions { Folder = Path.Combine(_folder, "ledger"), Origin = "clinic.example/audit" }, Rings.Open(_folder)));
}

internal static class Authorizers
{
    /// <summary>The core's own authorizer under a policy of one rule, which permits one request.</summary>
    public static IAccessAuthorizer Of(AccessRequest permitted, IAuditSink audit) =>
        new PolicyAuthorizer(new FixedAccessPolicy(PolicyOf(permitted)), Options.Create(new AccessOptions()), audit, TimeProvider.System);

    private static AccessPolicy PolicyOf(AccessRequest permitted)
    {
        Assert.Equal(AccessAction.ReadRedacted, permitted.Action);
        return AccessPolicy.Parse(Encoding.UTF8.GetBytes($$"""
            { "name": "conformance", "version": 1, "rules": [
              { "id": "one", "effect": "permit", "actions": ["read-redacted"], "actors": ["{{permitted.Actor}}"], "tenants": ["{{permitted.Tenant}}"],
                "purposes": ["{{permitted.Purpose}}"], "documents": ["{{permitted.Document}}"] } ] }
            """));
    }
}
