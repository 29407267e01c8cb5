using System.Buffers;
using System.Collections.Immutable;

namespace MedRedact.ConformanceTests;

/// <summary>Keys as one process sees them: their life, and what they do.</summary>
/// <param name="Lifecycle">Their life.</param>
/// <param name="Wrapper">Wraps with them.</param>
/// <param name="Provider">Signs with them.</param>
public sealed record KeysUnderTest(IKeyLifecycle Lifecycle, IKeyWrapper Wrapper, IKeyProvider Provider);

/// <summary>What every <see cref="IKeyLifecycle"/> promises, and what it makes of the wrapper and the signers beside it.</summary>
public abstract class KeyLifecycleContract
{
    private static readonly KeyPurpose Signing = new("conformance");
    private static readonly KeyRole Role = KeyRole.Wrapping(StorageZone.Redacted);
    private static readonly TimeSpan Wait = IKeyLifecycle.MinDestructionWait;

    /// <summary>Opens the keys of this test as one process does; called again, as another process opens the same keys.</summary>
    /// <returns>The keys, with an active one in every zone, and no limit of age.</returns>
    protected abstract ValueTask<KeysUnderTest> OpenAsync();

    /// <summary>Lets time pass, for all that was opened and for the service behind it.</summary>
    /// <param name="time">How much.</param>
    protected abstract void Pass(TimeSpan time);

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task Every_zone_and_the_root_of_macs_have_one_active_key_from_the_beginning()
    {
        KeysUnderTest keys = await OpenAsync();
        ImmutableArray<KeyDescription> listed = await keys.Lifecycle.ListAsync(Samples.Cancellation);
        Assert.Equal(listed.Length, listed.Select(key => key.Id).Distinct().Count());
        foreach (KeyRole role in (KeyRole[])[.. Enum.GetValues<StorageZone>().Select(KeyRole.Wrapping), KeyRole.MacRoot])
            Assert.Single(listed, key => key.Role == role && key.State == KeyState.Active);
        await CloseAsync(keys);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task A_rotated_key_opens_what_it_wrapped_and_the_new_one_wraps()
    {
        KeysUnderTest keys = await OpenAsync();
        WrappedKey old = await WrapAsync(keys);
        long version = keys.Lifecycle.StateVersion;
        KeyDescription made = await keys.Lifecycle.RotateAsync(Role, null, Samples.Cancellation);
        WrappedKey now = await WrapAsync(keys);
        Assert.Equal(made.Id, now.WrappedBy);
        Assert.NotEqual(old.WrappedBy, now.WrappedBy);
        Assert.True(keys.Lifecycle.StateVersion > version, "nobody is told that keys changed");
        Assert.Equal(KeyState.DecryptOnly, await StateAsync(keys, old.WrappedBy));
        Assert.Equal(KeyState.Active, await StateAsync(keys, made.Id));
        Assert.True(await OpensAsync(keys, old) && await OpensAsync(keys, now), "a rotation closed something");
        await CloseAsync(keys);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task A_disabled_key_opens_nothing_and_says_no_more_than_a_wrong_context()
    {
        KeysUnderTest keys = await OpenAsync();
        WrappedKey wrapped = await WrapAsync(keys);
        string wrong = await RefusalAsync(keys, wrapped, Context() with { Tenant = Samples.OtherTenant });
        await keys.Lifecycle.RotateAsync(Role, null, Samples.Cancellation);
        await keys.Lifecycle.SetStateAsync(wrapped.WrappedBy, KeyState.Disabled, Samples.Cancellation);
        Assert.Equal(wrong, await RefusalAsync(keys, wrapped, Context()));
        await keys.Lifecycle.SetStateAsync(wrapped.WrappedBy, KeyState.DecryptOnly, Samples.Cancellation);
        Assert.True(await OpensAsync(keys, wrapped), "a key that was disabled never comes back");
        await CloseAsync(keys);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task Making_a_key_active_retires_the_one_that_was()
    {
        KeysUnderTest keys = await OpenAsync();
        KeyId first = (await WrapAsync(keys)).WrappedBy;
        KeyId second = (await keys.Lifecycle.RotateAsync(Role, null, Samples.Cancellation)).Id;
        await keys.Lifecycle.SetStateAsync(first, KeyState.Active, Samples.Cancellation);
        Assert.Equal(first, (await WrapAsync(keys)).WrappedBy);
        Assert.Equal(KeyState.DecryptOnly, await StateAsync(keys, second));
        await CloseAsync(keys);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task Without_an_active_key_nothing_is_wrapped_for_a_zone()
    {
        KeysUnderTest keys = await OpenAsync();
        await keys.Lifecycle.SetStateAsync((await WrapAsync(keys)).WrappedBy, KeyState.Disabled, Samples.Cancellation);
        await Assert.ThrowsAnyAsync<MedRedactException>(() => WrapAsync(keys));
        await CloseAsync(keys);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task A_destruction_waits_opens_nothing_meanwhile_and_can_be_taken_back()
    {
        KeysUnderTest keys = await OpenAsync();
        WrappedKey wrapped = await WrapAsync(keys);
        KeyId key = wrapped.WrappedBy;
        Assert.Equal(KeyFaults.KeyInUse, await FaultAsync(() => keys.Lifecycle.ScheduleDestroyAsync(key, Wait, Samples.Cancellation).AsTask()));
        await keys.Lifecycle.RotateAsync(Role, null, Samples.Cancellation);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await keys.Lifecycle.ScheduleDestroyAsync(key, Wait - TimeSpan.FromSeconds(1), Samples.Cancellation));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            async () => await keys.Lifecycle.ScheduleDestroyAsync(key, IKeyLifecycle.MaxDestructionWait + TimeSpan.FromSeconds(1), Samples.Cancellation));

        DateTimeOffset due = await keys.Lifecycle.ScheduleDestroyAsync(key, Wait, Samples.Cancellation);
        Assert.Equal(due, await keys.Lifecycle.ScheduleDestroyAsync(key, IKeyLifecycle.MaxDestructionWait, Samples.Cancellation));
        KeyDescription waiting = await DescribeAsync(keys, key);
        Assert.True(waiting.AwaitsDestruction && waiting.DestructionAt == due, "it does not say that it waits");
        await RefusalAsync(keys, wrapped, Context());
        Assert.Equal(KeyFaults.PendingDestruction, await FaultAsync(() => keys.Lifecycle.SetStateAsync(key, KeyState.DecryptOnly, Samples.Cancellation).AsTask()));

        await keys.Lifecycle.CancelDestroyAsync(key, Samples.Cancellation);
        await keys.Lifecycle.CancelDestroyAsync(key, Samples.Cancellation);
        Assert.False((await DescribeAsync(keys, key)).AwaitsDestruction, "it still waits");
        Assert.Equal(KeyState.Disabled, await StateAsync(keys, key));
        Pass(Wait * 2);
        Assert.Empty(await keys.Lifecycle.DestroyDueAsync(Samples.Cancellation));
        await keys.Lifecycle.SetStateAsync(key, KeyState.DecryptOnly, Samples.Cancellation);
        Assert.True(await OpensAsync(keys, wrapped), "a destruction that was taken back destroyed");
        await CloseAsync(keys);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task A_destroyed_key_opens_nothing_leaves_its_name_and_never_comes_back()
    {
        KeysUnderTest keys = await OpenAsync();
        var operation = new KeyOperation("doomed");
        KeyId key = (await keys.Lifecycle.RotateAsync(Role, operation, Samples.Cancellation)).Id;
        WrappedKey wrapped = await WrapAsync(keys);
        string wrong = await RefusalAsync(keys, wrapped, Context() with { Tenant = Samples.OtherTenant });
        await keys.Lifecycle.RotateAsync(Role, null, Samples.Cancellation);
        await keys.Lifecycle.ScheduleDestroyAsync(key, Wait, Samples.Cancellation);
        Assert.Empty(await keys.Lifecycle.DestroyDueAsync(Samples.Cancellation));

        Pass(Wait + TimeSpan.FromMinutes(1));
        Assert.Equal(key, Assert.Single(await keys.Lifecycle.DestroyDueAsync(Samples.Cancellation)).Id);
        Assert.Empty(await keys.Lifecycle.DestroyDueAsync(Samples.Cancellation));

        Assert.Equal(wrong, await RefusalAsync(keys, wrapped, Context()));
        KeyDescription left = await DescribeAsync(keys, key);
        Assert.True(left is { State: KeyState.Destroyed, DestructionAt: not null } && left.Role == Role, "it is not said to be destroyed");
        Assert.Equal(KeyFaults.DestroyedKey, await FaultAsync(() => keys.Lifecycle.SetStateAsync(key, KeyState.Active, Samples.Cancellation).AsTask()));
        Assert.Equal(KeyFaults.DestroyedKey, await FaultAsync(() => keys.Lifecycle.CancelDestroyAsync(key, Samples.Cancellation).AsTask()));
        Assert.Equal(KeyFaults.DestroyedKey, await FaultAsync(() => keys.Lifecycle.ScheduleDestroyAsync(key, Wait, Samples.Cancellation).AsTask()));
        Assert.Equal(KeyFaults.DestroyedKey, await FaultAsync(() => keys.Lifecycle.RotateAsync(Role, operation, Samples.Cancellation).AsTask()));
        await CloseAsync(keys);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task A_key_that_never_was_is_told_from_one_that_was_destroyed()
    {
        KeysUnderTest keys = await OpenAsync();
        var never = new KeyId("never.heard-of");
        Assert.Equal(KeyFaults.UnknownKey, await FaultAsync(() => keys.Lifecycle.SetStateAsync(never, KeyState.Disabled, Samples.Cancellation).AsTask()));
        Assert.Equal(KeyFaults.UnknownKey, await FaultAsync(() => keys.Lifecycle.ScheduleDestroyAsync(never, Wait, Samples.Cancellation).AsTask()));
        Assert.Equal(KeyFaults.UnknownKey, await FaultAsync(() => keys.Lifecycle.CancelDestroyAsync(never, Samples.Cancellation).AsTask()));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await keys.Lifecycle.SetStateAsync(never, KeyState.Destroyed, Samples.Cancellation));
        await CloseAsync(keys);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task The_root_of_macs_is_neither_rotated_nor_switched_off_nor_destroyed()
    {
        KeysUnderTest keys = await OpenAsync();
        KeyId root = (await keys.Lifecycle.ListAsync(Samples.Cancellation)).Single(key => key.Kind == KeyKind.MacRoot).Id;
        Assert.Equal(KeyFaults.FixedRole, await FaultAsync(() => keys.Lifecycle.RotateAsync(KeyRole.MacRoot, null, Samples.Cancellation).AsTask()));
        Assert.Equal(KeyFaults.FixedRole, await FaultAsync(() => keys.Lifecycle.SetStateAsync(root, KeyState.Disabled, Samples.Cancellation).AsTask()));
        Assert.Equal(KeyFaults.FixedRole, await FaultAsync(() => keys.Lifecycle.ScheduleDestroyAsync(root, Wait, Samples.Cancellation).AsTask()));
        Assert.Equal(root, (await keys.Lifecycle.ListAsync(Samples.Cancellation)).Single(key => key.Kind == KeyKind.MacRoot && key.State == KeyState.Active).Id);
        await CloseAsync(keys);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task A_rotation_that_is_asked_for_twice_under_one_name_makes_one_key()
    {
        KeysUnderTest keys = await OpenAsync();
        int before = (await keys.Lifecycle.ListAsync(Samples.Cancellation)).Count(key => key.Role == Role);
        KeyDescription made = await keys.Lifecycle.RotateAsync(Role, new KeyOperation("monday"), Samples.Cancellation);
        Assert.Equal(made.Id, (await keys.Lifecycle.RotateAsync(Role, new KeyOperation("monday"), Samples.Cancellation)).Id);
        Assert.Equal(before + 1, (await keys.Lifecycle.ListAsync(Samples.Cancellation)).Count(key => key.Role == Role));
        Assert.NotEqual(made.Id, (await keys.Lifecycle.RotateAsync(Role, new KeyOperation("tuesday"), Samples.Cancellation)).Id);
        Assert.NotEqual(made.Id, (await keys.Lifecycle.RotateAsync(KeyRole.Wrapping(StorageZone.Proofs), new KeyOperation("monday"), Samples.Cancellation)).Id);
        await CloseAsync(keys);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task Signatures_of_a_retired_key_are_accepted_and_those_of_a_disabled_one_are_not()
    {
        KeysUnderTest keys = await OpenAsync();
        byte[] message = [1, 2, 3];
        ISigner old = await keys.Provider.GetSignerAsync(Signing, Samples.Cancellation);
        ReadOnlyMemory<byte> signature = await old.SignAsync(message, Samples.Cancellation);
        KeyDescription made = await keys.Lifecycle.RotateAsync(KeyRole.Signing(Signing), null, Samples.Cancellation);
        Assert.Equal(made.Id, (await keys.Provider.GetSignerAsync(Signing, Samples.Cancellation)).Key);

        ImmutableArray<VerificationKey> accepted = await keys.Provider.GetVerificationKeysAsync(Signing, Samples.Cancellation);
        Assert.Equal([made.Id, old.Key], accepted.Select(key => key.Key));
        Assert.True(KeyProviderContract.Verifies(accepted[1].PublicKey, message, signature), "a signature from before the rotation does not verify");
        Assert.False(KeyProviderContract.Verifies(accepted[0].PublicKey, message, signature), "the rotation made no new key");

        await keys.Lifecycle.SetStateAsync(old.Key, KeyState.Disabled, Samples.Cancellation);
        Assert.Equal([made.Id], (await keys.Provider.GetVerificationKeysAsync(Signing, Samples.Cancellation)).Select(key => key.Key));
        Assert.NotNull(await keys.Provider.FindVerificationKeyAsync(Signing, made.Id, Samples.Cancellation));
        Assert.Null(await keys.Provider.FindVerificationKeyAsync(Signing, old.Key, Samples.Cancellation));
        await CloseAsync(keys);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task Without_a_limit_of_age_nothing_is_ever_due()
    {
        KeysUnderTest keys = await OpenAsync();
        int before = (await keys.Lifecycle.ListAsync(Samples.Cancellation)).Length;
        Pass(TimeSpan.FromDays(4000));
        Assert.Empty(await keys.Lifecycle.RotateDueAsync(Samples.Cancellation));
        await WrapAsync(keys);
        Assert.Equal(before, (await keys.Lifecycle.ListAsync(Samples.Cancellation)).Length);
        await CloseAsync(keys);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task Another_process_heeds_a_change_a_moment_later()
    {
        KeysUnderTest here = await OpenAsync(), elsewhere = await OpenAsync();
        WrappedKey wrapped = await WrapAsync(here);
        Assert.True(await OpensAsync(elsewhere, wrapped), "two processes do not share their keys");
        KeyDescription made = await here.Lifecycle.RotateAsync(Role, null, Samples.Cancellation);
        await here.Lifecycle.SetStateAsync(wrapped.WrappedBy, KeyState.Disabled, Samples.Cancellation);

        Pass(TimeSpan.FromSeconds(2));

        await RefusalAsync(elsewhere, wrapped, Context());
        Assert.Equal(made.Id, (await WrapAsync(elsewhere)).WrappedBy);
        await CloseAsync(here);
        await CloseAsync(elsewhere);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task Readers_go_on_while_two_processes_rotate_and_one_key_is_active_at_the_end()
    {
        KeysUnderTest here = await OpenAsync(), elsewhere = await OpenAsync();
        await WrapAsync(here);
        await Task.WhenAll(
            Task.Run(() => RotateAsync(here)), Task.Run(() => RotateAsync(elsewhere)), Task.Run(() => ReadAsync(here)), Task.Run(() => ReadAsync(elsewhere)));
        ImmutableArray<KeyDescription> listed = await here.Lifecycle.ListAsync(Samples.Cancellation);
        Assert.Equal(7, listed.Count(key => key.Role == Role));
        Assert.Single(listed, key => key.Role == Role && key.State == KeyState.Active);
        await CloseAsync(here);
        await CloseAsync(elsewhere);

        static async Task RotateAsync(KeysUnderTest keys)
        {
            for (int i = 0; i < 3; i++)
                await keys.Lifecycle.RotateAsync(Role, null, Samples.Cancellation);
        }

        static async Task ReadAsync(KeysUnderTest keys)
        {
            for (int i = 0; i < 12; i++)
                Assert.True(await OpensAsync(keys, await WrapAsync(keys)), "what was wrapped during a rotation does not open");
        }
    }

    private static KeyContext Context() => new(new KeyPurpose("document"), StorageZone.Redacted, Samples.Tenant, null);

    private static byte[] DataKey => [.. Enumerable.Range(1, 32).Select(number => (byte)number)];

    private static async Task<WrappedKey> WrapAsync(KeysUnderTest keys) => await keys.Wrapper.WrapAsync(DataKey, Context(), Samples.Cancellation);

    private static async Task<bool> OpensAsync(KeysUnderTest keys, WrappedKey wrapped)
    {
        using IMemoryOwner<byte> opened = await keys.Wrapper.UnwrapAsync(wrapped, Context(), Samples.Cancellation);
        return opened.Memory.Span.SequenceEqual(DataKey);
    }

    private static async Task<string> RefusalAsync(KeysUnderTest keys, WrappedKey wrapped, KeyContext context)
    {
        MedRedactException refused = await Assert.ThrowsAnyAsync<MedRedactException>(async () => await keys.Wrapper.UnwrapAsync(wrapped, context, Samples.Cancellation));
        Assert.False(refused is KeyServiceException { Failure: not KeyFailure.Integrity }, "a refusal is taken for a failure of the service");
        return refused.Message;
    }

    private static async Task<FaultCode> FaultAsync(Func<Task> call) => (await Assert.ThrowsAnyAsync<MedRedactException>(call)).Code;

    private static async Task<KeyDescription> DescribeAsync(KeysUnderTest keys, KeyId key) =>
        Assert.Single(await keys.Lifecycle.ListAsync(Samples.Cancellation), each => each.Id == key);

    private static async Task<KeyState> StateAsync(KeysUnderTest keys, KeyId key) => (await DescribeAsync(keys, key)).State;

    private static async ValueTask CloseAsync(KeysUnderTest keys)
    {
        foreach (object part in new HashSet<object>(ReferenceEqualityComparer.Instance) { keys.Lifecycle, keys.Wrapper, keys.Provider })
            await KeyProviderContract.DisposeAsync(part);
    }
}
