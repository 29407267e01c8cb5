using MedRedact.Testing;

namespace MedRedact.ConformanceTests;

/// <summary>What every <see cref="IWormStore"/> promises.</summary>
public abstract class WormStoreContract
{
    private static readonly DateTimeOffset s_until = new(2100, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private readonly SeededIds _ids = new(12);

    /// <summary>Makes an empty store.</summary>
    /// <returns>The store.</returns>
    protected abstract ValueTask<IWormStore> CreateStoreAsync();

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task What_was_written_comes_back_byte_for_byte()
    {
        IWormStore store = await CreateStoreAsync();
        foreach (int length in (int[])[0, 1, 100_000])
        {
            byte[] content = length == 0 ? [] : _ids.NextBytes(length);
            var name = new ObjectName($"object-{length}");
            Assert.Equal(WormOutcome.Written, await store.PutAsync(name, content, s_until, Samples.Cancellation));
            Assert.Equal(content, await ReadAsync(store, name));
        }

        await DisposeAsync(store);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task What_was_written_is_not_written_over()
    {
        IWormStore store = await CreateStoreAsync();
        var name = new ObjectName("segment");
        byte[] content = _ids.NextBytes(1_000), other = [.. content[..^1], (byte)(content[^1] ^ 1)];
        await store.PutAsync(name, content, s_until, Samples.Cancellation);
        Assert.Equal(WormOutcome.Differs, await store.PutAsync(name, other, s_until.AddYears(1), Samples.Cancellation));
        Assert.Equal(WormOutcome.Differs, await store.PutAsync(name, content.AsMemory(1), s_until, Samples.Cancellation));
        Assert.Equal(WormOutcome.Differs, await store.PutAsync(name, Array.Empty<byte>(), s_until, Samples.Cancellation));
        Assert.Equal(content, await ReadAsync(store, name));
        Assert.Equal(s_until, await store.FindRetentionAsync(name, Samples.Cancellation));
        await DisposeAsync(store);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task Writing_the_same_again_is_no_fault_and_changes_nothing()
    {
        IWormStore store = await CreateStoreAsync();
        var name = new ObjectName("segment");
        byte[] content = _ids.NextBytes(1_000);
        await store.PutAsync(name, content, s_until, Samples.Cancellation);
        Assert.Equal(WormOutcome.AlreadyThere, await store.PutAsync(name, content, s_until.AddYears(-50), Samples.Cancellation));
        Assert.Equal(s_until, await store.FindRetentionAsync(name, Samples.Cancellation));
        await DisposeAsync(store);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task A_retention_is_lengthened_and_never_shortened()
    {
        IWormStore store = await CreateStoreAsync();
        var name = new ObjectName("segment");
        await store.PutAsync(name, _ids.NextBytes(10), s_until, Samples.Cancellation);
        Assert.True(await store.ExtendAsync(name, s_until.AddYears(-90), Samples.Cancellation));
        Assert.Equal(s_until, await store.FindRetentionAsync(name, Samples.Cancellation));
        Assert.True(await store.ExtendAsync(name, s_until.AddYears(5), Samples.Cancellation));
        Assert.Equal(s_until.AddYears(5), await store.FindRetentionAsync(name, Samples.Cancellation));
        await DisposeAsync(store);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task What_is_not_there_is_said_to_be_not_there()
    {
        IWormStore store = await CreateStoreAsync();
        var name = new ObjectName("nothing");
        Assert.Null(await store.OpenAsync(name, Samples.Cancellation));
        Assert.Null(await store.FindRetentionAsync(name, Samples.Cancellation));
        Assert.False(await store.ExtendAsync(name, s_until, Samples.Cancellation));
        Assert.Empty(await ListAsync(store));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await store.PutAsync(default, _ids.NextBytes(1), s_until, Samples.Cancellation));
        await DisposeAsync(store);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task Everything_written_is_listed_in_order()
    {
        IWormStore store = await CreateStoreAsync();
        foreach (string name in (string[])["b", "a.segment", "c-1"])
            await store.PutAsync(new ObjectName(name), _ids.NextBytes(10), s_until, Samples.Cancellation);
        Assert.Equal(["a.segment", "b", "c-1"], await ListAsync(store));
        await DisposeAsync(store);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task Of_many_who_write_one_name_at_once_one_writes()
    {
        IWormStore store = await CreateStoreAsync();
        var name = new ObjectName("segment");
        byte[][] contents = [.. Enumerable.Range(0, 8).Select(_ => _ids.NextBytes(500))];
        WormOutcome[] outcomes = await Task.WhenAll(contents.Select(content => store.PutAsync(name, content, s_until, Samples.Cancellation).AsTask()));
        int written = Array.IndexOf(outcomes, WormOutcome.Written);
        Assert.Single(outcomes, WormOutcome.Written);
        Assert.Equal(7, outcomes.Count(outcome => outcome == WormOutcome.Differs));
        Assert.Equal(contents[written], await ReadAsync(store, name));
        await DisposeAsync(store);
    }

    private static async Task<byte[]> ReadAsync(IWormStore store, ObjectName name)
    {
        await using Stream? opened = await store.OpenAsync(name, Samples.Cancellation);
        using var bytes = new MemoryStream();
        await opened!.CopyToAsync(bytes, Samples.Cancellation);
        return bytes.ToArray();
    }

    private static async Task<List<string>> ListAsync(IWormStore store)
    {
        var names = new List<string>();
        await foreach (ObjectName name in store.ListAsync(Samples.Cancellation))
            names.Add(name.Value);
        return names;
    }

    private static async ValueTask DisposeAsync(IWormStore store)
    {
        if (store is IDisposable disposable)
            disposable.Dispose();
        await ValueTask.CompletedTask;
    }
}
