using System.Buffers;
using System.Collections.Immutable;
using CsCheck;
using MedRedact.Envelope;
using Microsoft.Extensions.Time.Testing;

namespace MedRedact.KeyManagement.Tests;

public sealed class CachingKeyWrapperTests
{
    private static readonly KeyContext Place = new(new KeyPurpose("document"), StorageZone.Redacted, new TenantId("clinic-a"), null);

    private readonly FakeTimeProvider _time = new();
    private readonly ScriptedWrapper _inner = new();

    [Fact]
    public async Task A_key_is_given_out_up_to_its_age_and_not_after()
    {
        using CachingKeyWrapper cache = Cache(new KeyCacheOptions { MaxAge = TimeSpan.FromMinutes(1) });
        await OpenAsync(cache, 1);
        _time.Advance(TimeSpan.FromSeconds(59));
        await OpenAsync(cache, 1);
        Assert.Equal(1, _inner.Asked);

        _time.Advance(TimeSpan.FromSeconds(1));
        await OpenAsync(cache, 1);
        Assert.Equal(2, _inner.Asked);
    }

    [Fact]
    public async Task A_key_is_given_out_so_many_times_and_then_asked_for_again()
    {
        using CachingKeyWrapper cache = Cache(new KeyCacheOptions { MaxUses = 3 });
        for (int i = 0; i < 7; i++)
            await OpenAsync(cache, 1);
        Assert.Equal(3, _inner.Asked);
    }

    [Fact]
    public async Task The_oldest_goes_where_there_is_no_room()
    {
        using CachingKeyWrapper cache = Cache(new KeyCacheOptions { MaxBytes = 64 });
        await OpenAsync(cache, 1);
        _time.Advance(TimeSpan.FromSeconds(1));
        await OpenAsync(cache, 2);
        _time.Advance(TimeSpan.FromSeconds(1));
        await OpenAsync(cache, 3);

        await OpenAsync(cache, 2);
        await OpenAsync(cache, 3);
        Assert.Equal(3, _inner.Asked);
        await OpenAsync(cache, 1);
        Assert.Equal(4, _inner.Asked);
    }

    [Fact]
    public async Task Another_context_or_another_wrapping_key_finds_nothing()
    {
        using CachingKeyWrapper cache = Cache(new KeyCacheOptions());
        await OpenAsync(cache, 1);
        foreach (KeyContext other in new[]
        {
            Place with { Purpose = new KeyPurpose("other") }, Place with { Zone = StorageZone.Tokens }, Place with { Tenant = new TenantId("clinic-b") },
            Place with { Document = new DocumentId(Guid.Parse("00112233-4455-6677-8899-aabbccddeeff")) },
        })
        {
            int before = _inner.Asked;
            (await cache.UnwrapAsync(Wrapped(1), other)).Dispose();
            Assert.Equal(before + 1, _inner.Asked);
        }

        (await cache.UnwrapAsync(Wrapped(1) with { WrappedBy = new KeyId("another") }, Place)).Dispose();
        Assert.Equal(6, _inner.Asked);
    }

    [Fact]
    public async Task A_change_of_states_clears_all_and_an_answer_from_before_it_is_not_kept()
    {
        var states = new States();
        using CachingKeyWrapper cache = Cache(new KeyCacheOptions(), states);
        await OpenAsync(cache, 1);
        states.StateVersion++;
        await OpenAsync(cache, 1);
        Assert.Equal(2, _inner.Asked);

        _inner.Unwraps = (_, _) =>
        {
            states.StateVersion++;
            return new(SecretBuffer.Copy(ScriptedWrapper.KeyOf(Wrapped(2))));
        };
        await OpenAsync(cache, 2);
        _inner.Unwraps = null;
        await OpenAsync(cache, 2);
        Assert.Equal(4, _inner.Asked);
    }

    [Fact]
    public async Task A_refusal_is_passed_on_and_not_kept()
    {
        using CachingKeyWrapper cache = Cache(new KeyCacheOptions());
        _inner.Unwraps = (_, _) => throw KeyServiceException.Of(KeyFailure.Integrity);
        await Assert.ThrowsAsync<KeyServiceException>(async () => await cache.UnwrapAsync(Wrapped(1), Place));
        _inner.Unwraps = null;
        await OpenAsync(cache, 1);
        Assert.Equal(2, _inner.Asked);
    }

