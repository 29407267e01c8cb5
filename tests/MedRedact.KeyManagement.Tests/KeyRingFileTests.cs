using System.Runtime.CompilerServices;
using MedRedact.Durability;
using MedRedact.Durability.Simulation;

namespace MedRedact.KeyManagement.Tests;

public sealed class KeyRingFileTests : IDisposable
{
    private const string Secret = "correct horse battery";
    private readonly KeyRingFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_passphrase_opens_its_ring_and_no_other_does()
    {
        string passphrase = _folder.Passphrase(Secret + "\n");
        KeyId made;
        using (LocalKeyRing ring = _folder.Open(options => options.PassphraseFile = passphrase))
        {
            made = (await ring.OpenAsync())[0].Id;
            Assert.True(ring.IsProtected);
        }

        using (LocalKeyRing again = _folder.Open(options => options.PassphraseFile = passphrase))
            Assert.Equal(made, (await again.OpenAsync())[0].Id);

        Assert.Equal(Faults.WrongPassphrase, await RefusalAsync(options => options.PassphraseFile = _folder.Passphrase("another passphrase")));
        Assert.Equal(Faults.PassphraseMismatch, await RefusalAsync(options => options.PassphraseFile = null));
        Assert.Equal(Faults.PassphraseMismatch, await RefusalAsync(options => options.PassphraseFile = _folder.Passphrase("too short")));
        Assert.Equal(
            Faults.ReadableByOthers,
            await RefusalAsync(options => options.PassphraseFile = _folder.Passphrase(Secret, UnixFileMode.UserRead | UnixFileMode.OtherRead)));
    }

    [Fact]
    public async Task No_key_stands_in_a_protected_file()
    {
        using LocalKeyRing ring = _folder.Open(options => options.PassphraseFile = _folder.Passphrase(Secret));
        string id = (await ring.OpenAsync())[0].Id.Value;

        Assert.DoesNotContain(id, System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(_folder.RingFile)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_passphrase_for_a_ring_that_has_none_is_refused()
    {
        using (LocalKeyRing ring = _folder.Open())
            await ring.OpenAsync();

        Assert.Equal(Faults.PassphraseMismatch, await RefusalAsync(options => options.PassphraseFile = _folder.Passphrase(Secret)));
    }

    [Fact]
    public async Task Every_flipped_byte_and_every_cut_of_a_ring_is_noticed()
    {
        using (LocalKeyRing ring = _folder.Open())
            await ring.OpenAsync();
        byte[] good = File.ReadAllBytes(_folder.RingFile);

        for (int at = 0; at < good.Length; at++)
        {
            byte[] flipped = [.. good];
            flipped[at] ^= 0x20;
            File.WriteAllBytes(_folder.RingFile, flipped);
            Assert.Contains(await RefusalAsync(), new[] { Faults.UnreadableRing, Faults.PassphraseMismatch });

            File.WriteAllBytes(_folder.RingFile, good[..at]);
            Assert.Equal(Faults.UnreadableRing, await RefusalAsync());
        }
    }

    [Fact]
    public async Task The_rings_of_the_format_page_are_read()
    {
        foreach ((string name, string? passphrase) in new[] { ("clear", null), ("sealed", Secret), ("clear-2", null), ("sealed-2", Secret) })
        {
            bool isOld = !name.EndsWith("-2", StringComparison.Ordinal);
            Directory.CreateDirectory(Path.GetDirectoryName(_folder.RingFile)!);
            File.WriteAllBytes(_folder.RingFile, FormatPage(name));
            File.SetUnixFileMode(_folder.RingFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            using LocalKeyRing ring = _folder.Open(options => options.PassphraseFile = passphrase is null ? null : _folder.Passphrase(passphrase));

            var keys = await ring.OpenAsync();

            Assert.Equal(isOld ? ["proofs-00", "proofs-01", "mac-02"] : ["proofs-00", "proofs-01", "mac-02", "tokens-03"], keys.Select(key => key.Id.Value));
            Assert.Equal(
                isOld ? [KeyState.DecryptOnly, KeyState.Active, KeyState.Active] : [KeyState.Destroyed, KeyState.Active, KeyState.Active, KeyState.Disabled],
                keys.Select(key => key.State));
            Assert.Equal(isOld ? null : new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero), keys[0].DestructionAt);
            Assert.Equal(!isOld, keys[^1].AwaitsDestruction);
            Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), keys[0].CreatedAt);
        }
    }

