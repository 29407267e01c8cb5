using System.Buffers;
using CsCheck;
using MedRedact.Envelope;
using Microsoft.Extensions.Time.Testing;

namespace MedRedact.KeyManagement.Tests;

public sealed class KeyRetryTests
{
    private static readonly KeyContext Place = new(new KeyPurpose("document"), StorageZone.Redacted, new TenantId("clinic-a"), null);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)) { AutoAdvanceAmount = TimeSpan.Zero };

    [Theory]
    [InlineData(KeyFailure.Transient, 3)]
    [InlineData(KeyFailure.Throttled, 3)]
    [InlineData(KeyFailure.Unavailable, 1)]
    [InlineData(KeyFailure.Denied, 1)]
    [InlineData(KeyFailure.Integrity, 1)]
    public async Task Only_what_failed_for_now_is_tried_again(KeyFailure failure, int attempts)
    {
        int asked = 0;
        Task<int> answer = Run<int>(new KeyRetryOptions(), _ => ++asked == 3 ? new(7) : throw KeyServiceException.Of(failure));

        if (attempts == 3)
            Assert.Equal(7, await answer);
        else
            Assert.Equal(failure, (await Assert.ThrowsAsync<KeyServiceException>(() => answer)).Failure);
        Assert.Equal(attempts, asked);
    }

    [Fact]
    public async Task Another_exception_is_not_tried_again()
    {
        int asked = 0;
        await Assert.ThrowsAsync<InvalidOperationException>(() => Run<int>(new KeyRetryOptions(), _ =>
        {
            asked++;
            throw new InvalidOperationException();
        }));
        Assert.Equal(1, asked);
    }

    [Fact]
    public void Waits_stay_under_their_cap_and_all_together_under_the_budget_and_the_attempts_under_their_number() =>
        Gen.Select(Gen.Int[1, 500], Gen.Int[500, 5_000], Gen.Int[100, 60_000], Gen.Int[1, 12], Gen.Double[0, 1].Array[16]).Sample((first, most, budget, attempts, dice) =>
        {
            var options = new KeyRetryOptions
            {
                FirstDelay = TimeSpan.FromMilliseconds(first),
                MaxDelay = TimeSpan.FromMilliseconds(most),
                Budget = TimeSpan.FromMilliseconds(budget),
                MaxAttempts = attempts,
            };
            var time = new FakeTimeProvider();
            DateTimeOffset start = time.GetUtcNow();
            int rolled = 0;
            List<DateTimeOffset> asked = [];
            var retry = new KeyRetry(options, time, () => dice[rolled++ % dice.Length]);
            Task<int> answer = retry.RunAsync<int>(_ =>
            {
                asked.Add(time.GetUtcNow());
                throw KeyServiceException.Of(KeyFailure.Throttled);
            }).AsTask();
            Drive(time, answer, TimeSpan.FromMilliseconds(50));

            Assert.Equal(KeyFailure.Throttled, Assert.IsType<KeyServiceException>(answer.Exception!.InnerException).Failure);
            Assert.InRange(asked.Count, 1, attempts);
            Assert.True(asked[^1] - start < options.Budget + TimeSpan.FromMilliseconds(100));
            for (int i = 1; i < asked.Count; i++)
            {
                double cap = Math.Min(most, first * Math.Pow(2, i - 1));
                Assert.True((asked[i] - asked[i - 1]).TotalMilliseconds <= cap + 50, "a wait is longer than its cap");
            }
        }, iter: 200, threads: 1);

    [Fact]
    public async Task A_service_that_asks_for_a_longer_wait_gets_it()
    {
        List<DateTimeOffset> asked = [];
        await Run<int>(new KeyRetryOptions(), _ =>
        {
            asked.Add(_time.GetUtcNow());
            return asked.Count == 2 ? new(1) : throw KeyServiceException.Of(KeyFailure.Throttled, TimeSpan.FromSeconds(9));
        });
        Assert.True(asked[1] - asked[0] >= TimeSpan.FromSeconds(9));
    }

    [Fact]
    public async Task An_answer_that_comes_after_its_time_is_cleared_and_the_next_attempt_counts()
    {
        var late = new TaskCompletionSource<IMemoryOwner<byte>>();
        var ghost = SecretBuffer.Random(32);
        Memory<byte> seen = ghost.Memory;
        CancellationToken abandoned = default;
        var slow = new ScriptedWrapper
        {
            Unwraps = (asked, token) =>
            {
                if (asked > 1)
                    return new(SecretBuffer.Copy([1, 2, 3]));
                abandoned = token;
                return new(late.Task);
            },
        };
        var wrapper = new RetryingKeyWrapper(slow, new KeyRetry(new KeyRetryOptions { AttemptTimeout = TimeSpan.FromSeconds(2) }, _time));
        Task<IMemoryOwner<byte>> answer = wrapper.UnwrapAsync(new WrappedKey(new KeyId("one"), new byte[] { 1 }), Place).AsTask();
        Drive(_time, answer, TimeSpan.FromMilliseconds(500));
        using IMemoryOwner<byte> opened = await answer;

        late.SetResult(ghost);

        Assert.True(abandoned.IsCancellationRequested);
        Assert.Equal([1, 2, 3], opened.Memory.ToArray());
        Assert.True(seen.Span.IndexOfAnyExcept((byte)0) < 0, "the late key stayed in memory");
    }

    [Fact]
    public async Task Cancellation_ends_a_wait_and_comes_out_as_itself()
    {
        using var stop = new CancellationTokenSource();
        var retry = new KeyRetry(new KeyRetryOptions(), _time);
        Task<int> answer = retry.RunAsync<int>(_ => throw KeyServiceException.Of(KeyFailure.Transient), stop.Token).AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
    }

    [Fact]
    public async Task A_mac_key_whose_answer_came_too_late_still_works_for_everybody_else()
    {
        using var folder = new KeyRingFolder();
        using LocalKeyRing ring = folder.Open();
        await ring.OpenAsync(TestContext.Current.CancellationToken);
        var late = new LateOnce(ring);
        var provider = new RetryingKeyProvider(late, new KeyRetry(new KeyRetryOptions { AttemptTimeout = TimeSpan.FromSeconds(2) }, _time));
        Task<IMacKey> answer = provider.GetMacKeyAsync(new KeyPurpose("index"), new TenantId("clinic-a")).AsTask();
        Drive(_time, answer, TimeSpan.FromMilliseconds(500));
        IMacKey second = await answer;

        late.First.SetResult(await ring.GetMacKeyAsync(new KeyPurpose("index"), new TenantId("clinic-a")));

        Assert.NotEqual(default, await second.ComputeAsync(new byte[1]));
    }

    private sealed class LateOnce(IKeyProvider inner) : IKeyProvider
    {
        public TaskCompletionSource<IMacKey> First { get; } = new();

        private int _asked;

        public ValueTask<ISigner> GetSignerAsync(KeyPurpose purpose, CancellationToken cancellationToken = default) => inner.GetSignerAsync(purpose, cancellationToken);

        public ValueTask<System.Collections.Immutable.ImmutableArray<VerificationKey>> GetVerificationKeysAsync(KeyPurpose purpose, CancellationToken cancellationToken = default) =>
            inner.GetVerificationKeysAsync(purpose, cancellationToken);

        public ValueTask<IMacKey> GetMacKeyAsync(KeyPurpose purpose, TenantId tenant, CancellationToken cancellationToken = default) =>
            _asked++ == 0 ? new(First.Task) : inner.GetMacKeyAsync(purpose, tenant, cancellationToken);
    }

    [Fact]
    public async Task Signatures_and_macs_are_asked_for_again_too()
    {
        using var folder = new KeyRingFolder();
        using LocalKeyRing ring = folder.Open();
        var failing = new FailingOnce(ring);
        var provider = new RetryingKeyProvider(failing, new KeyRetry(new KeyRetryOptions(), _time, () => 0));

        ISigner signer = await provider.GetSignerAsync(new KeyPurpose("ledger"));
        IMacKey mac = await provider.GetMacKeyAsync(new KeyPurpose("index"), new TenantId("clinic-a"));

        Assert.Equal(signer.Key, (await provider.GetVerificationKeysAsync(new KeyPurpose("ledger")))[0].Key);
        Assert.NotEqual(default, await mac.ComputeAsync(new byte[1]));
        Assert.NotEqual(0, (await signer.SignAsync(new byte[1])).Length);
        Assert.Equal(3, failing.Failures);
    }

    [Fact]
    public void Bounds_that_make_no_sense_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new KeyRetry(new KeyRetryOptions { MaxAttempts = 0 }, _time));
        Assert.Throws<ArgumentOutOfRangeException>(() => new KeyRetry(new KeyRetryOptions { Budget = TimeSpan.Zero }, _time));
        Assert.Throws<ArgumentOutOfRangeException>(() => new KeyRetry(new KeyRetryOptions { MaxDelay = TimeSpan.Zero }, _time));
    }

    private Task<T> Run<T>(KeyRetryOptions options, Func<CancellationToken, ValueTask<T>> call)
    {
        Task<T> answer = new KeyRetry(options, _time, () => 0.5).RunAsync(call).AsTask();
        Drive(_time, answer, TimeSpan.FromMilliseconds(50));
        return answer;
    }

    /// <summary>Lets time pass until the task has ended. The continuations run within the advance, so no thread is waited for.</summary>
    private static void Drive(FakeTimeProvider time, Task task, TimeSpan step)
    {
        for (int i = 0; i < 10_000 && !task.IsCompleted; i++)
            time.Advance(step);
        Assert.True(task.IsCompleted, "it never ends");
    }

    private sealed class FailingOnce(IKeyProvider sound) : IKeyProvider
    {
        private readonly HashSet<string> _failed = [];

        public int Failures => _failed.Count;

        public ValueTask<ISigner> GetSignerAsync(KeyPurpose purpose, CancellationToken cancellationToken = default) =>
            _failed.Add("signer") ? throw KeyServiceException.Of(KeyFailure.Transient) : sound.GetSignerAsync(purpose, cancellationToken);

        public ValueTask<System.Collections.Immutable.ImmutableArray<VerificationKey>> GetVerificationKeysAsync(KeyPurpose purpose, CancellationToken cancellationToken = default) =>
            _failed.Add("verification") ? throw KeyServiceException.Of(KeyFailure.Throttled) : sound.GetVerificationKeysAsync(purpose, cancellationToken);

        public ValueTask<IMacKey> GetMacKeyAsync(KeyPurpose purpose, TenantId tenant, CancellationToken cancellationToken = default) =>
            _failed.Add("mac") ? throw KeyServiceException.Of(KeyFailure.Transient) : sound.GetMacKeyAsync(purpose, tenant, cancellationToken);
    }
}