    [Fact]
    public async Task What_is_given_out_is_the_callers_own_and_the_rest_ends_with_the_cache()
    {
        CachingKeyWrapper cache = Cache(new KeyCacheOptions());
        IMemoryOwner<byte> first = await cache.UnwrapAsync(Wrapped(1), Place);
        first.Memory.Span.Clear();
        await OpenAsync(cache, 1);
        IMemoryOwner<byte> held = await cache.UnwrapAsync(Wrapped(1), Place);

        cache.Dispose();

        Assert.Equal(ScriptedWrapper.KeyOf(Wrapped(1)), held.Memory.ToArray());
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await cache.UnwrapAsync(Wrapped(1), Place));
    }

    [Fact]
    public void Whatever_is_asked_in_whatever_order_the_answer_is_right_and_never_older_than_the_age() =>
        Gen.Select(Gen.Int[0, 5], Gen.Int[0, 40], Gen.Bool).Array[1, 60].Sample(steps =>
        {
            var time = new FakeTimeProvider();
            var inner = new ScriptedWrapper();
            var states = new States();
            Dictionary<int, DateTimeOffset> asked = [];
            using var cache = new CachingKeyWrapper(inner, new KeyCacheOptions { MaxAge = TimeSpan.FromSeconds(60), MaxUses = 4, MaxBytes = 96 }, time, states);
            Dictionary<int, int> uses = [];
            foreach ((int key, int wait, bool change) in steps)
            {
                time.Advance(TimeSpan.FromSeconds(wait));
                if (change && wait > 35)
                {
                    states.StateVersion++;
                    asked.Clear();
                }

                int before = inner.Asked;
                ValueTask<IMemoryOwner<byte>> answer = cache.UnwrapAsync(Wrapped(key), Place);
                Assert.True(answer.IsCompletedSuccessfully);
                using IMemoryOwner<byte> opened = answer.GetAwaiter().GetResult();
                Assert.Equal(ScriptedWrapper.KeyOf(Wrapped(key)), opened.Memory.ToArray());
                if (inner.Asked > before)
                {
                    (asked[key], uses[key]) = (time.GetUtcNow(), 1);
                    continue;
                }

                Assert.True(asked.TryGetValue(key, out DateTimeOffset when), "it was given out over a change of states");
                Assert.True(time.GetUtcNow() - when < TimeSpan.FromSeconds(60), "it is too old");
                Assert.InRange(++uses[key], 2, 4);
            }
        }, iter: 500);

    [Fact]
    public async Task Many_threads_get_the_right_keys_under_pressure()
    {
        using CachingKeyWrapper cache = Cache(new KeyCacheOptions { MaxBytes = 64, MaxUses = 3 });
        await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(async () =>
        {
            for (int i = 0; i < 500; i++)
                await OpenAsync(cache, (thread + i) % 5);
        })));
    }

    [Fact]
    public void Bounds_that_make_no_sense_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Cache(new KeyCacheOptions { MaxAge = TimeSpan.Zero }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Cache(new KeyCacheOptions { MaxUses = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Cache(new KeyCacheOptions { MaxBytes = 31 }));
    }

    private static WrappedKey Wrapped(int number) => new(new KeyId("scripted"), new[] { (byte)number });

    private static async Task OpenAsync(CachingKeyWrapper cache, int number)
    {
        using IMemoryOwner<byte> opened = await cache.UnwrapAsync(Wrapped(number), Place);
        Assert.Equal(ScriptedWrapper.KeyOf(Wrapped(number)), opened.Memory.ToArray());
    }

    private CachingKeyWrapper Cache(KeyCacheOptions options, IKeyLifecycle? states = null) => new(_inner, options, _time, states);

    /// <summary>Says that states changed, and nothing else.</summary>
    private sealed class States : IKeyLifecycle
    {
        public long StateVersion { get; set; }

        public ValueTask<ImmutableArray<KeyDescription>> ListAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask<KeyDescription> RotateAsync(KeyRole role, KeyOperation? operation = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask<ImmutableArray<KeyDescription>> RotateDueAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask SetStateAsync(KeyId key, KeyState state, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask<DateTimeOffset> ScheduleDestroyAsync(KeyId key, TimeSpan wait, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask CancelDestroyAsync(KeyId key, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask<ImmutableArray<KeyDescription>> DestroyDueAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }
}
