using MedRedact.ConformanceTests;
using MedRedact.KeyManagement.Tests;

namespace MedRedact.KeyManagement.AwsKms.Tests;

[Proves(typeof(AwsKmsKeys))]
public sealed class KmsWrapperContract : KeyWrapperContract, IDisposable
{
    private readonly KmsServer _server = new();

    public void Dispose() => _server.Dispose();

    protected override ValueTask<IKeyWrapper> CreateWrapperAsync() => ValueTask.FromResult<IKeyWrapper>(_server.Open());
}

[Proves(typeof(AwsKmsKeys))]
public sealed class KmsProviderContract : KeyProviderContract, IDisposable
{
    private readonly KmsServer _server = new();

    public void Dispose() => _server.Dispose();

    protected override ValueTask<IKeyProvider> CreateProviderAsync() => ValueTask.FromResult<IKeyProvider>(_server.Open());
}

[Proves(typeof(AwsKmsKeys))]
public sealed class KmsLifeContract : KeyLifecycleContract, IDisposable
{
    private readonly MovableTime _time = new();
    private readonly KmsServer _server;

    public KmsLifeContract() => _server = new KmsServer(_time);

    public void Dispose() => _server.Dispose();

    protected override ValueTask<KeysUnderTest> OpenAsync()
    {
        AwsKmsKeys keys = _server.Open(_time);
        return new(new KeysUnderTest(keys, keys, keys));
    }

    protected override void Pass(TimeSpan time) => _time.Advance(time);
}

/// <summary>The life of keys as a host has it: through repeated attempts and a cache, with a service that fails every third call of a kind.</summary>
/// <remarks>Notes of keys that left are spared: what a call destroyed before it failed would be missing from the next call's answer, as the interface says.</remarks>
public sealed class DecoratedKmsLifeContract : KeyLifecycleContract, IDisposable
{
    private readonly MovableTime _time = new();
    private readonly KmsServer _server;

    public DecoratedKmsLifeContract()
    {
        _server = new KmsServer(_time);
        Trouble[] troubles = [Trouble.Throttling, Trouble.Internal, Trouble.Dropped, Trouble.LateSuccess, Trouble.TooManyRequests];
        string[] operations = ["Encrypt", "Decrypt", "Sign", "GetPublicKey", "CreateKey", "UpdateKeyDescription", "DisableKey", "EnableKey", "ScheduleKeyDeletion", "ListAliases"];
        foreach (string operation in operations)
        {
            for (int i = 0; i < 3; i++)
                _server.Next(operation, troubles[i % troubles.Length], 3 * (i + 1));
        }

        // A look at all keys fails whole with one of them.
        _server.Next("DescribeKey", Trouble.Dropped, 9);
        _server.Next("CreateAlias", Trouble.LateSuccess);
        _server.Next("CreateAlias", Trouble.Throttling, 2);
    }

    public void Dispose() => _server.Dispose();

    protected override async ValueTask<KeysUnderTest> OpenAsync()
    {
        AwsKmsKeys keys = _server.Open(_time);
        var retry = new KeyRetry(new KeyRetryOptions { FirstDelay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromMilliseconds(2), AttemptTimeout = TimeSpan.FromMinutes(1), Budget = TimeSpan.FromMinutes(10), MaxAttempts = 100 }, TimeProvider.System);
        var cache = new CachingKeyWrapper(new RetryingKeyWrapper(keys, retry), new KeyCacheOptions { MaxAge = TimeSpan.FromSeconds(1) }, _time, keys);
        var life = new Unfailing(new RetryingKeyLifecycle(keys, retry), retry);
        await life.ListAsync(TestContext.Current.CancellationToken);
        return new KeysUnderTest(life, cache, new RetryingKeyProvider(keys, retry));
    }

    protected override void Pass(TimeSpan time) => _time.Advance(time);

    /// <summary>Asks again by hand for what a host would ask again the next day.</summary>
    private sealed class Unfailing(RetryingKeyLifecycle inner, KeyRetry retry) : IKeyLifecycle
    {
        public long StateVersion => inner.StateVersion;

        public ValueTask<System.Collections.Immutable.ImmutableArray<KeyDescription>> ListAsync(CancellationToken cancellationToken = default) => inner.ListAsync(cancellationToken);

        public ValueTask<KeyDescription> RotateAsync(KeyRole role, KeyOperation? operation = null, CancellationToken cancellationToken = default) =>
            inner.RotateAsync(role, operation, cancellationToken);

        public ValueTask<System.Collections.Immutable.ImmutableArray<KeyDescription>> RotateDueAsync(CancellationToken cancellationToken = default) =>
            retry.RunAsync(inner.RotateDueAsync, cancellationToken);

        public ValueTask SetStateAsync(KeyId key, KeyState state, CancellationToken cancellationToken = default) => inner.SetStateAsync(key, state, cancellationToken);

        public ValueTask<DateTimeOffset> ScheduleDestroyAsync(KeyId key, TimeSpan wait, CancellationToken cancellationToken = default) => inner.ScheduleDestroyAsync(key, wait, cancellationToken);

        public ValueTask CancelDestroyAsync(KeyId key, CancellationToken cancellationToken = default) => inner.CancelDestroyAsync(key, cancellationToken);

        public ValueTask<System.Collections.Immutable.ImmutableArray<KeyDescription>> DestroyDueAsync(CancellationToken cancellationToken = default) =>
            retry.RunAsync(inner.DestroyDueAsync, cancellationToken);
    }
}

public sealed class KmsCoverage
{
    [Fact]
    public void Every_implementation_of_this_package_is_proved() =>
        Assert.Empty(ContractCoverage.Missing(typeof(AwsKmsKeys).Assembly, typeof(KmsCoverage).Assembly));
}
