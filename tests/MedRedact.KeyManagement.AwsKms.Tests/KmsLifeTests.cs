using System.Collections.Immutable;
using MedRedact.KeyManagement.Tests;

namespace MedRedact.KeyManagement.AwsKms.Tests;

/// <summary>Keys that are made, rotated and destroyed at a service that makes a key anew at each call, lists late and deletes by itself.</summary>
public sealed class KmsLifeTests : IDisposable
{
    private static readonly byte[] DataKey = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private static readonly KeyContext Place = new(new KeyPurpose("document"), StorageZone.Redacted, new TenantId("clinic-a"), null);
    private static readonly KeyRole Role = KeyRole.Wrapping(StorageZone.Redacted);
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    private readonly MovableTime _time = new();
    private readonly KmsServer _server;

    public KmsLifeTests() => _server = new KmsServer(_time);

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task Of_a_key_whose_making_was_never_answered_one_is_active_and_the_other_has_no_name()
    {
        using AwsKmsKeys keys = _server.Open(_time);
        _server.Next("CreateKey", Trouble.LateSuccess);
        await Assert.ThrowsAsync<KeyServiceException>(async () => await keys.WrapAsync(DataKey, Place));
        KeyId used = (await keys.WrapAsync(DataKey, Place)).WrappedBy;
        Assert.Equal(2, _server.Account.Keys.Count);
        Assert.Equal(used, Assert.Single(await List(keys), key => key.Role == Role).Id);
        ServedKey lost = Assert.Single(_server.Account.Keys, key => !_server.Account.Aliases.Values.Contains(key.Id));
        Assert.Equal(("main", used.Value), (lost.Tags["medredact-ring"], lost.Tags["medredact-key"]));
    }

    [Theory]
    [InlineData(Trouble.LateSuccess)]
    [InlineData(Trouble.Throttling)]
    [InlineData(Trouble.Dropped)]
    public async Task A_key_that_was_made_and_not_named_is_named_by_the_next_attempt(Trouble trouble)
    {
        using AwsKmsKeys keys = _server.Open(_time);
        _server.Next("CreateAlias", trouble);
        await Assert.ThrowsAsync<KeyServiceException>(async () => await keys.WrapAsync(DataKey, Place));
        await keys.WrapAsync(DataKey, Place);
        Assert.Equal(1, _server.Count("CreateKey"));
        Assert.Single(_server.Account.Keys, key => key.State == "Enabled");
    }

    [Fact]
    public async Task Hosts_that_begin_together_end_with_one_key_a_role()
    {
        AwsKmsKeys[] hosts = [.. Enumerable.Range(0, 4).Select(_ => _server.Open(_time))];
        WrappedKey[] wrapped = await Task.WhenAll(hosts.Select(host => Task.Run(async () =>
        {
            await host.ListAsync();
            return await host.WrapAsync(DataKey, Place);
        })));
        Assert.Single(wrapped.Select(each => each.WrappedBy).Distinct());
        foreach (AwsKmsKeys host in hosts)
        {
            foreach (WrappedKey each in wrapped)
                (await host.UnwrapAsync(each, Place)).Dispose();
            host.Dispose();
        }

        // Whoever came second let its key go.
        Assert.Equal(Enum.GetValues<StorageZone>().Length + 1, _server.Account.Keys.Count(key => key.State == "Enabled"));
        Assert.All(_server.Account.Keys.Where(key => !_server.Account.Aliases.Values.Contains(key.Id)), key => Assert.Equal("PendingDeletion", key.State));
    }

    [Fact]
    public async Task Who_made_a_key_uses_it_before_the_service_lists_it()
    {
        using AwsKmsKeys keys = _server.Open(_time);
        _server.Account.ListingsBehind = 3;
        KeyId first = (await keys.WrapAsync(DataKey, Place)).WrappedBy;
        KeyId second = (await keys.RotateAsync(Role)).Id;
        WrappedKey wrapped = await keys.WrapAsync(DataKey, Place);
        Assert.Equal(second, wrapped.WrappedBy);
        (await keys.UnwrapAsync(wrapped, Place)).Dispose();
        Assert.Equal(2, _server.Count("CreateKey"));
        Assert.Equal([first, second], (await List(keys)).Where(key => key.Role == Role).Select(key => key.Id));
    }

