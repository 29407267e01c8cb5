namespace MedRedact.ConformanceTests;

/// <summary>What every <see cref="IAuditSink"/> promises.</summary>
public abstract class AuditSinkContract
{
    /// <summary>Makes an empty sink.</summary>
    /// <returns>The sink; a disposable one is disposed by the suite.</returns>
    protected abstract ValueTask<IAuditSink> CreateSinkAsync();

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task Receipts_are_numbered_without_gaps()
    {
        IAuditSink sink = await CreateSinkAsync();
        long first = (await sink.AppendAsync(Samples.Event(0), Samples.Cancellation)).Sequence;
        Assert.True(first >= 0);
        for (int i = 1; i < 20; i++)
            Assert.Equal(first + i, (await sink.AppendAsync(Samples.Event(i), Samples.Cancellation)).Sequence);
        await DisposeAsync(sink);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task Appends_at_the_same_time_get_one_number_each()
    {
        IAuditSink sink = await CreateSinkAsync();
        long before = (await sink.AppendAsync(Samples.Event(0), Samples.Cancellation)).Sequence;
        AuditReceipt[] receipts = await Task.WhenAll(Enumerable.Range(1, 64).Select(i => Task.Run(async () => await sink.AppendAsync(Samples.Event(i), Samples.Cancellation))));
        Assert.Equal(Enumerable.Range(1, 64).Select(i => before + i), receipts.Select(receipt => receipt.Sequence).Order());
        await DisposeAsync(sink);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task Different_events_have_different_leaf_hashes()
    {
        IAuditSink sink = await CreateSinkAsync();
        var hashes = new HashSet<LeafHash>();
        for (int i = 0; i < 20; i++)
        {
            LeafHash hash = (await sink.AppendAsync(Samples.Event(i), Samples.Cancellation)).LeafHash;
            Assert.NotEqual(default, hash);
            Assert.True(hashes.Add(hash));
        }

        await DisposeAsync(sink);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task A_field_that_the_kind_does_not_declare_is_refused_and_takes_no_number()
    {
        IAuditSink sink = await CreateSinkAsync();
        long before = (await sink.AppendAsync(Samples.Event(0), Samples.Cancellation)).Sequence;
        AuditEvent undeclared = Samples.Event(1) with { Fields = [new AuditField("patient", AuditValue.Of(1))] };
        await Assert.ThrowsAnyAsync<Exception>(async () => await sink.AppendAsync(undeclared, Samples.Cancellation));
        Assert.Equal(before + 1, (await sink.AppendAsync(Samples.Event(2), Samples.Cancellation)).Sequence);
        await DisposeAsync(sink);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task A_cancelled_call_says_so_and_leaves_no_gap()
    {
        IAuditSink sink = await CreateSinkAsync();
        await Samples.EndsOrCancels(async token => await sink.AppendAsync(Samples.Event(0), token));
        long one = (await sink.AppendAsync(Samples.Event(1), Samples.Cancellation)).Sequence;
        Assert.Equal(one + 1, (await sink.AppendAsync(Samples.Event(2), Samples.Cancellation)).Sequence);
        await DisposeAsync(sink);
    }

    internal static async ValueTask DisposeAsync(object sink)
    {
        if (sink is IAsyncDisposable asynchronous)
            await asynchronous.DisposeAsync();
        else
            (sink as IDisposable)?.Dispose();
    }
}

/// <summary>What a sink that outlives its process promises beyond: every sink for production.</summary>
public abstract class DurableAuditSinkContract : AuditSinkContract
{
    /// <summary>Opens anew what the last sink made durable, after that sink was disposed.</summary>
    /// <returns>A sink that goes on where the first one ended.</returns>
    protected abstract ValueTask<IAuditSink> ReopenAsync();

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task What_was_acknowledged_is_still_there_when_the_sink_is_opened_again()
    {
        IAuditSink sink = await CreateSinkAsync();
        long last = 0;
        for (int i = 0; i < 5; i++)
            last = (await sink.AppendAsync(Samples.Event(i), Samples.Cancellation)).Sequence;
        await DisposeAsync(sink);
        IAuditSink again = await ReopenAsync();
        Assert.Equal(last + 1, (await again.AppendAsync(Samples.Event(5), Samples.Cancellation)).Sequence);
        await DisposeAsync(again);
    }
}
