using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using MedRedact.Audit;
using MedRedact.Durability.Simulation;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace MedRedact.Alerts.Tests;

/// <summary>A ledger on a simulated disk, a clock that is set by hand, and the watch over them.</summary>
internal sealed class Rig : IAsyncDisposable
{
    public static readonly ActorId Clerk = new("clerk-7"), Nurse = new("nurse-3"), Watcher = new("alert-watch");
    public static readonly TenantId Clinic = new("clinic-a");

    /// <summary>A Wednesday, ten in the morning.</summary>
    public static readonly DateTimeOffset Morning = new(2026, 3, 4, 10, 0, 0, TimeSpan.Zero);

    private readonly TestKeys _keys;
    private readonly string? _rules;

    public Rig(string? rules = null)
        : this(rules, new SimulatedDisk(), new TestKeys(), Morning)
    {
    }

    private Rig(string? rules, SimulatedDisk disk, TestKeys keys, DateTimeOffset now)
    {
        (_rules, Disk, _keys) = (rules, disk, keys);
        Time.SetUtcNow(now);
        Options = new AlertOptions { Folder = "/alerts" };
        if (rules is not null)
            Options.Rules = AlertRules.Read(Encoding.UTF8.GetBytes(rules));
        Ledger = new AuditLedger(new AuditLedgerOptions { Folder = "/ledger", Origin = "clinic.example/audit" }, _keys, Time, Disk);
        Suspensions = new AccessSuspensionFiles("/alerts", Ledger, Time, operations: Disk);
        Responses = [new SuspendActor(Suspensions, Wrapped), new QuarantineDocument(Suspensions, Wrapped)];
    }

    public SimulatedDisk Disk { get; }

    public FakeTimeProvider Time { get; } = new();

    public AlertOptions Options { get; }

    public AuditLedger Ledger { get; }

    public AccessSuspensionFiles Suspensions { get; }

    public List<IAlertResponse> Responses { get; }

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    private IOptions<AlertOptions> Wrapped => Microsoft.Extensions.Options.Options.Create(Options);

    public static DocumentId Document(int number) => new(new Guid(number, 0x1111, 0x7222, 0x80, 0, 0, 0, 0, 0, 0, 1));

    public AlertWatch NewWatch() => new(Ledger, Wrapped, Responses, Time, operations: Disk);

    /// <summary>The host that begins anew on what the disk holds.</summary>
    public Rig Restarted(SimulatedDisk? disk = null) => new(_rules, disk ?? Disk, _keys, Time.GetUtcNow());

    /// <summary>Appends an event of now.</summary>
    public async Task AppendAsync(
        AuditKind kind, ActorId? actor = null, int? document = null, AuditDecision? decision = null, AccessAction? action = null, PurposeOfUse? purpose = null, DateTimeOffset? at = null) =>
        await Ledger.AppendAsync(
            new AuditEvent(kind, at ?? Time.GetUtcNow(), actor ?? Clerk)
            {
                Tenant = Clinic,
                Document = document is { } number ? Document(number) : null,
                Decision = decision,
                Purpose = purpose,
                Fields = action is { } named ? [new("action", AuditValue.Of(named))] : [],
            },
            Token);

    public async Task<List<AuditRecord>> ReadAsync(AuditKind kind)
    {
        var found = new List<AuditRecord>();
        await foreach (AuditRecord record in Ledger.ReadAsync(0, Token))
        {
            if (record.Kind == kind.Name)
                found.Add(record);
        }

        return found;
    }

    /// <summary>The alerts on record, as rule and event.</summary>
    public async Task<List<(string Rule, long Event)>> AlertsAsync() =>
        [.. (await ReadAsync(AuditKind.AlertRaised)).Select(record => AlertEvents.Read(record)!).Select(alert => (alert.Rule.Value, alert.Event))];

    /// <remarks>The key is left to the collector: a host that began anew has it too.</remarks>
    public async ValueTask DisposeAsync()
    {
        await Ledger.DisposeAsync();
        Suspensions.Dispose();
    }
}

/// <summary>One signing key in memory.</summary>
internal sealed class TestKeys : IKeyProvider, ISigner
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public KeyId Key { get; } = new("test");

    public ReadOnlyMemory<byte> PublicKey => _key.ExportSubjectPublicKeyInfo();

    public ValueTask<ISigner> GetSignerAsync(KeyPurpose purpose, CancellationToken cancellationToken = default) => new(this);

    public ValueTask<IMacKey> GetMacKeyAsync(KeyPurpose purpose, TenantId tenant, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask<ReadOnlyMemory<byte>> SignAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default) =>
        new(_key.SignData(message.Span, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
}

/// <summary>A response that notes what it is asked, and fails as often as it is told to.</summary>
internal sealed class NotingResponse(int failures = 0) : IAlertResponse
{
    private int _failures = failures;

    public RuleId Name { get; } = new("note");

    public List<Alert> Seen { get; } = [];

    public TaskCompletionSource<Alert> First { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ValueTask RespondAsync(Alert alert, CancellationToken cancellationToken = default)
    {
        if (_failures-- > 0)
            throw new InvalidOperationException("Ann Example was here.");

        Seen.Add(alert);
        First.TrySetResult(alert);
        return ValueTask.CompletedTask;
    }
}