    [Fact]
    public async Task What_another_host_wrapped_or_signed_by_a_key_that_is_not_listed_yet_opens_and_is_accepted()
    {
        using AwsKmsKeys one = _server.Open(_time), two = _server.Open(_time);
        var purpose = new KeyPurpose("document-commit");
        await one.WrapAsync(DataKey, Place);
        await one.GetSignerAsync(purpose);
        await two.ListAsync();

        _server.Account.ListingsBehind = 50;
        await one.RotateAsync(Role);
        await one.RotateAsync(KeyRole.Signing(purpose));
        WrappedKey wrapped = await one.WrapAsync(DataKey, Place);
        ISigner signer = await one.GetSignerAsync(purpose);

        (await two.UnwrapAsync(wrapped, Place)).Dispose();
        Assert.Equal(signer.PublicKey.ToArray(), (await two.FindVerificationKeyAsync(purpose, signer.Key))!.PublicKey.ToArray());
        Assert.Null(await two.FindVerificationKeyAsync(new KeyPurpose("manifest"), signer.Key));
        await two.ListAsync();
        Assert.Equal(wrapped.WrappedBy, (await two.WrapAsync(DataKey, Place)).WrappedBy);
    }

    [Fact]
    public async Task Hosts_that_find_a_key_too_old_together_make_one()
    {
        using AwsKmsKeys one = Aging(), two = Aging();
        WrappedKey old = await one.WrapAsync(DataKey, Place);
        _time.Advance(TimeSpan.FromDays(91));
        WrappedKey[] wrapped = await Task.WhenAll(new[] { one, two }.Select(host => Task.Run(async () => await host.WrapAsync(DataKey, Place))));
        Assert.Single(wrapped.Select(each => each.WrappedBy).Distinct());
        Assert.NotEqual(old.WrappedBy, wrapped[0].WrappedBy);
        (await two.UnwrapAsync(old, Place)).Dispose();

        AwsKmsKeys Aging() => _server.Open(_time, options => options.Rotation.MaxAge = TimeSpan.FromDays(90));
    }

    [Fact]
    public async Task Interrupted_at_any_call_a_change_that_is_asked_for_again_ends_as_it_was_meant_and_never_opens_too_much()
    {
        foreach (Trouble trouble in (Trouble[])[Trouble.Dropped, Trouble.LateSuccess])
        {
            bool isInterrupted = true;
            for (int call = 1; isInterrupted; call++)
            {
                using var server = new KmsServer(_time);
                using AwsKmsKeys keys = server.Open(_time), elsewhere = server.Open(_time, options => options.CreateIfMissing = false);
                KeyId first = (await keys.WrapAsync(DataKey, Place)).WrappedBy;
                isInterrupted = false;
                foreach (Func<AwsKmsKeys, Task> change in (Func<AwsKmsKeys, Task>[])[
                    async host => await host.RotateAsync(Role, new KeyOperation("second")), async host => await host.SetStateAsync(first, KeyState.Disabled),
                    async host => await host.ScheduleDestroyAsync(first, Week), async host => await host.CancelDestroyAsync(first), async host => await host.SetStateAsync(first, KeyState.Active)])
                {
                    server.Next("*", trouble, call);
                    if (await Record.ExceptionAsync(() => change(keys)) is { } failed)
                    {
                        isInterrupted = true;
                        Assert.True(failed is KeyServiceException { Failure: KeyFailure.Transient }, failed.ToString());
                        await AssertClosedAsync(elsewhere, server);
                        await elsewhere.WrapAsync(DataKey, Place);
                        await change(keys);
                    }

                    server.Forgive();
                    await AssertClosedAsync(elsewhere, server);
                }

                ImmutableArray<KeyDescription> end = [.. (await List(elsewhere)).Where(key => key.Role == Role)];
                Assert.Equal([KeyState.Active, KeyState.DecryptOnly], end.Select(key => key.State));
                Assert.Equal(first, end[0].Id);
                Assert.Equal(first, (await keys.WrapAsync(DataKey, Place)).WrappedBy);
            }
        }
    }

