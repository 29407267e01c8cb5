using MedRedact.KeyManagement;
using MedRedact.Testing;
using MedRedact.KeyManagement.Tests;

namespace MedRedact.ConformanceTests.Tests;

[Proves(typeof(LocalKeyRing))]
public sealed class OurLocalKeyRing : KeyWrapperContract, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("keys-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    protected override ValueTask<IKeyWrapper> CreateWrapperAsync() => ValueTask.FromResult<IKeyWrapper>(Rings.Open(_folder));
}

[Proves(typeof(LocalKeyRing))]
public sealed class OurLocalKeyProvider : KeyProviderContract, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("keys-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    protected override ValueTask<IKeyProvider> CreateProviderAsync() => ValueTask.FromResult<IKeyProvider>(Rings.Open(_folder));
}

[Proves(typeof(LocalKeyRing))]
public sealed class OurLocalKeyLife : KeyLifecycleContract, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("keys-").FullName;
    private readonly MovableTime _time = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    protected override ValueTask<KeysUnderTest> OpenAsync()
    {
        LocalKeyRing ring = Rings.Open(_folder, _time);
        return new(new KeysUnderTest(ring, ring, ring));
    }

    protected override void Pass(TimeSpan time) => _time.Advance(time);
}

[Proves(typeof(RetryingKeyWrapper))]
public sealed class OurRetryingWrapper : KeyWrapperContract, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("keys-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    protected override ValueTask<IKeyWrapper> CreateWrapperAsync() =>
        ValueTask.FromResult<IKeyWrapper>(new RetryingKeyWrapper(Rings.Open(_folder), new KeyRetry(new KeyRetryOptions(), TimeProvider.System)));
}

[Proves(typeof(CachingKeyWrapper))]
public sealed class OurCachingWrapper : KeyWrapperContract, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("keys-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    protected override ValueTask<IKeyWrapper> CreateWrapperAsync() =>
        ValueTask.FromResult<IKeyWrapper>(new CachingKeyWrapper(Rings.Open(_folder), new KeyCacheOptions(), TimeProvider.System));
}

[Proves(typeof(AuditedKeyWrapper))]
public sealed class OurAuditedWrapper : KeyWrapperContract, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("keys-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    protected override ValueTask<IKeyWrapper> CreateWrapperAsync() =>
        ValueTask.FromResult<IKeyWrapper>(new AuditedKeyWrapper(Rings.Open(_folder), new RecordingAuditSink(), TimeProvider.System, new ActorId("key-service")));
}

[Proves(typeof(RetryingKeyProvider))]
public sealed class OurRetryingProvider : KeyProviderContract, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("keys-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    protected override ValueTask<IKeyProvider> CreateProviderAsync() =>
        ValueTask.FromResult<IKeyProvider>(new RetryingKeyProvider(Rings.Open(_folder), new KeyRetry(new KeyRetryOptions(), TimeProvider.System)));
}

/// <summary>The life of a ring's keys through a cache and repeated attempts: a state that changed here is heeded at once, and one that changed elsewhere by age.</summary>
[Proves(typeof(RetryingKeyLifecycle))]
public sealed class OurDecoratedKeyLife : KeyLifecycleContract, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("keys-").FullName;
    private readonly MovableTime _time = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    protected override ValueTask<KeysUnderTest> OpenAsync()
    {
        LocalKeyRing ring = Rings.Open(_folder, _time);
        var retry = new KeyRetry(new KeyRetryOptions { Budget = TimeSpan.FromMinutes(10) }, TimeProvider.System);
        var cache = new CachingKeyWrapper(new RetryingKeyWrapper(ring, retry), new KeyCacheOptions { MaxAge = TimeSpan.FromSeconds(1) }, _time, ring);
        return new(new KeysUnderTest(new RetryingKeyLifecycle(ring, retry), cache, new RetryingKeyProvider(ring, retry)));
    }

    protected override void Pass(TimeSpan time) => _time.Advance(time);
}

internal static class Rings
{
    public static LocalKeyRing Open(string folder, TimeProvider? time = null, TimeSpan? maxAge = null) =>
        new(new LocalKeyRingOptions { Home = folder, Rotation = new KeyRotationOptions { MaxAge = maxAge } }, time ?? TimeProvider.System);
}
