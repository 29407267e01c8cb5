using System.Security.Cryptography;
using Amazon.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MedRedact.Storage.S3.Tests;

public sealed class S3ZoneStoreTests : IDisposable
{
    private static readonly TenantId Tenant = new("clinic-a");
    private readonly BucketServer _server = new(versioned: true);
    private readonly List<S3ZoneStore> _stores = [];

    public void Dispose()
    {
        foreach (S3ZoneStore store in _stores)
            store.Dispose();
        _server.Dispose();
    }

    internal static S3ZoneStore StoreOf(BucketServer server, Action<S3ZoneStoreOptions>? configure = null)
    {
        var options = new S3ZoneStoreOptions
        {
            Bucket = BucketServer.Bucket,
            ServiceUrl = server.Address,
            Credentials = new BasicAWSCredentials("test", "test"),
            Timeout = TimeSpan.FromMinutes(5),
        };
        configure?.Invoke(options);
        return new S3ZoneStore(options, TimeProvider.System);
    }

    [Theory]
    [InlineData((5 << 20) - 1)]
    [InlineData(5 << 20)]
    [InlineData((5 << 20) + 1)]
    [InlineData(12_345_678)]
    public async Task A_long_envelope_goes_and_comes_in_parts_of_which_one_is_in_memory(int length)
    {
        S3ZoneStore store = Store(options => options.PartSize = 5 << 20);
        byte[] content = new byte[length];
        new Random(7).NextBytes(content);
        await store.PutAsync(Target("long"), new MemoryStream(content));

        await using Stream opened = (await store.OpenAsync(Target("long")))!;
        Assert.Equal(length, opened.Length);
        Assert.Equal(SHA256.HashData(content), await SHA256.HashDataAsync(opened));
        byte[] some = new byte[1000];
        foreach (int at in new[] { length - 1000, 0, length / 2, (5 << 20) - 1500 })
        {
            opened.Position = at;
            await opened.ReadExactlyAsync(some);
            Assert.Equal(content[at..(at + 1000)], some);
            opened.Position = at;
            opened.ReadExactly(some);
            Assert.Equal(content[at..(at + 1000)], some);
        }

        Assert.Equal(0, _server.OpenUploads);
        Assert.Single(_server.Versions);
    }

    [Fact]
    public async Task A_part_that_fails_leaves_nothing_not_even_parts()
    {
        S3ZoneStore store = Store(options => options.PartSize = 5 << 20);
        for (int request = 2; request <= 5; request++)
        {
            _server.Next = (request, Trouble.InternalError);
            MedRedactException fault = await Assert.ThrowsAsync<MedRedactException>(async () => await store.PutAsync(Target("long"), new MemoryStream(new byte[12_345_678])));
            Assert.Equal(Faults.Unavailable, fault.Code);
            Assert.Equal(0, _server.OpenUploads);
            Assert.Empty(_server.Versions);
        }
    }

    [Fact]
    public async Task An_object_replaced_while_it_is_read_is_never_mixed()
    {
        using var plain = new BucketServer(versioned: false);
        using S3ZoneStore store = StoreOf(plain, options => options.PartSize = 5 << 20);
        await store.PutAsync(Target("long"), new MemoryStream(new byte[11 << 20]));
        await using Stream opened = (await store.OpenAsync(Target("long")))!;
        await store.PutAsync(Target("long"), new MemoryStream([.. Enumerable.Repeat((byte)1, 11 << 20)]));
        opened.Position = 6 << 20;
        MedRedactException fault = await Assert.ThrowsAsync<MedRedactException>(async () => await opened.ReadExactlyAsync(new byte[10]));
        Assert.Equal(Faults.NotWhole, fault.Code);
    }

    [Fact]
    public async Task Erasing_removes_every_version_and_every_mark_but_of_no_other_key()
    {
        S3ZoneStore store = Store();
        _server.PageSize = 2;
        for (byte i = 0; i < 5; i++)
            await store.PutAsync(Target("page"), new MemoryStream([i]));
        await store.PutAsync(Target("page-2"), new MemoryStream([9]));
        Assert.Equal(6, _server.Versions.Count);

        Assert.True(await store.EraseAsync(Target("page")));
        Assert.Equal([9], Assert.Single(_server.Versions).Content);
        Assert.False(await store.EraseAsync(Target("page")));
        Assert.Null(await store.OpenAsync(Target("page")));
    }

    [Fact]
    public async Task A_listing_goes_over_all_pages_and_passes_over_what_is_not_ours()
    {
        S3ZoneStore store = Store(options => options.Prefix = "med/redact/");
        _server.PageSize = 3;
        for (int i = 0; i < 8; i++)
            await store.PutAsync(Target($"page-{i}"), new MemoryStream([1]));
        Assert.Equal(8, await store.ListAsync(StorageZone.Redacted, Tenant, null).CountAsync());
        Assert.Equal($"med/redact/redacted/t-clinic-a/{Target("x").Document}/page-0", _server.Versions[0].Key);

        using S3ZoneStore other = StoreOf(_server);
        Assert.Equal(0, await other.ListAsync(StorageZone.Redacted, Tenant, null).CountAsync());
    }

