using MedRedact.ConformanceTests;

namespace MedRedact.Storage.S3.Tests;

/// <summary>The contract of zone stores, on a bucket that keeps versions.</summary>
public sealed class VersionedBucketContract : ZoneStoreContract, IDisposable
{
    private readonly BucketServer _server = new(versioned: true);

    public void Dispose() => _server.Dispose();

    protected override ValueTask<IZoneStore> CreateStoreAsync() => new(S3ZoneStoreTests.StoreOf(_server));
}

/// <summary>The contract of zone stores, on a bucket that keeps no versions.</summary>
public sealed class PlainBucketContract : ZoneStoreContract, IDisposable
{
    private readonly BucketServer _server = new(versioned: false);

    public void Dispose() => _server.Dispose();

    protected override ValueTask<IZoneStore> CreateStoreAsync() => new(S3ZoneStoreTests.StoreOf(_server));
}
