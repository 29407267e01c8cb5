using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using MedRedact.Durability;
using MedRedact.Envelope;
using MedRedact.KeyManagement.Recovery;

namespace MedRedact.KeyManagement.Tests.Recovery;

public sealed class RecoveryFormatTests : IDisposable
{
    private readonly Ceremony _ceremony = new();

    public void Dispose() => _ceremony.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_shares_of_the_format_page_are_opened(int index)
    {
        using ECDsa custodian = ECDsa.Create();
        custodian.ImportPkcs8PrivateKey(Bytes($"key-{index}"), out _);
        Ceremony.Write(_ceremony["key"], custodian.ExportPkcs8PrivateKeyPem());
        using CustodianPrivateKey key = CustodianPrivateKey.Read(_ceremony["key"], null, PhysicalFileOperations.Instance);

        using SecretBuffer? words = SealedShare.TryOpen(Bytes($"share-{index}"), key);
        using OpenedShare? opened = OpenedShare.TryRead(Bytes($"opened-{index}"));

        Assert.Equal(Text($"words-{index}"), Encoding.ASCII.GetString(words!.Span));
        Assert.Equal(Text($"words-{index}"), Encoding.ASCII.GetString(opened!.Words.Span));
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 1, 0, 0, TimeSpan.Zero), opened.OpenedAt);
        Assert.Equal("recovery-101112131415161718191a1b1c1d1e1f", opened.Header.Key.Key.Value);
        Assert.Equal(SealedShare.Header(Bytes($"share-{index}")), opened.Header);
    }

    [Fact]
    public async Task The_bundle_of_the_format_page_is_recovered()
    {
        Directory.CreateDirectory(_ceremony["set"]);
        await File.WriteAllBytesAsync(_ceremony.Bundle(), Bytes("bundle"));
        foreach (string opened in (string[])["opened-1", "opened-2"])
        {
            await File.WriteAllBytesAsync(_ceremony[opened], Bytes(opened));
            File.SetUnixFileMode(_ceremony[opened], Ceremony.OwnerOnly);
        }

        _ceremony.Time.AdjustTime(new DateTimeOffset(2026, 1, 1, 2, 0, 0, TimeSpan.Zero));
        await _ceremony.RecoverAsync([_ceremony["opened-2"], _ceremony["opened-1"]]);

        using LocalKeyRing ring = _ceremony.Ring();
        Assert.Equal(["proofs-00", "proofs-01", "mac-02"], (await ring.OpenAsync()).Select(key => key.Id.Value));
        Assert.Equal("a register", await File.ReadAllTextAsync(Path.Combine(_ceremony.Home, "keys", "register.db")));
    }

    private static byte[] Bytes(string name) => Convert.FromHexString(Text(name));

    private static string Text(string name, [CallerFilePath] string here = "")
    {
        string page = Path.Combine(Path.GetDirectoryName(here)!, "../../../docs/formats/key-recovery.md");
        string line = File.ReadLines(page).Single(line => line.StartsWith($"    {name} ", StringComparison.Ordinal));
        return line[(4 + name.Length)..].Trim();
    }
}
