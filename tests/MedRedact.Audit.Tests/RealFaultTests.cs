using System.Diagnostics;

namespace MedRedact.Audit.Tests;

/// <summary>A ledger in a process of its own, on the real disk, that is killed or whose system calls fail.</summary>
public sealed class RealFaultTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("medredact-").FullName;
    private string _folder;

    public RealFaultTests() => _folder = Path.Combine(_home, "ledger");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_killed_writer_leaves_a_ledger_that_opens_and_holds_what_it_acknowledged()
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("The host is started by its Unix name.");

        var acknowledged = new List<string>();
        for (int run = 0; run < (Optional.Soak ? 200 : 4); run++)
        {
            using Process writer = Start(null, "1000000");
            for (int i = 0; i < 20 + (run * 17 % 50); i++)
                acknowledged.Add((await writer.StandardOutput.ReadLineAsync(Token))!);
            writer.Kill();
            string rest = await writer.StandardOutput.ReadToEndAsync(Token);
            acknowledged.AddRange(rest.Split('\n')[..^1]);
            await writer.WaitForExitAsync(Token);
        }

        await AssertHoldsAsync(acknowledged);
    }

    [Theory]
    [InlineData("fsync:error=EIO:when=9")]
    [InlineData("fsync:error=EIO:when=10+7")]
    [InlineData("pwrite64:error=ENOSPC:when=6")]
    [InlineData("fsync:error=EINTR:when=1+3")]
    [InlineData("rename,renameat,renameat2,link,linkat:error=EIO:when=4")]
    public async Task A_failing_system_call_is_never_acknowledged_over(string inject)
    {
        RequireStrace();
        using Process writer = Start("strace", "-f", "-qq", "-o", "/dev/null", "-e", $"trace={inject.Split(':')[0]}", "-e", $"inject={inject}", "40");
        string[] output = (await writer.StandardOutput.ReadToEndAsync(Token)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await writer.WaitForExitAsync(Token);
        Assert.Equal(40, output.Length);

        // A ledger that could not be opened is opened again with the next event. Once open, and once the disk failed an append, it acknowledges no more.
        string[] unopened = [.. output.TakeWhile(line => line[0] == 'M')];
        string[] acknowledged = [.. output[unopened.Length..].TakeWhile(line => line[0] != 'M')];
        bool recoverable = inject.Contains("EINTR", StringComparison.Ordinal);
        Assert.All(unopened, line => Assert.Contains(line, new[] { "MR-AUD-001", "MR-AUD-010" }));
        Assert.True(
            recoverable ? acknowledged.Length == 40 : output[(unopened.Length + acknowledged.Length)..].All(line => line is "MR-AUD-001"), string.Join(" ", output.Distinct()));
        await AssertHoldsAsync(acknowledged);
    }

    /// <summary>Each call that changes the disk, failed with each error and killed at, one by one from the first to the last that the host makes.</summary>
    [Theory]
    [InlineData("fsync", "error=EIO")]
    [InlineData("fsync", "error=EINTR")]
    [InlineData("fsync", "signal=KILL")]
    [InlineData("pwrite64", "error=EIO")]
    [InlineData("pwrite64", "error=ENOSPC")]
    [InlineData("pwrite64", "error=EINTR")]
    [InlineData("pwrite64", "signal=KILL")]
    [InlineData("rename,renameat,renameat2", "error=EIO")]
    [InlineData("rename,renameat,renameat2", "error=ENOSPC")]
    [InlineData("rename,renameat,renameat2", "signal=KILL")]
    [InlineData("link,linkat", "error=EIO")]
    [InlineData("link,linkat", "signal=KILL")]
    [InlineData("ftruncate", "error=EIO")]
    [InlineData("ftruncate", "signal=KILL")]
    [InlineData("mkdir,mkdirat", "error=ENOSPC")]
    [InlineData("flock", "error=EIO")]
    public async Task Whatever_call_fails_or_is_the_last_one_nothing_acknowledged_is_lost(string calls, string fault)
    {
        RequireStrace();
        int step = Optional.Soak ? 1 : 29;
        for (int k = 1; ; k += step)
        {
            _folder = Path.Combine(_home, k.ToString(System.Globalization.CultureInfo.InvariantCulture));
            string trace = _folder + ".trace";
            using Process writer = Start("strace", "-f", "-qq", "-o", trace, "-e", $"trace={calls}", "-e", $"inject={calls}:{fault}:when={k}", "12");
            string output = await writer.StandardOutput.ReadToEndAsync(Token);
            await writer.WaitForExitAsync(Token);
            string[] lines = output.Split('\n')[..^1];
            await AssertHoldsAsync([.. lines.Where(line => line[0] != 'M')]);
            if (!await WasStruckAsync(trace, fault))
                break;
        }
    }

    public void Dispose() => Directory.Delete(_home, recursive: true);

    private static async Task<bool> WasStruckAsync(string trace, string fault)
    {
        string traced = await File.ReadAllTextAsync(trace, Token);
        return traced.Contains(fault.StartsWith("signal", StringComparison.Ordinal) ? "killed by SIGKILL" : "INJECTED", StringComparison.Ordinal);
    }

    private async Task AssertHoldsAsync(IReadOnlyCollection<string> acknowledged)
    {
        using TestKeys keys = LedgerHost.Keys();
        await using (AuditLedger ledger = LedgerHost.Open(_folder, keys))
            await ledger.AppendAsync(Sample.Event(0), Token);

        var witnesses = new WitnessPolicy(1, [LedgerHost.Witness(_folder, keys).Key]);
        AuditVerificationReport report = await AuditLedgerVerifier.VerifyAsync(_folder, keys.PublicKey, new() { Witnesses = witnesses }, Token);
        Assert.True(report.IsIntact, string.Join("; ", report.Findings));

        var found = new HashSet<string>();
        await foreach (AuditRecord record in AuditLedgerReader.ReadAsync(_folder, cancellationToken: Token))
            found.Add($"{record.Sequence} {record.LeafHash}");
        Assert.All(acknowledged, receipt => Assert.Contains(receipt, found));
        foreach (string file in OperatingSystem.IsWindows() ? [] : Directory.GetFiles(_folder))
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(file));
    }

    private Process Start(string? command, params string[] arguments)
    {
        string host = Path.Combine(AppContext.BaseDirectory, typeof(RealFaultTests).Assembly.GetName().Name!);
        var start = new ProcessStartInfo(command ?? host) { RedirectStandardOutput = true };
        foreach (string argument in arguments[..^1])
            start.ArgumentList.Add(argument);
        if (command is not null)
            start.ArgumentList.Add(host);
        start.Environment[LedgerHost.Variable] = $"{_folder}|{arguments[^1]}|1";
        return Process.Start(start)!;
    }

    private static void RequireStrace()
    {
        if (OperatingSystem.IsLinux() && (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(p => File.Exists(Path.Combine(p, "strace"))))
            return;
        if (Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail("strace is not installed, and CI=true lets no test be skipped.");
        Assert.Skip("strace is not installed: real system call faults are not injected.");
    }
}
