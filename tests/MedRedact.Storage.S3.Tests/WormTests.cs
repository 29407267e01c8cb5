using System.Globalization;
using MedRedact.ConformanceTests;

namespace MedRedact.Storage.S3.Tests;

/// <summary>The contract of write-once stores, on a bucket with object lock.</summary>
[Proves(typeof(S3WormStore))]
public sealed class LockedBucketContract : WormStoreContract, IDisposable
{
    private readonly BucketServer _server = new(versioned: true);

    public void Dispose() => _server.Dispose();

    protected override ValueTask<IWormStore> CreateStoreAsync() => new(WormTests.StoreOf(_server));
}

public sealed class WormTests : IDisposable
{
    private static readonly DateTimeOffset s_until = new(2090, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private readonly BucketServer _server = new(versioned: true);

    public void Dispose() => _server.Dispose();

    internal static S3WormStore StoreOf(BucketServer server) => new(
        new S3ZoneStoreOptions { Bucket = BucketServer.Bucket, ServiceUrl = server.Address, Credentials = new Amazon.Runtime.BasicAWSCredentials("test", "test"), Prefix = "clinic/", Timeout = TimeSpan.FromMinutes(5) },
        TimeProvider.System);

    [Fact]
    public async Task An_object_comes_with_its_lock_and_only_where_there_is_none()
    {
        using S3WormStore store = StoreOf(_server);
        await store.PutAsync(new ObjectName("segment"), new byte[] { 1 }, s_until.AddTicks(1));
        (string key, HttpListenerRequestHeaders headers) = Assert.Single(_server.Stored);
        Assert.Equal("clinic/worm/segment", key);
        Assert.Equal(("*", "COMPLIANCE"), (headers["If-None-Match"], headers["x-amz-object-lock-mode"]));

        // Dates of locks have whole seconds; never an earlier one than asked.
        Assert.Equal(s_until.AddSeconds(1), DateTimeOffset.Parse(headers["x-amz-object-lock-retain-until-date"]!, CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_bucket_that_passes_over_the_lock_is_a_fault()
    {
        _server.IgnoresLocks = true;
        using S3WormStore store = StoreOf(_server);
        var fault = await Assert.ThrowsAsync<MedRedactException>(() => store.PutAsync(new ObjectName("segment"), new byte[] { 1 }, s_until).AsTask());
        Assert.Equal("MR-STO-027", fault.Code.Value);
    }

    [Theory]
    [InlineData(Trouble.SlowDown, "MR-STO-021")]
    [InlineData(Trouble.InternalError, "MR-STO-021")]
    [InlineData(Trouble.Forbidden, "MR-STO-023")]
    [InlineData(Trouble.NoBucket, "MR-STO-024")]
    public async Task Trouble_is_a_code_and_writing_again_is_safe(Trouble trouble, string code)
    {
        using S3WormStore store = StoreOf(_server);
        _server.Next = (1, trouble);
        var name = new ObjectName("segment");
        Assert.Equal(code, (await Assert.ThrowsAsync<MedRedactException>(() => store.PutAsync(name, new byte[] { 1 }, s_until).AsTask())).Code.Value);
        Assert.Equal(WormOutcome.Written, await store.PutAsync(name, new byte[] { 1 }, s_until));

        // The answer was lost behind the writing: it is there, locked, and the same.
        _server.Next = (2, trouble);
        Assert.NotNull(await Record.ExceptionAsync(() => store.PutAsync(new ObjectName("other"), new byte[] { 2 }, s_until).AsTask()));
        Assert.Equal(WormOutcome.AlreadyThere, await store.PutAsync(new ObjectName("other"), new byte[] { 2 }, s_until));
    }
}