    [Fact]
    public async Task Proofs_are_locked_where_that_is_asked_for_and_nothing_else_is()
    {
        S3ZoneStore store = Store(options => (options.LockProofsForYears, options.HoldProofs) = (6, true));
        ZoneObject proof = Target("commit") with { Zone = StorageZone.Proofs };
        await store.PutAsync(proof, new MemoryStream([1]));
        await store.PutAsync(Target("page"), new MemoryStream([1]));
        Assert.Equal("COMPLIANCE", _server.Stored[0].Headers["x-amz-object-lock-mode"]);
        Assert.Equal("ON", _server.Stored[0].Headers["x-amz-object-lock-legal-hold"]);
        DateTime until = DateTime.Parse(_server.Stored[0].Headers["x-amz-object-lock-retain-until-date"]!, System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange((until - TimeProvider.System.GetUtcNow().UtcDateTime).TotalDays, (6 * 365) - 2, (6 * 366) + 2);
        Assert.Null(_server.Stored[1].Headers["x-amz-object-lock-mode"]);
        Assert.Null(_server.Stored[1].Headers["x-amz-object-lock-legal-hold"]);

        MedRedactException fault = await Assert.ThrowsAsync<MedRedactException>(async () => await store.EraseAsync(proof));
        Assert.Equal(Faults.Locked, fault.Code);
        Assert.NotNull(await store.OpenAsync(proof));
        Assert.True(await store.EraseAsync(Target("page")));
    }

    [Theory]
    [InlineData(Trouble.SlowDown, "MR-STO-021")]
    [InlineData(Trouble.InternalError, "MR-STO-021")]
    [InlineData(Trouble.CutBody, "MR-STO-021")]
    [InlineData(Trouble.WrongBody, "MR-STO-025")]
    [InlineData(Trouble.Forbidden, "MR-STO-023")]
    [InlineData(Trouble.NoBucket, "MR-STO-024")]
    [InlineData(Trouble.NoAnswer, "MR-STO-022")]
    public async Task What_goes_wrong_has_a_code_is_asked_once_and_quotes_nobody(Trouble trouble, string code)
    {
        S3ZoneStore store = Store(options => options.Timeout = trouble == Trouble.NoAnswer ? TimeSpan.FromSeconds(1) : options.Timeout);
        await store.PutAsync(Target("page"), new MemoryStream(new byte[1000]));
        foreach (Func<Task> call in new Func<Task>[]
        {
            async () => await store.OpenAsync(Target("page")),
            async () => await store.PutAsync(Target("page"), new MemoryStream(new byte[1000])),
            async () => await store.ListAsync(StorageZone.Redacted, Tenant, null).CountAsync(),
            async () => await store.EraseAsync(Target("page")),
        })
        {
            int before = _server.Requests.Count;
            _server.Next = (1, trouble);
            if (trouble is Trouble.CutBody or Trouble.WrongBody && before > 1)
                break;

            MedRedactException fault = await Assert.ThrowsAsync<MedRedactException>(call);
            Assert.Equal(code, fault.Code.Value);
            Assert.Equal(before + 1, _server.Requests.Count);
            Assert.DoesNotContain("Ann", fault.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain("records", fault.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Cancellation_passes_through()
    {
        S3ZoneStore store = Store();
        await store.PutAsync(Target("page"), new MemoryStream([1]));
        using var cancel = new CancellationTokenSource();
        _server.Next = (1, Trouble.NoAnswer);
        ValueTask<Stream?> opening = store.OpenAsync(Target("page"), cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await opening);
    }

    [Fact]
    public void Options_that_make_no_sense_are_refused_when_the_host_starts()
    {
        foreach (Action<S3ZoneStoreOptions> wrong in new Action<S3ZoneStoreOptions>[]
        {
            options => options.Bucket = "",
            options => options.Region = null,
            options => options.Prefix = "no-slash",
            options => options.Prefix = "Capital/",
            options => options.Timeout = TimeSpan.Zero,
            options => options.PartSize = 1,
            options => options.LockProofsForYears = -1,
        })
        {
            var services = new ServiceCollection();
            new Builder(services).AddS3Zones(options =>
            {
                (options.Bucket, options.Region) = ("records", "us-east-1");
                wrong(options);
            });
            using ServiceProvider provider = services.BuildServiceProvider();
            Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate());
        }
    }

    private static ZoneObject Target(string name) =>
        new(StorageZone.Redacted, Tenant, new DocumentId(new Guid(1, 0, 7, [1, 2, 3, 4, 5, 6, 7, 8])), new ObjectName(name));

    private S3ZoneStore Store(Action<S3ZoneStoreOptions>? configure = null)
    {
        _stores.Add(StoreOf(_server, configure));
        return _stores[^1];
    }

    private sealed record Builder(IServiceCollection Services) : IMedRedactBuilder;
}
