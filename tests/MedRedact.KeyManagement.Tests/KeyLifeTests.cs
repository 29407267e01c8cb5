using System.Buffers;
using System.Security.Cryptography;
using Microsoft.Extensions.Time.Testing;

namespace MedRedact.KeyManagement.Tests;

/// <summary>What a ring in a file adds to the contract of the life of keys.</summary>
public sealed class KeyLifeTests : IDisposable
{
    private static readonly KeyContext Place = new(new KeyPurpose("document"), StorageZone.Redacted, new TenantId("clinic-a"), null);
    private static readonly KeyRole Role = KeyRole.Wrapping(StorageZone.Redacted);

    private readonly KeyRingFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_destroyed_secret_stands_in_the_file_no_longer_and_its_name_does()
    {
        using LocalKeyRing ring = _folder.Open(_time);
        KeyId old = (await ring.WrapAsync(new byte[32], Place)).WrappedBy;
        await ring.RotateAsync(Role);
        long before = new FileInfo(_folder.RingFile).Length;
        await ring.ScheduleDestroyAsync(old, TimeSpan.FromDays(7));

        _time.Advance(TimeSpan.FromDays(7));
        await ring.DestroyDueAsync();

        Assert.Equal(before - 32, new FileInfo(_folder.RingFile).Length);
        using LocalKeyRing later = _folder.Open(_time);
        KeyDescription left = (await later.ListAsync()).Single(key => key.Id == old);
        Assert.Equal(KeyState.Destroyed, left.State);
        Assert.Equal(_time.GetUtcNow(), left.DestructionAt);
    }

    [Fact]
    public async Task A_key_is_rotated_by_the_use_that_finds_it_too_old_and_by_no_earlier_one()
    {
        using LocalKeyRing ring = _folder.Open(_time, TimeSpan.FromDays(90));
        KeyId first = (await ring.WrapAsync(new byte[32], Place)).WrappedBy;
        ISigner signer = await ring.GetSignerAsync(new KeyPurpose("ledger"));

        _time.Advance(TimeSpan.FromDays(90));
        Assert.Equal(first, (await ring.WrapAsync(new byte[32], Place)).WrappedBy);
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.NotEqual(first, (await ring.WrapAsync(new byte[32], Place)).WrappedBy);
        Assert.NotEqual(signer.Key, (await ring.GetSignerAsync(new KeyPurpose("ledger"))).Key);
        Assert.Equal(2, (await ring.ListAsync()).Count(key => key.Role == Role));
    }

    [Fact]
    public async Task A_clock_that_goes_back_rotates_nothing()
    {
        using (LocalKeyRing ring = _folder.Open(_time, TimeSpan.FromDays(90)))
            await ring.WrapAsync(new byte[32], Place);

        var past = new FakeTimeProvider(_time.GetUtcNow() - TimeSpan.FromDays(3650));
        using LocalKeyRing early = _folder.Open(past, TimeSpan.FromDays(90));
        await early.WrapAsync(new byte[32], Place);

        Assert.Empty(await early.RotateDueAsync());
        Assert.Single(await early.ListAsync(), key => key.Role == Role);
    }

    [Fact]
    public async Task Processes_that_find_a_key_too_old_at_the_same_time_make_one()
    {
        var time = new MovableTime();
        using (LocalKeyRing ring = _folder.Open(time))
            await ring.OpenAsync();
        time.Advance(TimeSpan.FromDays(100));
        LocalKeyRing[] processes = [.. Enumerable.Range(0, 4).Select(_ => _folder.Open(time, TimeSpan.FromDays(90)))];

        await Task.WhenAll(processes.Select(ring => Task.Run(async () => await ring.WrapAsync(new byte[32], Place))));
        var made = await Task.WhenAll(processes.Select(ring => Task.Run(async () => await ring.RotateDueAsync())));

        Assert.Equal(Enum.GetValues<StorageZone>().Length - 1, made.Sum(keys => keys.Length));
        Assert.All(
            (await processes[0].ListAsync()).Where(key => key.Kind == KeyKind.Wrapping).GroupBy(key => key.Zone),
            zone => Assert.Equal([KeyState.DecryptOnly, KeyState.Active], zone.Select(key => key.State)));
        Array.ForEach(processes, ring => ring.Dispose());
    }

