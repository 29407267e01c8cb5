using System.Security.Cryptography;
using System.Text;
using MedRedact.Envelope;
using MedRedact.KeyManagement.Recovery;

namespace MedRedact.KeyManagement.Tests.Recovery;

public sealed class RecoveryTests : IDisposable
{
    private static readonly KeyContext Place =
        new(new KeyPurpose("document"), StorageZone.Redacted, new TenantId("clinic-a"), new DocumentId(new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)));

    private readonly Ceremony _ceremony = new();

    public void Dispose() => _ceremony.Dispose();

    [Theory]
    [InlineData(new[] { 1, 2 })]
    [InlineData(new[] { 3, 1 })]
    [InlineData(new[] { 1, 2, 3 })]
    public async Task Keys_that_were_lost_are_recovered_and_what_they_sealed_opens(int[] present)
    {
        byte[] sealedObject = await SealAsync("sealed before the loss");
        File.WriteAllText(Path.Combine(_ceremony.Home, "keys", "register.db"), "a register");
        KeyId split = await _ceremony.SplitAsync(2, [_ceremony.Custodian(1), _ceremony.Custodian(2), _ceremony.Custodian(3)]);
        _ceremony.LoseKeys();

        List<string> opened = [];
        foreach (int index in present)
            opened.Add(await _ceremony.OpenAsync(index, index));
        KeyId recovered = await _ceremony.RecoverAsync([.. opened]);

        Assert.Equal(split, recovered);
        Assert.Equal("sealed before the loss", await UnsealAsync(sealedObject));
        Assert.Equal("a register", File.ReadAllText(Path.Combine(_ceremony.Home, "keys", "register.db")));
        Assert.Equal(Ceremony.OwnerOnly, File.GetUnixFileMode(Path.Combine(_ceremony.Home, "keys", "ring.mrkr")));
        Assert.Equal(Ceremony.OwnerOnly, File.GetUnixFileMode(opened[0]));
        Assert.Equal(Ceremony.OwnerOnly, File.GetUnixFileMode(_ceremony.Bundle()));
    }

    [Fact]
    public async Task Every_step_is_an_event_before_it_takes_effect()
    {
        await SealAsync("x");
        _ceremony.BeforeEvent = () => Assert.False(File.Exists(_ceremony.Bundle()));
        await _ceremony.SplitAsync(2, [_ceremony.Custodian(2), _ceremony.Custodian(4)]);
        _ceremony.LoseKeys();

        _ceremony.BeforeEvent = () => Assert.Empty(Directory.GetFiles(_ceremony[""], "opened-*"));
        string first = await _ceremony.OpenAsync(1, 2);
        _ceremony.BeforeEvent = () => Assert.False(Directory.Exists(Path.Combine(_ceremony.Home, "keys")));
        string second = await _ceremony.OpenAsync(2, 4);
        await _ceremony.RecoverAsync([first, second]);

        Assert.Equal(
            ["key.split", "key.share-opened", "key.share-opened", "key.share-opened", "key.share-opened", "key.recovered"],
            _ceremony.Events.Select(recorded => recorded.Kind.Name));
        Assert.All(_ceremony.Events, recorded => Assert.Equal(_ceremony.Events[0].Fields[0], recorded.Fields[0]));
    }

    [Fact]
    public async Task Nothing_is_handed_out_when_the_ledger_refuses()
    {
        await SealAsync("x");
        Custodian[] custodians = [_ceremony.Custodian(2), _ceremony.Custodian(4)];
        await _ceremony.SplitAsync(2, custodians);
        string[] opened = [await _ceremony.OpenAsync(1, 2), await _ceremony.OpenAsync(2, 4)];
        _ceremony.BeforeEvent = () => throw new InvalidOperationException();

        await Assert.ThrowsAsync<InvalidOperationException>(() => _ceremony.SplitAsync(2, custodians, "again"));
        _ceremony.Time.Advance(TimeSpan.FromMinutes(1));
        await Assert.ThrowsAsync<InvalidOperationException>(() => _ceremony.OpenAsync(1, 2));
        _ceremony.LoseKeys();
        await Assert.ThrowsAsync<InvalidOperationException>(() => _ceremony.RecoverAsync(opened));

        Assert.Empty(Directory.GetFiles(_ceremony["again"]));
        Assert.Equal(2, Directory.GetFiles(_ceremony[""], "opened-*").Length);
        Assert.Empty(Directory.GetFileSystemEntries(_ceremony.Home));
    }

    [Fact]
    public async Task Fewer_custodians_the_same_one_twice_or_those_of_another_split_recover_nothing()
    {
        await SealAsync("x");
        Custodian[] custodians = [_ceremony.Custodian(2), _ceremony.Custodian(4), _ceremony.Custodian(6)];
        await _ceremony.SplitAsync(2, custodians);
        await _ceremony.SplitAsync(2, custodians, "other");
        _ceremony.LoseKeys();
        string first = await _ceremony.OpenAsync(1, 2), ofOther = await _ceremony.OpenAsync(2, 4, "other");

        Assert.Equal(Faults.WrongNumberOfShares, await RefusalAsync(first));
        Assert.Equal(Faults.ShareTwice, await RefusalAsync(first, first));
        Assert.Equal(Faults.SharesOfDifferentSets, await RefusalAsync(first, ofOther));
        Assert.False(Directory.Exists(Path.Combine(_ceremony.Home, "keys")));
    }

    [Fact]
    public async Task Shares_that_were_opened_long_ago_are_opened_again()
    {
        await SealAsync("x");
        await _ceremony.SplitAsync(2, [_ceremony.Custodian(2), _ceremony.Custodian(4)]);
        _ceremony.LoseKeys();
        string old = await _ceremony.OpenAsync(1, 2);
        _ceremony.Time.Advance(TimeSpan.FromHours(24) + TimeSpan.FromMilliseconds(1));
        string second = await _ceremony.OpenAsync(2, 4);

        Assert.Equal(Faults.OutsideWindow, await RefusalAsync(old, second));
        await _ceremony.RecoverAsync([await _ceremony.OpenAsync(1, 2), second]);
    }

    [Fact]
    public async Task A_share_opens_with_its_custodians_key_alone()
    {
        await SealAsync("x");
        await _ceremony.SplitAsync(2, [_ceremony.Custodian(1), _ceremony.Custodian(2)]);

        Assert.Equal(Faults.CannotOpenShare, await OpeningRefusalAsync(1, 2));
        Assert.Equal(Faults.CannotOpenShare, await OpeningRefusalAsync(2, 1));
        Ceremony.Write(_ceremony.KeyFile(3), "no key");
        Assert.Equal(Faults.UnusableCustodianKey, await OpeningRefusalAsync(1, 3));
        File.SetUnixFileMode(_ceremony.KeyFile(1), UnixFileMode.UserRead | UnixFileMode.OtherRead);
        Assert.Equal(Faults.ReadableByOthers, await OpeningRefusalAsync(1, 1));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_flipped_bit_anywhere_in_a_share_or_an_opened_share_is_noticed(int custodian)
    {
        await SealAsync("x");
        await _ceremony.SplitAsync(2, [_ceremony.Custodian(1), _ceremony.Custodian(2)]);
        byte[] opened = File.ReadAllBytes(await _ceremony.OpenAsync(custodian, custodian));
        byte[] share = File.ReadAllBytes(_ceremony.Share(custodian));
        using CustodianPrivateKey key = CustodianPrivateKey.Read(_ceremony.KeyFile(custodian), null, Durability.PhysicalFileOperations.Instance);
        using SecretBuffer? words = SealedShare.TryOpen(share, key);
        Assert.NotNull(words);

        for (int bit = 0; bit < 8 * share.Length; bit += custodian == 1 ? 7 : 1)
        {
            share[bit / 8] ^= (byte)(1 << bit % 8);
            Assert.Null(SealedShare.TryOpen(share, key));
            share[bit / 8] ^= (byte)(1 << bit % 8);
        }

        for (int bit = 0; bit < 8 * opened.Length; bit += 3)
        {
            opened[bit / 8] ^= (byte)(1 << bit % 8);
            Assert.Null(OpenedShare.TryRead(opened));
            opened[bit / 8] ^= (byte)(1 << bit % 8);
        }

        for (int length = 0; length < share.Length; length++)
            Assert.Null(SealedShare.TryOpen(share.AsSpan(0, length), key));
        for (int length = 0; length < opened.Length; length++)
            Assert.Null(OpenedShare.TryRead(opened.AsSpan(0, length)));
    }

    [Fact]
    public async Task A_custodian_cannot_hand_in_the_words_of_another()
    {
        await SealAsync("x");
        await _ceremony.SplitAsync(2, [_ceremony.Custodian(2), _ceremony.Custodian(4)]);
        using OpenedShare first = OpenedShare.TryRead(File.ReadAllBytes(await _ceremony.OpenAsync(1, 2)))!;
        using OpenedShare second = OpenedShare.TryRead(File.ReadAllBytes(await _ceremony.OpenAsync(2, 4)))!;
        using CustodianPrivateKey key = CustodianPrivateKey.Read(_ceremony.KeyFile(4), null, Durability.PhysicalFileOperations.Instance);
        using SecretBuffer forged = OpenedShare.Write(second.Header, second.OpenedAt, first.Words.Span, key);
        await File.WriteAllBytesAsync(_ceremony["forged"], forged.Span.ToArray());
        File.SetUnixFileMode(_ceremony["forged"], Ceremony.OwnerOnly);
        _ceremony.LoseKeys();

        Assert.Equal(Faults.UnreadableShare, await RefusalAsync(await _ceremony.OpenAsync(1, 2), _ceremony["forged"]));
    }

    [Fact]
    public async Task A_damaged_or_cut_bundle_is_refused_as_a_whole()
    {
        await SealAsync("x");
        File.WriteAllText(Path.Combine(_ceremony.Home, "keys", "register.db"), new string('r', 20_000));
        await _ceremony.SplitAsync(2, [_ceremony.Custodian(2), _ceremony.Custodian(4)]);
        string[] opened = [await _ceremony.OpenAsync(1, 2), await _ceremony.OpenAsync(2, 4)];
        _ceremony.LoseKeys();
        byte[] good = File.ReadAllBytes(_ceremony.Bundle());

        foreach (int at in (int[])[0, 4, 6, 22, 30, 40, 95, 120, 160, 400, 17_000, good.Length - 1])
        {
            byte[] flipped = [.. good];
            flipped[at] ^= 1;
            File.WriteAllBytes(_ceremony.Bundle(), flipped);
            Assert.Contains(await RefusalAsync(opened), new[] { Faults.UnreadableBundle, Faults.SharesOfDifferentSets });

            File.WriteAllBytes(_ceremony.Bundle(), good[..at]);
            Assert.Equal(Faults.UnreadableBundle, await RefusalAsync(opened));
            Assert.Empty(Directory.GetFileSystemEntries(_ceremony.Home));
        }
    }

    [Fact]
    public async Task Keys_in_place_are_never_written_over()
    {
        await SealAsync("x");
        await _ceremony.SplitAsync(2, [_ceremony.Custodian(2), _ceremony.Custodian(4)]);

        Assert.Equal(Faults.KeysPresent, await RefusalAsync(await _ceremony.OpenAsync(1, 2), await _ceremony.OpenAsync(2, 4)));
        Assert.Equal(Faults.FolderInUse, await SplitRefusalAsync(2, [_ceremony.Custodian(6), _ceremony.Custodian(8)], "set"));
    }

    [Fact]
    public async Task A_ring_under_a_passphrase_is_recovered_without_it()
    {
        Ceremony.Write(_ceremony["old"], "the passphrase that was lost");
        Ceremony.Write(_ceremony["new"], "another that is known again");
        LocalKeyRingOptions before = _ceremony.Options, after = _ceremony.Options;
        (before.PassphraseFile, after.PassphraseFile) = (_ceremony["old"], _ceremony["new"]);
        KeyId made;
        using (var ring = new LocalKeyRing(before, _ceremony.Time))
            made = (await ring.OpenAsync())[0].Id;

        await _ceremony.SplitAsync(2, [_ceremony.Custodian(2), _ceremony.Custodian(4)], options: before);
        _ceremony.LoseKeys();
        await _ceremony.RecoverAsync([await _ceremony.OpenAsync(1, 2), await _ceremony.OpenAsync(2, 4)], options: after);

        using var recovered = new LocalKeyRing(after, _ceremony.Time);
        Assert.Equal(made, (await recovered.OpenAsync())[0].Id);
    }

    [Fact]
    public async Task What_a_bundle_could_not_hold_is_refused_when_splitting()
    {
        Custodian[] custodians = [_ceremony.Custodian(2), _ceremony.Custodian(4)];
        Assert.Equal(Faults.NoRing, await SplitRefusalAsync(2, custodians, "none"));
        await SealAsync("x");

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _ceremony.SplitAsync(1, custodians, "one"));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _ceremony.SplitAsync(3, custodians, "three"));
        Assert.Equal(Faults.UnusableCustodianKey, await SplitRefusalAsync(2, [custodians[0], custodians[0]], "twice"));
        Directory.CreateDirectory(Path.Combine(_ceremony.Home, "keys", "folder"));
        Assert.Equal(Faults.StrangeKeyFile, await SplitRefusalAsync(2, custodians, "folder"));
    }

    [Fact]
    public void Only_public_keys_that_shares_can_be_wrapped_to_make_custodians()
    {
        using ECDsa good = ECDsa.Create(ECCurve.NamedCurves.nistP256), other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using RSA small = RSA.Create(2048);
        string pem = "a comment\n" + good.ExportPkcs8PrivateKeyPem() + "\n" + good.ExportSubjectPublicKeyInfoPem();

        Assert.Equal(SHA256.HashData(good.ExportSubjectPublicKeyInfo()), Custodian.FromPem(pem).Fingerprint.ToArray());
        foreach (string bad in new[] { "", other.ExportSubjectPublicKeyInfoPem(), small.ExportSubjectPublicKeyInfoPem(), good.ExportPkcs8PrivateKeyPem() })
            Assert.Equal(Faults.UnusableCustodianKey, Assert.Throws<MedRedactException>(() => Custodian.FromPem(bad)).Code);
    }

    [Fact]
    public async Task A_private_key_may_lie_under_a_passphrase()
    {
        await SealAsync("x");
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Ceremony.Write(_ceremony["protected.pem"], key.ExportEncryptedPkcs8PrivateKeyPem("a long passphrase", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000)));
        Ceremony.Write(_ceremony["passphrase"], "a long passphrase\n");
        await _ceremony.SplitAsync(2, [Custodian.FromPem(key.ExportSubjectPublicKeyInfoPem()), _ceremony.Custodian(2)]);

        ShareDescription opened = await new ShareOpening(_ceremony.Time).OpenAsync(
            _ceremony.Share(1), _ceremony["protected.pem"], _ceremony["passphrase"], _ceremony["opened"], null, Ceremony.Actor);

        Assert.Equal((1, 2, 2), (opened.Index, opened.Threshold, opened.Count));
    }

    private async Task<byte[]> SealAsync(string text)
    {
        using LocalKeyRing ring = _ceremony.Ring(create: true);
        using var target = new MemoryStream();
        await using (Stream message = await new EnvelopeSealer(ring).OpenWriteAsync(target, Place))
            await message.WriteAsync(Encoding.UTF8.GetBytes(text));
        return target.ToArray();
    }

    private async Task<string> UnsealAsync(byte[] envelope)
    {
        using LocalKeyRing ring = _ceremony.Ring();
        await using Stream message = await new EnvelopeSealer(ring).OpenReadAsync(new MemoryStream(envelope), Place);
        using var reader = new StreamReader(message);
        return await reader.ReadToEndAsync();
    }

    private async Task<FaultCode> RefusalAsync(params string[] opened) =>
        (await Assert.ThrowsAnyAsync<MedRedactException>(() => _ceremony.RecoverAsync(opened))).Code;

    private async Task<FaultCode> OpeningRefusalAsync(int index, int custodian) =>
        (await Assert.ThrowsAnyAsync<MedRedactException>(() => _ceremony.OpenAsync(index, custodian))).Code;

    private async Task<FaultCode> SplitRefusalAsync(int threshold, Custodian[] custodians, string set) =>
        (await Assert.ThrowsAnyAsync<MedRedactException>(() => _ceremony.SplitAsync(threshold, custodians, set))).Code;
}