    [Fact]
    public async Task A_key_that_the_service_has_not_deleted_yet_is_not_said_to_be_destroyed()
    {
        using AwsKmsKeys keys = _server.Open(_time);
        KeyId key = (await keys.WrapAsync(DataKey, Place)).WrappedBy;
        await keys.RotateAsync(Role);
        await keys.ScheduleDestroyAsync(key, Week);
        _server.Account.DeletesLate = TimeSpan.FromHours(24);

        _time.Advance(Week + TimeSpan.FromHours(1));
        Assert.Empty(await keys.DestroyDueAsync());
        Assert.True((await List(keys)).Single(each => each.Id == key).AwaitsDestruction, "it is said to be gone");

        _time.Advance(TimeSpan.FromHours(24));
        Assert.Equal(KeyFaults.DestroyedKey, (await Assert.ThrowsAsync<MedRedactException>(async () => await keys.CancelDestroyAsync(key))).Code);
        Assert.Equal(key, Assert.Single(await keys.DestroyDueAsync()).Id);
        Assert.Equal(KeyState.Destroyed, (await List(keys)).Single(each => each.Id == key).State);
    }

    [Fact]
    public async Task A_wait_of_days_and_hours_is_never_cut_short_by_the_service()
    {
        using AwsKmsKeys keys = _server.Open(_time);
        KeyId key = (await keys.WrapAsync(DataKey, Place)).WrappedBy;
        await keys.RotateAsync(Role);
        DateTimeOffset due = await keys.ScheduleDestroyAsync(key, TimeSpan.FromDays(8) + TimeSpan.FromHours(3));
        Assert.True(_server.Account.KeyOf(key).DeletionAt >= due.AddMilliseconds(-1), "the service deletes earlier than was said");
    }

    [Fact]
    public async Task A_key_that_somebody_else_has_deleted_is_remembered_and_the_root_of_macs_is_not_made_anew()
    {
        using AwsKmsKeys keys = _server.Open(_time);
        await keys.GetMacKeyAsync(new KeyPurpose("index"), new TenantId("clinic-a"));
        KeyId root = (await List(keys)).Single(key => key.Role == KeyRole.MacRoot).Id;
        ServedKey served = _server.Account.KeyOf(root);
        (served.State, served.DeletionAt) = ("PendingDeletion", _time.GetUtcNow() + Week);

        Assert.Empty(await keys.DestroyDueAsync());
        _time.Advance(Week + TimeSpan.FromHours(1));
        Assert.Equal(root, Assert.Single(await keys.DestroyDueAsync()).Id);

        using AwsKmsKeys later = _server.Open(_time);
        Assert.Equal(
            Faults.NoActiveKey, (await Assert.ThrowsAsync<KeyServiceException>(async () => await later.GetMacKeyAsync(new KeyPurpose("index"), new TenantId("clinic-a")))).Code);
        Assert.Equal(KeyState.Destroyed, (await List(later)).Single(key => key.Role == KeyRole.MacRoot).State);
    }

    [Fact]
    public async Task Notes_go_on_where_a_key_holds_as_many_as_the_service_allows()
    {
        using AwsKmsKeys keys = _server.Open(_time);
        var left = new List<KeyId>();
        for (int i = 0; i < 2; i++)
        {
            KeyId key = (await keys.WrapAsync(DataKey, Place)).WrappedBy;
            await keys.RotateAsync(Role);
            await keys.ScheduleDestroyAsync(key, Week);
            left.Add(key);
            ServedKey holder = _server.Account.Keys.Single(each => each.Id == _server.Account.Aliases["alias/medredact/main/notes/1"]);
            for (int filler = 0; filler < 48; filler++)
                _server.Account.Add(holder, $"alias/filler/{filler}");
        }

        _server.Account.PageSize = 7;
        _time.Advance(Week + TimeSpan.FromHours(1));
        Assert.Equal(left, (await keys.DestroyDueAsync()).Select(key => key.Id));
        Assert.Contains("alias/medredact/main/notes/2", _server.Account.Aliases.Keys);
        Assert.Equal(left, (await List(keys)).Where(key => key.State == KeyState.Destroyed).Select(key => key.Id));
    }

    /// <summary>What is said to be disabled is switched off at the service.</summary>
    private static async Task AssertClosedAsync(AwsKmsKeys keys, KmsServer server)
    {
        foreach (KeyDescription key in (await List(keys)).Where(key => key.State == KeyState.Disabled))
            Assert.NotEqual("Enabled", server.Account.KeyOf(key.Id).State);
    }

    private static async Task<ImmutableArray<KeyDescription>> List(AwsKmsKeys keys) => await keys.ListAsync();
}
