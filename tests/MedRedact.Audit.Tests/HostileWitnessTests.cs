using MedRedact.Audit.Tests.Support;

namespace MedRedact.Audit.Tests;

/// <summary>Witnesses that mean harm to the ledger that asks them.</summary>
public sealed class HostileWitnessTests : IDisposable
{
    private readonly Rig _rig = new();

    public HostileWitnessTests()
    {
        _rig.Options.CheckpointInterval = TimeSpan.FromHours(1);
        _rig.Options.MaxCheckpointDelay = TimeSpan.FromDays(1);
        _rig.Options.VerificationCycle = Timeout.InfiniteTimeSpan;
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Otherwise each checkpoint would leave a connection behind that it holds open, until the ledger's disk finds no descriptor either.</summary>
    [Fact]
    public async Task One_that_never_answers_is_told_to_stop_when_its_time_is_over()
    {
        var silent = new Silencing(_rig.NewWitness()) { IsSilent = true };
        _rig.Witnesses = [silent];
        await using AuditLedger ledger = _rig.NewLedger();
        await ledger.AppendAsync(Sample.Event(0), Token);
        Task<AuditCheckpoint> published = ledger.PublishCheckpointAsync(Token).AsTask();
        await silent.AskedAsync();
        _rig.Time.Advance(_rig.Options.WitnessPatience);
        Assert.Equal(1, (await published).Size);
        await silent.StoppedAsync();
        Assert.Equal(WitnessOutcome.Unavailable, (await ledger.GetStatusAsync(Token)).Witnesses.Single().Outcome);
        silent.IsSilent = false;
    }

    [Fact]
    public async Task One_that_does_not_stop_is_not_asked_again_before_it_has()
    {
        FileWitness honest = _rig.NewWitness();
        var stubborn = new TaskCompletionSource<WitnessAnswer>();
        var begun = new TaskCompletionSource();
        int asked = 0;
        _rig.Witnesses = [new Answering(honest.Key, (old, proof, checkpoint, stop) =>
        {
            bool isFirst = Interlocked.Increment(ref asked) == 1;
            begun.TrySetResult();
            return isFirst ? new(stubborn.Task) : honest.AddCheckpointAsync(old, proof, checkpoint, stop);
        })];
        await using AuditLedger ledger = _rig.NewLedger();
        await ledger.AppendAsync(Sample.Event(0), Token);
        for (int i = 0; i < 5; i++)
        {
            Task<AuditCheckpoint> published = ledger.PublishCheckpointAsync(Token).AsTask();
            await begun.Task;
            _rig.Time.Advance(_rig.Options.WitnessPatience);
            await published;
        }

        Assert.Equal(1, asked);
        stubborn.SetResult(new(WitnessOutcome.Unavailable));
        Assert.True(new WitnessPolicy(1, [honest.Key]).IsMetBy(await ledger.PublishCheckpointAsync(Token)));
        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task One_that_once_named_a_size_that_none_has_is_asked_rightly_ever_after()
    {
        FileWitness honest = _rig.NewWitness();
        int asked = 0;
        _rig.Witnesses = [new Answering(honest.Key, (old, proof, checkpoint, stop) =>
            Interlocked.Increment(ref asked) == 1 ? ValueTask.FromResult(new WitnessAnswer(WitnessOutcome.Conflict, Size: -1)) : honest.AddCheckpointAsync(old, proof, checkpoint, stop))];
        await using AuditLedger ledger = _rig.NewLedger();
        await ledger.AppendAsync(Sample.Event(0), Token);
        await ledger.PublishCheckpointAsync(Token);
        Assert.Equal(WitnessOutcome.Conflict, (await ledger.GetStatusAsync(Token)).Witnesses.Single().Outcome);
        await ledger.PublishCheckpointAsync(Token);
        Assert.Equal(WitnessOutcome.Cosigned, (await ledger.GetStatusAsync(Token)).Witnesses.Single().Outcome);
    }

    /// <summary>One line more than a note may have, and nobody could read the ledger's checkpoint any more, the ledger least of all.</summary>
    [Theory]
    [InlineData(15, 60)]
    [InlineData(15, 2_800)]
    [InlineData(1, 30_000)]
    public async Task Lines_that_somebody_put_on_the_checkpoint_leave_room_for_cosignatures(int lines, int length)
    {
        await _rig.WithEventsAsync(3);
        byte[] padding = [.. Enumerable.Range(0, lines).SelectMany(i => SignedNote.FormatLine(new("clinic.example/audit", (uint)i, new byte[length])))];
        string checkpoint = Rig.Folder + "/checkpoint";
        _rig.Disk.Plant(checkpoint, [.. _rig.Read(checkpoint), .. padding]);
        Assert.True(_rig.Verify().IsIntact);

        _rig.Options.CheckpointFolder = Rig.Store;
        _rig.Witnesses = [_rig.NewWitness()];
        await using (AuditLedger ledger = _rig.NewLedger())
            await ledger.OpenAsync(Token);
        Assert.True(_rig.Verify(new() { Witnesses = new WitnessPolicy(1, [_rig.Witnesses[0].Key]) }).IsIntact);
        Assert.Equal(3, (await _rig.StoredAsync())!.Size);
        await _rig.WithEventsAsync(1, from: 3);
        Assert.True(_rig.Verify().IsIntact);
    }

    [Fact]
    public async Task Over_HTTP_one_that_keeps_the_client_waiting_is_a_coded_fault_and_cancelling_is_none()
    {
        using var slow = new HttpWitness(new("http://localhost/w"), LoopbackWitness.NewKey(), new Waiting());
        Assert.Equal(Faults.WitnessUnavailable, (await Assert.ThrowsAsync<MedRedactException>(async () => await slow.AddCheckpointAsync(0, [], "x"u8.ToArray(), Token))).Code);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await slow.AddCheckpointAsync(0, [], "x"u8.ToArray(), cancelled.Token));
    }

    public void Dispose() => _rig.Dispose();

    /// <summary>As a client behaves whose own time is over.</summary>
    private sealed class Waiting : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new TaskCanceledException();
    }
}
