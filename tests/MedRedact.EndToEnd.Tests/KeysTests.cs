using System.Security.Cryptography;
using MedRedact.EndToEnd.Tests.Tool;

namespace MedRedact.EndToEnd.Tests;

/// <summary>The recovery drill as an operator and two custodians go through it.</summary>
public sealed class KeysTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Keys_that_are_gone_come_back_through_two_of_three_custodians_and_the_ledger_knows()
    {
        string home = _folder["home"], set = _folder["set"];
        Assert.Equal(3, (await MedRedactTool.RunAsync(["keys", "status", "--home", home])).ExitCode);
        Assert.Equal(2, (await SplitAsync(home, set)).ExitCode);
        await MakeHomeAsync(home);
        string keys = await StatusAsync(home);
        Assert.Contains("never split", keys, StringComparison.Ordinal);

        ToolResult split = await SplitAsync(home, set);
        Assert.Equal(0, split.ExitCode);
        Assert.Contains("2 of 3 custodians", await StatusAsync(home), StringComparison.Ordinal);
        string[] sealedKeys = [.. Lines(await StatusAsync(home))];
        Directory.Delete(Path.Combine(home, "keys"), recursive: true);

        string[] opened = [await OpenAsync(set, 1), await OpenAsync(set, 3)];
        ToolResult tooFew = await MedRedactTool.RunAsync(["keys", "recover", "--bundle", Path.Combine(set, "recovery.mrkb"), "--share", opened[0], "--home", home]);
        Assert.Equal(3, tooFew.ExitCode);
        Assert.Contains("MR-KEY-053", tooFew.Errors, StringComparison.Ordinal);
        ToolResult recovered = await MedRedactTool.RunAsync(["keys", "recover", "--bundle", Path.Combine(set, "recovery.mrkb"), "--share", .. opened, "--home", home]);

        Assert.Equal((0, ""), (recovered.ExitCode, recovered.Errors));
        Assert.Equal(sealedKeys, Lines(await StatusAsync(home)));
        Assert.Equal(0, (await MedRedactTool.RunAsync(["audit", "verify", home])).ExitCode);
        string[] kinds = [.. await Audit.AuditLedgerReader.ReadAsync(Path.Combine(home, "ledger"), cancellationToken: TestContext.Current.CancellationToken)
            .Select(record => record.Kind).ToArrayAsync(TestContext.Current.CancellationToken)];
        Assert.Equal(["key.split", "key.share-opened", "key.share-opened", "key.recovered"], kinds);
    }

    [Fact]
    public async Task A_home_whose_keys_are_not_there_gets_no_new_ones_beside_its_data()
    {
        string home = _folder["home"];
        await MakeHomeAsync(home);
        Assert.Equal(0, (await SplitAsync(home, _folder["set"])).ExitCode);
        Directory.Delete(Path.Combine(home, "keys"), recursive: true);
        await File.WriteAllTextAsync(_folder["note.txt"], "no page", TestContext.Current.CancellationToken);

        foreach (string[] command in (string[][])[["audit", "verify", home], ["ingest", _folder["note.txt"], "--home", home, "--out", _folder["out"]]])
        {
            ToolResult refused = await MedRedactTool.RunAsync(command);
            Assert.Equal(3, refused.ExitCode);
            Assert.Contains("MR-KEY-008", refused.Errors, StringComparison.Ordinal);
            Assert.False(File.Exists(Path.Combine(home, "keys", "ring.mrkr")));
        }
    }

    [Fact]
    public async Task A_home_with_sealed_objects_gets_no_new_register()
    {
        string home = _folder["home"], objects = Path.Combine(home, "zones", "redacted");
        await MakeHomeAsync(home);
        Assert.Equal(0, (await SplitAsync(home, _folder["set"])).ExitCode);
        Directory.CreateDirectory(objects);
        await File.WriteAllTextAsync(Path.Combine(objects, "object"), "sealed", TestContext.Current.CancellationToken);

        ToolResult refused = await MedRedactTool.RunAsync(["retention", "run", "--home", home]);

        Assert.Equal(3, refused.ExitCode);
        Assert.Contains("MR-STO-034", refused.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(home, "keys", "register.db")));
    }

    [Theory]
    [InlineData("--threshold", "1")]
    [InlineData("--threshold", "4")]
    public async Task A_threshold_that_is_none_is_a_fault_of_the_command_line(string option, string value)
    {
        await MakeHomeAsync(_folder["home"]);
        ToolResult refused = await MedRedactTool.RunAsync(["keys", "split", "--home", _folder["home"], option, value, .. Custodians(), "--out", _folder["set"]]);

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("MR-CLI-020", refused.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["set"]));
    }

    private Task<ToolResult> SplitAsync(string home, string set) =>
        MedRedactTool.RunAsync(["keys", "split", "--home", home, "--threshold", "2", .. Custodians(), "--out", set]);

    private IEnumerable<string> Custodians()
    {
        yield return "--custodian";
        for (int i = 1; i <= 3; i++)
        {
            if (!File.Exists(_folder[$"{i}.pub.pem"]))
            {
                using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
                File.WriteAllText(_folder[$"{i}.pem"], key.ExportPkcs8PrivateKeyPem());
                if (!OperatingSystem.IsWindows())
                    File.SetUnixFileMode(_folder[$"{i}.pem"], UnixFileMode.UserRead | UnixFileMode.UserWrite);
                File.WriteAllText(_folder[$"{i}.pub.pem"], key.ExportSubjectPublicKeyInfoPem());
            }

            yield return _folder[$"{i}.pub.pem"];
        }
    }

    private async Task<string> OpenAsync(string set, int custodian)
    {
        string opened = _folder[$"{custodian}.opened"];
        ToolResult result = await MedRedactTool.RunAsync(
            ["keys", "open-share", "--share", Path.Combine(set, $"share-0{custodian}.mrks"), "--key", _folder[$"{custodian}.pem"], "--out", opened]);
        Assert.Equal((0, ""), (result.ExitCode, result.Errors));
        return opened;
    }

    private static async Task MakeHomeAsync(string home)
    {
        using var ring = new KeyManagement.LocalKeyRing(new KeyManagement.LocalKeyRingOptions { Home = home }, TimeProvider.System);
        await ring.OpenAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<string> StatusAsync(string home)
    {
        ToolResult status = await MedRedactTool.RunAsync(["keys", "status", "--home", home]);
        Assert.Equal(0, status.ExitCode);
        return status.Output;
    }

    private static IEnumerable<string> Lines(string status) => status.Split('\n').Where(line => line.Contains("active", StringComparison.Ordinal));
}