    [Fact]
    public async Task A_key_that_another_process_disabled_opens_nothing_a_second_later()
    {
        using LocalKeyRing here = _folder.Open(_time), elsewhere = _folder.Open(_time);
        WrappedKey wrapped = await here.WrapAsync(new byte[32], Place);
        await elsewhere.SetStateAsync(wrapped.WrappedBy, KeyState.Disabled);

        _time.Advance(TimeSpan.FromSeconds(1));

        KeyServiceException refused = await Assert.ThrowsAsync<KeyServiceException>(async () => await here.UnwrapAsync(wrapped, Place));
        Assert.Equal(KeyFailure.Integrity, refused.Failure);
    }

    [Fact]
    public async Task A_ring_whose_file_was_taken_away_goes_on_with_what_it_read()
    {
        using LocalKeyRing ring = _folder.Open(_time);
        WrappedKey wrapped = await ring.WrapAsync(new byte[32], Place);
        File.Delete(_folder.RingFile);
        _time.Advance(TimeSpan.FromMinutes(1));

        (await ring.UnwrapAsync(wrapped, Place)).Dispose();
    }

    [Fact]
    public async Task A_signer_outlives_the_rotation_of_its_key_and_ends_with_its_disabling()
    {
        var purpose = new KeyPurpose("ledger");
        using LocalKeyRing ring = _folder.Open(_time);
        ISigner signer = await ring.GetSignerAsync(purpose);
        await ring.RotateAsync(KeyRole.Signing(purpose));
        using ECDsa verifier = ECDsa.Create();
        verifier.ImportSubjectPublicKeyInfo(signer.PublicKey.Span, out _);

        ReadOnlyMemory<byte> signature = await signer.SignAsync(new byte[] { 1 });
        Assert.True(verifier.VerifyData([1], signature.Span, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));

        await ring.SetStateAsync(signer.Key, KeyState.Disabled);
        MedRedactException refused = await Assert.ThrowsAnyAsync<MedRedactException>(async () => await signer.SignAsync(new byte[] { 1 }));
        Assert.Equal(Faults.NoActiveKey, refused.Code);
    }

    [Fact]
    public async Task A_disabled_signing_key_is_not_replaced_by_the_next_use()
    {
        var purpose = new KeyPurpose("ledger");
        using LocalKeyRing ring = _folder.Open(_time);
        await ring.SetStateAsync((await ring.GetSignerAsync(purpose)).Key, KeyState.Disabled);

        MedRedactException refused = await Assert.ThrowsAnyAsync<MedRedactException>(async () => await ring.GetSignerAsync(purpose));

        Assert.Equal(Faults.NoActiveKey, refused.Code);
        Assert.Empty(await ring.GetVerificationKeysAsync(purpose));
    }

    [Fact]
    public async Task A_ring_that_cannot_be_read_is_out_of_reach_and_not_damage_of_what_it_wrapped()
    {
        WrappedKey wrapped;
        using (LocalKeyRing ring = _folder.Open(_time))
            wrapped = await ring.WrapAsync(new byte[32], Place);
        File.WriteAllBytes(_folder.RingFile, [1, 2, 3]);
        using LocalKeyRing broken = _folder.Open(_time);

        KeyServiceException refused = await Assert.ThrowsAsync<KeyServiceException>(async () => await broken.UnwrapAsync(wrapped, Place));

        Assert.Equal((Faults.UnreadableRing, KeyFailure.Unavailable), (refused.Code, refused.Failure));
    }
}
