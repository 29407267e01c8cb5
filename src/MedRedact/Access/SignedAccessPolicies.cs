using MedRedact.Audit;
using MedRedact.Durability;
using Microsoft.Extensions.Options;

namespace MedRedact.Access;

/// <summary>The access policy in force, where policies are approved by two and replace one another: each load is on record before it takes effect, and no load goes back.
/// Thread-safe. Until the first load no policy is in force, and everything is denied.</summary>
public sealed class SignedAccessPolicies : IAccessPolicySource, IDisposable
{
    /// <summary>How many approvers a policy needs.</summary>
    public const int LeastApprovers = 2;

    private readonly SignedAccessPolicyOptions _options;
    private readonly IAuditSink _audit;
    private readonly TimeProvider _time;
    private readonly IFileOperations _operations;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile AccessPolicy? _current;

    /// <summary>Makes one over a state folder.</summary>
    /// <param name="options">Folder and approvers.</param>
    /// <param name="audit">Where loads are recorded.</param>
    /// <param name="time">The clock.</param>
    /// <param name="operations">The file system; this machine's by default.</param>
    public SignedAccessPolicies(IOptions<SignedAccessPolicyOptions> options, IAuditSink audit, TimeProvider time, IFileOperations? operations = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _audit, _time, _operations) = (options.Value, audit, time, operations ?? PhysicalFileOperations.Instance);
        if (_options.Check() is { } wrong)
            throw new OptionsValidationException(Options.DefaultName, typeof(SignedAccessPolicyOptions), [wrong]);
    }

    /// <inheritdoc/>
    public AccessPolicy? Current => _current;

    /// <summary>Takes a signed policy file into force. Whatever goes wrong, the policy before stays.</summary>
    /// <param name="path">The path of the policy; its note lies beside it.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The policy, in force.</returns>
    /// <exception cref="MedRedactException"><c>MR-ACC-120</c> to <c>MR-ACC-124</c>, or the ledger refused.</exception>
    public ValueTask<AccessPolicy> LoadAsync(string path, CancellationToken cancellationToken = default) =>
        LoadAsync(ApprovedAccessPolicy.Load(path, [.. _options.Approvers]), cancellationToken);

    /// <summary>Takes a policy into force.</summary>
    /// <param name="policy">The bytes of the policy.</param>
    /// <param name="note">The bytes of its note.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The policy, in force.</returns>
    /// <exception cref="MedRedactException"><c>MR-ACC-121</c> to <c>MR-ACC-124</c>, or the ledger refused.</exception>
    public ValueTask<AccessPolicy> LoadAsync(ReadOnlyMemory<byte> policy, ReadOnlyMemory<byte> note, CancellationToken cancellationToken = default) =>
        LoadAsync(ApprovedAccessPolicy.Check(policy, note, [.. _options.Approvers]), cancellationToken);

    /// <summary>Ends loading; the policy in force stays so.</summary>
    public void Dispose() => _turn.Dispose();

    private async ValueTask<AccessPolicy> LoadAsync(ApprovedAccessPolicy approved, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            using FileLock held = OnDisk(() => PolicyState.Lock(_options.StateFolder, _operations));
            PolicyState? last = OnDisk(() => PolicyState.Read(_options.StateFolder));
            var next = new PolicyState(approved.Policy.Version, approved.Policy.Hash.Value);
            if (last is not null && next.Version <= last.Version && next != last)
                throw AccessPolicyFaults.Refuse(AccessPolicyFaults.RolledBack);

            await _audit.AppendAsync(EventOf(approved, last), cancellationToken);
            if (next != last)
                OnDisk(() => { next.Write(_options.StateFolder, _operations); return next; });
            _current = approved.Policy;
            return approved.Policy;
        }
        finally
        {
            _turn.Release();
        }
    }

    private AuditEvent EventOf(ApprovedAccessPolicy approved, PolicyState? last) => new(AuditKind.PolicyChanged, _time.GetUtcNow(), _options.Actor)
    {
        PolicyHash = approved.Policy.Hash,
        Fields =
        [
            .. last is null ? Array.Empty<AuditField>() : [new AuditField("old", AuditValue.Of(last.Sha256))],
            new("new", AuditValue.Of(approved.Policy.Hash.Value)),
            new("version", AuditValue.Of(approved.Policy.Version)),
            new("approvals", AuditValue.Of(approved.Approval.Approvers.Length)),
        ],
    };

    private static T OnDisk<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception fault) when (fault is DurabilityException or IOException or UnauthorizedAccessException)
        {
            // A durability fault names a step and no path; other messages of the system do.
            throw AccessPolicyFaults.Refuse(AccessPolicyFaults.State, fault as DurabilityException);
        }
    }
}
