using MedRedact.Durability.Simulation;

namespace MedRedact.Audit.Tests;

/// <summary>Who writes: an appender that finds the ledger idle, or the ledger's own thread where several append.</summary>
public sealed class WritingTests : IAsyncLifetime
{
    private readonly Rig _rig = new();
    private readonly GatedSyncs _disk;
    private readonly AuditLedger _ledger;

    public WritingTests()
    {
        (_rig.Options.SegmentSize, _rig.Options.QueueCapacity) = (1 << 20, 20);
        _disk = new GatedSyncs(_rig.Disk, Rig.Folder);
        _ledger = new AuditLedger(_rig.Options, _rig.Keys, _rig.Time, _disk);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _ledger.OpenAsync(Token);

    public async ValueTask DisposeAsync()
    {
        _disk.OpenGate();
        await _ledger.DisposeAsync();
        _rig.Disk.FailAt(0, DiskFault.Io);
        await _rig.WithEventsAsync(1, from: 90);
        Assert.True(_rig.Verify().IsIntact);
        _disk.Dispose();
        _rig.Dispose();
    }

    [Fact]
    public async Task Whoever_finds_the_ledger_idle_has_the_receipt_at_once()
    {
        for (int i = 0; i < 5; i++)
            Assert.True(await IsAnsweredAtOnceAsync(i));
    }

    [Fact]
    public async Task A_thread_of_a_user_interface_is_not_kept_for_the_disk()
    {
        _disk.Close();
        Task<AuditReceipt[]> answer = _ledger.TogetherAsync([Sample.Event(0)]);
        await _disk.ArrivedAsync(Token);
        Assert.False(answer.IsCompleted);
        _disk.OpenGate();
        Assert.Equal(0, (await answer)[0].Sequence);
    }

    [Fact]
    public async Task What_comes_while_the_disk_works_goes_to_it_together_and_what_is_too_much_is_refused()
    {
        _disk.Close();
        Task<AuditReceipt> first = _ledger.AloneAsync(Sample.Event(0));
        await _disk.ArrivedAsync(Token);
        Task<AuditReceipt>[] others = await InPoolAsync(() => Enumerable.Range(1, 20).Select(i => _ledger.AppendAsync(Sample.Event(i), Token).AsTask()).ToArray());
        Assert.DoesNotContain(others, other => other.IsCompleted);
        MedRedactException full = await Assert.ThrowsAsync<MedRedactException>(() => _ledger.AloneAsync(Sample.Event(21)));
        Assert.Equal(Faults.QueueFull, full.Code);
        _disk.OpenGate();

        Assert.Equal(0, (await first).Sequence);
        Assert.Equal(Enumerable.Range(1, 20).Select(i => (long)i), (await Task.WhenAll(others)).Select(receipt => receipt.Sequence));
        Assert.Equal(2, _disk.Syncs);
        Assert.Equal(21, await _ledger.GetSizeAsync(Token));
    }

    [Fact]
    public async Task After_a_rush_whoever_comes_alone_writes_again()
    {
        await _ledger.TogetherAsync(Enumerable.Range(0, 10).Select(i => Sample.Event(i)));
        await _ledger.AloneAsync(Sample.Event(10));
        Assert.True(await IsAnsweredAtOnceAsync(11));
    }

    [Fact]
    public async Task Who_waits_behind_somebody_elses_write_can_be_cancelled_and_the_event_stays()
    {
        _disk.Close();
        Task<AuditReceipt> first = _ledger.AloneAsync(Sample.Event(0));
        await _disk.ArrivedAsync(Token);
        using var patience = new CancellationTokenSource();
        Task<AuditReceipt> second = _ledger.AppendAsync(Sample.Event(1), patience.Token).AsTask();
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        _disk.OpenGate();
        await first;
        await _ledger.DisposeAsync();
        Assert.Equal(2, (await _rig.ReadAsync()).Count);
    }

    [Fact]
    public async Task What_is_queued_behind_a_write_that_fails_is_refused()
    {
        _disk.Close();
        Task<AuditReceipt> first = _ledger.AloneAsync(Sample.Event(0));
        await _disk.ArrivedAsync(Token);
        _rig.Disk.FailAt(1, DiskFault.Io);
        Task<AuditReceipt>[] others = await InPoolAsync(() => Enumerable.Range(1, 3).Select(i => _ledger.AppendAsync(Sample.Event(i), Token).AsTask()).ToArray());
        _disk.OpenGate();
        foreach (Task<AuditReceipt> refused in (Task<AuditReceipt>[])[first, .. others, _ledger.AloneAsync(Sample.Event(4))])
            Assert.Equal(Faults.Storage, (await Assert.ThrowsAsync<MedRedactException>(() => refused)).Code);
        Assert.Equal(0, await _ledger.GetSizeAsync(Token));
    }

    [Fact]
    public async Task Whoever_is_interrupted_while_it_writes_keeps_nobody_else_from_an_answer()
    {
        _disk.Close();
        Exception? thrown = null;
        var writer = new Thread(() =>
        {
            try
            {
                _ledger.AppendAsync(Sample.Event(0), CancellationToken.None).AsTask().GetAwaiter().GetResult();
            }
            catch (Exception fault)
            {
                thrown = fault;
            }
        });
        writer.Start();
        await _disk.ArrivedAsync(Token);
        Task<AuditReceipt> second = _ledger.AloneAsync(Sample.Event(1));
        writer.Interrupt();
        writer.Join();

        // Whether the event is on disk is not known, as after any fault of a write.
        Assert.Equal(Faults.Storage, Assert.IsType<MedRedactException>(thrown).Code);
        Assert.Equal(Faults.Storage, (await Assert.ThrowsAsync<MedRedactException>(() => second)).Code);
    }

    [Fact]
    public async Task Closing_waits_for_whoever_writes_and_answers_what_is_queued()
    {
        _disk.Close();
        Task<AuditReceipt> writing = _ledger.AloneAsync(Sample.Event(0));
        await _disk.ArrivedAsync(Token);
        Task<AuditReceipt> queued = _ledger.AppendAsync(Sample.Event(1), Token).AsTask();
        Task closing = _ledger.DisposeAsync().AsTask();
        Assert.False(closing.IsCompleted);
        _disk.OpenGate();
        await closing;
        Assert.Equal((0, 1), ((await writing).Sequence, (await queued).Sequence));
        Assert.Equal(2, (await _rig.ReadAsync()).Count);
    }

    private async Task<bool> IsAnsweredAtOnceAsync(int number)
    {
        (Task<AuditReceipt> answer, bool atOnce) = await InPoolAsync(() =>
        {
            Task<AuditReceipt> answer = _ledger.AppendAsync(Sample.Event(number), Token).AsTask();
            return (answer, answer.IsCompletedSuccessfully);
        });
        Assert.Equal(number, (await answer).Sequence);
        return atOnce;
    }

    /// <summary>On a thread without a synchronization context, as hosts have it.</summary>
    private static Task<T> InPoolAsync<T>(Func<T> work) => Task.Run(work, Token);
}
