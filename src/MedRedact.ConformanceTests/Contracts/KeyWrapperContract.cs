using System.Buffers;
using MedRedact.Testing;

namespace MedRedact.ConformanceTests;

/// <summary>What every <see cref="IKeyWrapper"/> promises.</summary>
public abstract class KeyWrapperContract
{
    private readonly SeededIds _ids = new(12);

    /// <summary>Makes the wrapper, with an active key in every zone.</summary>
    /// <returns>The wrapper.</returns>
    protected abstract ValueTask<IKeyWrapper> CreateWrapperAsync();

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task A_wrapped_key_opens_in_its_own_context_in_every_zone()
    {
        IKeyWrapper wrapper = await CreateWrapperAsync();
        foreach (StorageZone zone in Enum.GetValues<StorageZone>())
        {
            byte[] key = _ids.NextBytes(32);
            KeyContext context = Context() with { Zone = zone };
            WrappedKey wrapped = await wrapper.WrapAsync(key, context, Samples.Cancellation);
            using IMemoryOwner<byte> opened = await wrapper.UnwrapAsync(wrapped, context, Samples.Cancellation);
            Assert.Equal(key, opened.Memory.ToArray());
        }

        await DisposeAsync(wrapper);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task A_wrong_context_damage_and_an_unknown_key_get_one_and_the_same_answer()
    {
        IKeyWrapper wrapper = await CreateWrapperAsync();
        KeyContext context = Context();
        WrappedKey wrapped = await wrapper.WrapAsync(_ids.NextBytes(32), context, Samples.Cancellation);
        var answers = new List<string>();
        foreach (KeyContext wrong in (KeyContext[])[
            context with { Purpose = new KeyPurpose("other") }, context with { Zone = StorageZone.Tokens }, context with { Tenant = Samples.OtherTenant },
            context with { Document = _ids.NextDocument() }, context with { Document = null }])
            answers.Add(await RefusalAsync(wrapper, wrapped, wrong));

        // A bit of every byte, and where the blob is long, of some two hundred of them.
        for (int at = 0; at < wrapped.Blob.Length; at += Math.Max(1, wrapped.Blob.Length / 200))
        {
            byte[] damaged = wrapped.Blob.ToArray();
            damaged[at] ^= (byte)(1 << (at % 8));
            answers.Add(await RefusalAsync(wrapper, wrapped with { Blob = damaged }, context));
        }

        answers.Add(await RefusalAsync(wrapper, wrapped with { Blob = (byte[])[.. wrapped.Blob.Span, 0] }, context));

        answers.Add(await RefusalAsync(wrapper, wrapped with { Blob = wrapped.Blob[..^1] }, context));
        answers.Add(await RefusalAsync(wrapper, wrapped with { Blob = ReadOnlyMemory<byte>.Empty }, context));
        answers.Add(await RefusalAsync(wrapper, wrapped with { WrappedBy = new KeyId("never.heard-of") }, context));
        Assert.Single(answers.Distinct(StringComparer.Ordinal));
        await DisposeAsync(wrapper);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task A_blob_is_short_never_the_same_twice_and_does_not_show_the_key()
    {
        IKeyWrapper wrapper = await CreateWrapperAsync();
        byte[] key = _ids.NextBytes(32);
        WrappedKey one = await wrapper.WrapAsync(key, Context(), Samples.Cancellation), two = await wrapper.WrapAsync(key, Context(), Samples.Cancellation);
        Assert.InRange(one.Blob.Length, 33, 4096);
        Assert.False(one.Blob.Span.SequenceEqual(two.Blob.Span), "the same key was wrapped to the same bytes");
        Assert.True(one.Blob.Span.IndexOf(key.AsSpan(0, 8)) < 0, "the blob shows the key");
        await DisposeAsync(wrapper);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task An_unwrapped_key_is_zeroed_when_it_is_disposed()
    {
        IKeyWrapper wrapper = await CreateWrapperAsync();
        WrappedKey wrapped = await wrapper.WrapAsync(_ids.NextBytes(32), Context(), Samples.Cancellation);
        IMemoryOwner<byte> opened = await wrapper.UnwrapAsync(wrapped, Context(), Samples.Cancellation);
        Memory<byte> memory = opened.Memory;
        opened.Dispose();
        try
        {
            Assert.True(memory.Span.IndexOfAnyExcept((byte)0) < 0, "the key stayed in memory");
        }
        catch (ObjectDisposedException)
        {
            // Out of reach is as good as zeroed.
        }

        await DisposeAsync(wrapper);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task Many_threads_wrap_and_open_at_the_same_time()
    {
        IKeyWrapper wrapper = await CreateWrapperAsync();
        (byte[] Key, KeyContext Context)[] keys = [.. Enumerable.Range(0, 32).Select(_ => (_ids.NextBytes(32), Context()))];
        await Task.WhenAll(keys.Select(each => Task.Run(async () =>
        {
            WrappedKey wrapped = await wrapper.WrapAsync(each.Key, each.Context, Samples.Cancellation);
            using IMemoryOwner<byte> opened = await wrapper.UnwrapAsync(wrapped, each.Context, Samples.Cancellation);
            Assert.True(opened.Memory.Span.SequenceEqual(each.Key));
        })));
        await DisposeAsync(wrapper);
    }

    private static KeyContext Context() => new(new KeyPurpose("document"), StorageZone.Redacted, Samples.Tenant, new DocumentId(new Guid("0197a3b0-0000-7000-8000-000000000001")));

    private static async Task<string> RefusalAsync(IKeyWrapper wrapper, WrappedKey wrapped, KeyContext context)
    {
        MedRedactException refused = await Assert.ThrowsAnyAsync<MedRedactException>(async () => await wrapper.UnwrapAsync(wrapped, context, Samples.Cancellation));
        Assert.False(refused is KeyServiceException { Failure: not KeyFailure.Integrity }, "a refusal is taken for a failure of the service");
        return refused.Message;
    }

    private static async ValueTask DisposeAsync(IKeyWrapper wrapper)
    {
        if (wrapper is IAsyncDisposable asynchronous)
            await asynchronous.DisposeAsync();
        else
            (wrapper as IDisposable)?.Dispose();
    }
}
