using MedRedact.Testing;

namespace MedRedact.ConformanceTests;

/// <summary>What every <see cref="IZoneStore"/> promises.</summary>
public abstract class ZoneStoreContract
{
    private readonly SeededIds _ids = new(11);

    /// <summary>Makes an empty store.</summary>
    /// <returns>The store.</returns>
    protected abstract ValueTask<IZoneStore> CreateStoreAsync();

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task What_was_put_comes_back_byte_for_byte_from_a_seekable_stream()
    {
        IZoneStore store = await CreateStoreAsync();
        foreach (int length in (int[])[0, 1, 100_000])
        {
            byte[] content = length == 0 ? [] : _ids.NextBytes(length);
            ZoneObject target = Target();
            using var envelope = new MemoryStream(content);
            await store.PutAsync(target, envelope, Samples.Cancellation);
            Assert.True(envelope.CanRead, "the caller's stream was closed");
            await using Stream? opened = await store.OpenAsync(target, Samples.Cancellation);
            Assert.True(opened!.CanSeek);
            Assert.Equal(content, await ReadAsync(opened));
        }

        await DisposeAsync(store);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task Zones_tenants_documents_and_names_are_apart()
    {
        IZoneStore store = await CreateStoreAsync();
        ZoneObject target = Target();
        await PutAsync(store, target, [1, 2, 3]);
        Assert.Null(await store.OpenAsync(target with { Zone = StorageZone.Structured }, Samples.Cancellation));
        Assert.Null(await store.OpenAsync(target with { Tenant = Samples.OtherTenant }, Samples.Cancellation));
        Assert.Null(await store.OpenAsync(target with { Document = _ids.NextDocument() }, Samples.Cancellation));
        Assert.Null(await store.OpenAsync(target with { Name = new ObjectName("other") }, Samples.Cancellation));
        await DisposeAsync(store);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task A_second_put_replaces_the_first_and_an_erased_object_is_gone()
    {
        IZoneStore store = await CreateStoreAsync();
        ZoneObject target = Target();
        await PutAsync(store, target, [1, 2, 3]);
        await PutAsync(store, target, [4]);
        Assert.Equal([4], await ReadAsync(store, target));
        Assert.True(await store.EraseAsync(target, Samples.Cancellation));
        Assert.Null(await store.OpenAsync(target, Samples.Cancellation));
        Assert.False(await store.EraseAsync(target, Samples.Cancellation));
        await DisposeAsync(store);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task A_put_that_fails_half_way_leaves_what_was_there()
    {
        IZoneStore store = await CreateStoreAsync();
        ZoneObject target = Target(), fresh = Target();
        await PutAsync(store, target, [1, 2, 3]);
        using var broken = new BrokenStream();
        await Assert.ThrowsAnyAsync<Exception>(async () => await store.PutAsync(target, broken, Samples.Cancellation));
        await Assert.ThrowsAnyAsync<Exception>(async () => await store.PutAsync(fresh, broken, Samples.Cancellation));
        Assert.Equal([1, 2, 3], await ReadAsync(store, target));
        Assert.Null(await store.OpenAsync(fresh, Samples.Cancellation));
        Assert.Equal([target], await ListAsync(store, target.Zone, Samples.Tenant, null));
        await DisposeAsync(store);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task A_cancelled_put_shows_nothing()
    {
        IZoneStore store = await CreateStoreAsync();
        ZoneObject target = Target();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await store.PutAsync(target, new MemoryStream([1]), cancelled.Token));
        Assert.Null(await store.OpenAsync(target, Samples.Cancellation));
        await DisposeAsync(store);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task A_listing_names_all_of_a_zone_and_tenant_or_of_one_document()
    {
        IZoneStore store = await CreateStoreAsync();
        ZoneObject one = Target(), two = one with { Name = new ObjectName("page-0002.png") }, other = Target();
        foreach (ZoneObject target in (ZoneObject[])[one, two, other, one with { Zone = StorageZone.Proofs }, one with { Tenant = Samples.OtherTenant }])
            await PutAsync(store, target, [1]);
        Assert.Equal(Sorted([one, two, other]), Sorted(await ListAsync(store, one.Zone, Samples.Tenant, null)));
        Assert.Equal(Sorted([one, two]), Sorted(await ListAsync(store, one.Zone, Samples.Tenant, one.Document)));
        Assert.Empty(await ListAsync(store, StorageZone.Tokens, Samples.Tenant, null));
        await DisposeAsync(store);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task Whoever_reads_while_an_object_is_replaced_sees_one_of_them_whole()
    {
        IZoneStore store = await CreateStoreAsync();
        ZoneObject target = Target();
        await PutAsync(store, target, Enumerable.Repeat((byte)0, 20_000).ToArray());
        Task writer = Task.Run(async () =>
        {
            for (byte round = 1; round <= 10; round++)
                await PutAsync(store, target, Enumerable.Repeat(round, 20_000).ToArray());
        });
        do
        {
            byte[]? seen = await ReadAsync(store, target);
            Assert.Equal(20_000, seen?.Length);
            Assert.Single(seen!.Distinct());
        }
        while (!writer.IsCompleted);
        await writer;
        await DisposeAsync(store);
    }

    private ZoneObject Target() => new(StorageZone.Redacted, Samples.Tenant, _ids.NextDocument(), new ObjectName("page-0001.png"));

    private static async Task PutAsync(IZoneStore store, ZoneObject target, byte[] content)
    {
        using var envelope = new MemoryStream(content);
        await store.PutAsync(target, envelope, Samples.Cancellation);
    }

    private static async Task<byte[]?> ReadAsync(IZoneStore store, ZoneObject target)
    {
        await using Stream? opened = await store.OpenAsync(target, Samples.Cancellation);
        return opened is null ? null : await ReadAsync(opened);
    }

    private static async Task<byte[]> ReadAsync(Stream stream)
    {
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, Samples.Cancellation);
        return copy.ToArray();
    }

    private static async Task<List<ZoneObject>> ListAsync(IZoneStore store, StorageZone zone, TenantId tenant, DocumentId? document)
    {
        var listed = new List<ZoneObject>();
        await foreach (ZoneObject found in store.ListAsync(zone, tenant, document, Samples.Cancellation))
            listed.Add(found);
        return listed;
    }

    private static ZoneObject[] Sorted(IEnumerable<ZoneObject> objects) => [.. objects.OrderBy(found => found.ToString(), StringComparer.Ordinal)];

    private static async ValueTask DisposeAsync(IZoneStore store)
    {
        if (store is IAsyncDisposable asynchronous)
            await asynchronous.DisposeAsync();
        else
            (store as IDisposable)?.Dispose();
    }

    /// <summary>Gives some bytes, then fails.</summary>
    private sealed class BrokenStream : Stream
    {
        private int _reads;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (_reads++ % 2 == 1)
                throw new IOException("The stream broke, as the test wanted.");
            return Math.Min(count, 100);
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