    [Fact]
    public async Task A_ring_of_the_first_version_becomes_one_of_the_second_with_its_first_change_and_its_keys_stay()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.RingFile)!);
        File.WriteAllBytes(_folder.RingFile, FormatPage("clear"));
        File.SetUnixFileMode(_folder.RingFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var place = new KeyContext(new KeyPurpose("document"), StorageZone.Proofs, new TenantId("clinic-a"), null);
        WrappedKey wrapped;
        using (LocalKeyRing before = _folder.Open())
            wrapped = await before.WrapAsync(new byte[32], place);
        Assert.Equal(1, File.ReadAllBytes(_folder.RingFile)[4]);

        using (LocalKeyRing changing = _folder.Open())
            await changing.RotateAsync(StorageZone.Proofs);

        Assert.Equal(2, File.ReadAllBytes(_folder.RingFile)[4]);
        using LocalKeyRing after = _folder.Open();
        (await after.UnwrapAsync(wrapped, place)).Dispose();
    }

    [Theory]
    [ClassData(typeof(EveryDiskFault))]
    public async Task A_ring_is_whole_or_as_it_was_whatever_fails(DiskFault fault)
    {
        for (int k = 1; ; k++)
        {
            var disk = new SimulatedDisk();
            disk.FailAt(k, fault);
            List<KeyId> acknowledged = [];

            using (LocalKeyRing ring = On(disk))
            {
                try
                {
                    acknowledged.AddRange((await ring.OpenAsync()).Select(key => key.Id));
                    acknowledged.Add((await ring.RotateAsync(StorageZone.Proofs)).Id);
                    acknowledged.Add((await ring.GetSignerAsync(new KeyPurpose("ledger"))).Key);
                }
                catch (Exception stopped) when (stopped is MedRedactException or PowerCutException)
                {
                    // What was acknowledged until here must be there after the restart.
                }
            }

            foreach (Survival survival in new[] { Survival.Nothing, Survival.Everything, Survival.Random(k), Survival.Random(k + 1000) })
            {
                using LocalKeyRing after = On(disk.AfterPowerCut(survival));
                Assert.Empty(acknowledged.Except((await after.OpenAsync()).Select(key => key.Id)));
            }

            if (!disk.HasFailed)
                break;
        }
    }

    [Fact]
    public async Task What_a_killed_writer_left_beside_the_ring_goes_with_the_next_change()
    {
        using LocalKeyRing ring = _folder.Open();
        await ring.OpenAsync();
        string folder = Path.GetDirectoryName(_folder.RingFile)!, left = Path.Combine(folder, ".tmp-0123456789abcdef0123456789abcdef");
        File.Copy(_folder.RingFile, left);
        await ring.RotateAsync(StorageZone.Proofs);

        Assert.False(File.Exists(left));
        Assert.True(File.Exists(_folder.RingFile));
    }

    private static LocalKeyRing On(SimulatedDisk disk) => new(new LocalKeyRingOptions { Home = "/data" }, TimeProvider.System, disk);

    private async Task<FaultCode> RefusalAsync(Action<LocalKeyRingOptions>? configure = null)
    {
        using LocalKeyRing ring = _folder.Open(configure);
        return (await Assert.ThrowsAnyAsync<MedRedactException>(async () => await ring.OpenAsync())).Code;
    }

    private static byte[] FormatPage(string name, [CallerFilePath] string here = "")
    {
        string page = Path.Combine(Path.GetDirectoryName(here)!, "../../docs/formats/key-ring.md");
        string line = File.ReadLines(page).Single(line => line.StartsWith($"    {name} ", StringComparison.Ordinal));
        return Convert.FromHexString(line[(5 + name.Length)..].Trim());
    }
}
