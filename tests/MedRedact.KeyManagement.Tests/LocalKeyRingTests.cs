using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using MedRedact.Envelope;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MedRedact.KeyManagement.Tests;

public sealed class LocalKeyRingTests : IDisposable
{
    private static readonly byte[] DataKey = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private static readonly KeyContext Place =
        new(new KeyPurpose("document"), StorageZone.Redacted, new TenantId("clinic-a"), new DocumentId(Guid.Parse("00112233-4455-6677-8899-aabbccddeeff")));

    private readonly KeyRingFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_first_use_makes_a_ring_for_its_owner_alone_with_a_key_a_zone()
    {
        using LocalKeyRing ring = _folder.Open();

        var keys = await ring.OpenAsync();

        Assert.Equal(Enum.GetValues<StorageZone>(), keys.Where(key => key.Kind == KeyKind.Wrapping).Select(key => key.Zone!.Value));
        Assert.Single(keys, key => key.Kind == KeyKind.MacRoot);
        Assert.All(keys, key => Assert.Equal(KeyState.Active, key.State));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.RingFile));
        Assert.False(ring.IsProtected);
    }

    [Fact]
    public async Task What_one_process_wrapped_another_unwraps()
    {
        WrappedKey wrapped;
        using (LocalKeyRing first = _folder.Open())
            wrapped = await first.WrapAsync(DataKey, Place);

        using LocalKeyRing second = _folder.Open();
        using IMemoryOwner<byte> unwrapped = await second.UnwrapAsync(wrapped, Place);
        Assert.Equal(DataKey, unwrapped.Memory.ToArray());
    }

    [Fact]
    public async Task Another_place_a_changed_blob_and_an_unknown_key_get_one_answer()
    {
        using LocalKeyRing ring = _folder.Open();
        WrappedKey wrapped = await ring.WrapAsync(DataKey, Place);
        byte[] blob = wrapped.Blob.ToArray();
        KeyId otherZone = (await ring.OpenAsync()).First(key => key.Zone == StorageZone.Proofs).Id;

        string? answer = null;
        foreach (KeyContext place in new[]
        {
            Place with { Purpose = new KeyPurpose("other") },
            Place with { Zone = StorageZone.Tokens },
            Place with { Tenant = new TenantId("clinic-b") },
            Place with { Document = null },
        })
        {
            answer = await RefusedAsync(ring, wrapped, place, answer);
        }

        for (int at = 0; at < blob.Length; at++)
        {
            byte[] changed = [.. blob];
            changed[at] ^= 1;
            answer = await RefusedAsync(ring, wrapped with { Blob = changed }, Place, answer);
        }

        await RefusedAsync(ring, wrapped with { Blob = blob.AsMemory(0, blob.Length - 1) }, Place, answer);
        await RefusedAsync(ring, wrapped with { Blob = new byte[] { 1 } }, Place, answer);
        await RefusedAsync(ring, wrapped with { WrappedBy = new KeyId("unknown") }, Place, answer);
        await RefusedAsync(ring, wrapped with { WrappedBy = otherZone }, Place, answer);
    }

    [Fact]
    public async Task No_two_wraps_share_a_salt_so_the_wrapping_key_meets_no_nonce_twice()
    {
        using LocalKeyRing ring = _folder.Open();
        var salts = new HashSet<string>();
        for (int i = 0; i < 1_000; i++)
            Assert.True(salts.Add(Convert.ToHexString((await ring.WrapAsync(DataKey, Place)).Blob.Span.Slice(1, 32))));
    }

    [Fact]
    public async Task A_rotated_key_still_opens_a_disabled_one_does_not()
    {
        using LocalKeyRing ring = _folder.Open();
        WrappedKey old = await ring.WrapAsync(DataKey, Place);

        KeyDescription made = await ring.RotateAsync(StorageZone.Redacted);
        WrappedKey now = await ring.WrapAsync(DataKey, Place);
        Assert.Equal(made.Id, now.WrappedBy);
        Assert.NotEqual(old.WrappedBy, now.WrappedBy);
        (await ring.UnwrapAsync(old, Place)).Dispose();

        await ring.SetStateAsync(old.WrappedBy, KeyState.Disabled);
        await RefusedAsync(ring, old, Place, null);
        (await ring.UnwrapAsync(now, Place)).Dispose();

        await ring.SetStateAsync(old.WrappedBy, KeyState.Active);
        Assert.Equal(old.WrappedBy, (await ring.WrapAsync(DataKey, Place)).WrappedBy);
        Assert.Equal(KeyState.DecryptOnly, (await ring.OpenAsync()).Single(key => key.Id == made.Id).State);
    }

    [Fact]
    public async Task Without_an_active_key_nothing_is_wrapped()
    {
        using LocalKeyRing ring = _folder.Open();
        await ring.SetStateAsync((await ring.WrapAsync(DataKey, Place)).WrappedBy, KeyState.Disabled);

        MedRedactException refusal = await Assert.ThrowsAnyAsync<MedRedactException>(async () => await ring.WrapAsync(DataKey, Place));
        Assert.Equal(Faults.NoActiveKey, refusal.Code);
    }

    [Fact]
    public async Task A_process_learns_of_a_key_that_another_made()
    {
        using LocalKeyRing reader = _folder.Open();
        await reader.OpenAsync();
        using LocalKeyRing other = _folder.Open();
        await other.RotateAsync(StorageZone.Redacted);

        (await reader.UnwrapAsync(await other.WrapAsync(DataKey, Place), Place)).Dispose();
    }

    [Fact]
    public async Task Many_first_uses_at_once_make_one_ring()
    {
        LocalKeyRing[] rings = [.. Enumerable.Range(0, 8).Select(_ => _folder.Open())];

        var opened = await Task.WhenAll(rings.Select(ring => Task.Run(async () => await ring.OpenAsync())));

        Assert.Single(opened.Select(keys => string.Join(' ', keys.Select(key => key.Id))).Distinct());
        Array.ForEach(rings, ring => ring.Dispose());
    }

    [Fact]
    public async Task A_ring_that_others_can_read_is_refused()
    {
        using (LocalKeyRing ring = _folder.Open())
            await ring.OpenAsync();
        File.SetUnixFileMode(_folder.RingFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        MedRedactException refusal = await Assert.ThrowsAnyAsync<MedRedactException>(async () => await _folder.Open().OpenAsync());

        Assert.Equal(Faults.ReadableByOthers, refusal.Code);
        Assert.Contains("chmod 600", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ring.mrkr", refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_ring_is_not_made_up_where_that_is_forbidden()
    {
        MedRedactException refusal = await Assert.ThrowsAnyAsync<MedRedactException>(
            async () => await _folder.Open(options => options.CreateIfMissing = false).OpenAsync());

        Assert.Equal(Faults.NoRing, refusal.Code);
        Assert.False(File.Exists(_folder.RingFile));
    }

    [Fact]
    public async Task A_ring_that_goes_away_under_a_running_process_is_not_made_anew()
    {
        using LocalKeyRing ring = _folder.Open();
        WrappedKey wrapped = await ring.WrapAsync(DataKey, Place);
        File.Delete(_folder.RingFile);

        MedRedactException refused = await Assert.ThrowsAnyAsync<MedRedactException>(async () => await ring.RotateAsync(StorageZone.Redacted));

        Assert.Equal(Faults.NoRing, refused.Code);
        Assert.False(File.Exists(_folder.RingFile));
        using IMemoryOwner<byte> opened = await ring.UnwrapAsync(wrapped, Place);
        Assert.Equal(DataKey, opened.Memory.ToArray());
    }

    [Fact]
    public async Task Signatures_verify_with_nothing_but_the_public_key_and_survive_a_restart()
    {
        byte[] message = "checkpoint"u8.ToArray();
        KeyId first;
        using (LocalKeyRing ring = _folder.Open())
        {
            ISigner signer = await ring.GetSignerAsync(new KeyPurpose("ledger"));
            first = signer.Key;
            Assert.NotEqual(signer.Key, (await ring.GetSignerAsync(new KeyPurpose("manifest"))).Key);
        }

        using LocalKeyRing later = _folder.Open();
        ISigner same = await later.GetSignerAsync(new KeyPurpose("ledger"));
        ReadOnlyMemory<byte> signature = await same.SignAsync(message);

        using ECDsa verifier = ECDsa.Create();
        verifier.ImportSubjectPublicKeyInfo(same.PublicKey.Span, out _);
        Assert.Equal(first, same.Key);
        Assert.True(verifier.VerifyData(message, signature.Span, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
    }

    [Fact]
    public async Task Mac_keys_differ_by_purpose_and_tenant_and_by_nothing_else()
    {
        byte[] message = [1, 2, 3];
        using LocalKeyRing ring = _folder.Open();
        using LocalKeyRing again = _folder.Open();

        Digest256 mac = await MacAsync(ring, "index", "clinic-a");

        Assert.Equal(mac, await MacAsync(again, "index", "clinic-a"));
        Assert.NotEqual(mac, await MacAsync(ring, "index", "clinic-b"));
        Assert.NotEqual(mac, await MacAsync(ring, "other", "clinic-a"));

        async Task<Digest256> MacAsync(LocalKeyRing from, string purpose, string tenant) =>
            await (await from.GetMacKeyAsync(new KeyPurpose(purpose), new TenantId(tenant))).ComputeAsync(message);
    }

    [Fact]
    public async Task Keys_do_not_work_after_disposal()
    {
        LocalKeyRing ring = _folder.Open();
        IMacKey mac = await ring.GetMacKeyAsync(new KeyPurpose("index"), new TenantId("clinic-a"));

        ring.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await mac.ComputeAsync(new byte[1]));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await ring.WrapAsync(DataKey, Place));
    }

    [Fact]
    public async Task Registered_with_a_host_it_seals_and_opens()
    {
        var services = new ServiceCollection();
        new Builder(services).AddLocalKeyRing(options => options.Home = _folder.Options.Home);
        using ServiceProvider provider = services.BuildServiceProvider();
        IObjectSealer sealer = provider.GetRequiredService<IObjectSealer>();

        using var envelope = new MemoryStream();
        await using (Stream writer = await sealer.OpenWriteAsync(envelope, Place))
            await writer.WriteAsync("text"u8.ToArray());
        await using Stream message = await sealer.OpenReadAsync(new MemoryStream(envelope.ToArray()), Place);
        Assert.Equal("text", await new StreamReader(message).ReadToEndAsync());
    }

    [Fact]
    public void Options_that_make_no_sense_are_refused_when_the_host_starts()
    {
        var services = new ServiceCollection();
        new Builder(services).AddLocalKeyRing(options => options.Home = " ");
        using ServiceProvider provider = services.BuildServiceProvider();

        Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate());
    }

    private static async Task<string> RefusedAsync(LocalKeyRing ring, WrappedKey wrapped, KeyContext place, string? expected)
    {
        MedRedactException refusal = await Assert.ThrowsAnyAsync<MedRedactException>(async () => await ring.UnwrapAsync(wrapped, place));
        Assert.Equal(Faults.CannotUnwrap, refusal.Code);
        Assert.Equal(expected ?? refusal.Message, refusal.Message);
        return refusal.Message;
    }

    private sealed record Builder(IServiceCollection Services) : IMedRedactBuilder;
}
