using MedRedact.Durability;
using MedRedact.Durability.Simulation;
using Microsoft.Extensions.Time.Testing;

namespace MedRedact.Audit.Forwarding.Tests;

/// <summary>A ledger and a forwarder on a simulated disk, with a clock that stands still.</summary>
internal sealed class Rig : IDisposable
{
    public const string Folder = "/ledger";
    public const string Origin = "clinic.example/audit";
    private readonly bool _ownsKeys;

    public Rig(SimulatedDisk? disk = null, TestKeys? keys = null) => (Disk, Keys, _ownsKeys) = (disk ?? new(), keys ?? new(), keys is null);

    public SimulatedDisk Disk { get; }

    public TestKeys Keys { get; }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));

    public AuditForwarderOptions Options { get; } = new() { LedgerFolder = Folder, CursorFolder = Folder + "/forwarding", BatchSize = 7 };

    public AuditLedger NewLedger() => new(new AuditLedgerOptions { Folder = Folder, Origin = Origin, SegmentSize = 4 << 10 }, Keys, Time, Disk);

    /// <summary>Opens the ledger, appends so many events one after the other, and closes it, which signs them.</summary>
    public async Task<Rig> WithEventsAsync(int count, int from = 0)
    {
        await using AuditLedger ledger = NewLedger();
        for (int i = from; i < from + count; i++)
            await ledger.AppendAsync(Sample.Event(i));
        return this;
    }

    public AuditForwarder Forwarder(IAuditTarget target, IAuditSink? record = null, IFileOperations? operations = null) => Forwarder(new Dictionary<string, IAuditTarget> { ["siem"] = target }, record, operations);

    public AuditForwarder Forwarder(Dictionary<string, IAuditTarget> targets, IAuditSink? record = null, IFileOperations? operations = null) =>
        new(Options, targets, _ => new([VerifierKey.Create(Origin, Keys.PublicKey)]), record, Time, operations ?? Disk, () => 1);

    public void Dispose()
    {
        if (_ownsKeys)
            Keys.Dispose();
    }
}

/// <summary>Synthetic events.</summary>
internal static class Sample
{
    public static AuditEvent Event(int number) => new(AuditKind.PageReleased, new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero).AddTicks(number), new ActorId("intake-service"))
    {
        Tenant = new TenantId("clinic-a"),
        Document = new DocumentId(new Guid(number % 5, 0x1111, 0x7222, 0x80, 0, 0, 0, 0, 0, 0, 1)),
        Purpose = PurposeOfUse.Treatment,
        Decision = AuditDecision.Permitted,
        Fields = [new("page", AuditValue.Of(number)), new("findings", AuditValue.Of(3))],
    };
}

/// <summary>A collector in memory that does what it is told.</summary>
internal sealed class FakeTarget : IAuditTarget
{
    public TimeSpan SettleTime { get; init; }

    public bool IsIntact { get; set; } = true;

    /// <summary>What it answers next; accepts when nothing is queued.</summary>
    public Queue<ForwardingOutcome> Answers { get; } = [];

    /// <summary>The events that it accepted, in the order in which they came.</summary>
    public List<long> Accepted { get; } = [];

    public List<AuditBatch> Batches { get; } = [];

    public Func<AuditBatch, ForwardingOutcome>? Answer { get; set; }

    public ValueTask<ForwardingOutcome> SendAsync(AuditBatch batch, CancellationToken cancellationToken = default)
    {
        ForwardingOutcome outcome = Answer?.Invoke(batch) ?? (Answers.TryDequeue(out ForwardingOutcome next) ? next : ForwardingOutcome.Accepted);
        if (outcome.Verdict == ForwardingVerdict.Accepted)
        {
            Accepted.AddRange(batch.Events.Select(record => record.Sequence));
            Batches.Add(batch);
        }

        return new(outcome);
    }

    public ValueTask<bool> IsIntactAsync(CancellationToken cancellationToken = default) => new(IsIntact);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
