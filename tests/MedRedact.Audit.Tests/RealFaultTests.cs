using System.Diagnostics;

namespace MedRedact.Audit.Tests;

/// <summary>A ledger in a process of its own, on the real disk, that is killed or whose system calls fail.</summary>
public sealed class RealFaultTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("medredact-").FullName;

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

        // Once the disk failed an append, this ledger acknowledges no more.
        string[] acknowledged = [.. output.TakeWhile(line => line[0] != 'M')];
        bool recoverable = inject.Contains("EINTR", StringComparison.Ordinal);
        Assert.True(recoverable ? acknowledged.Length == 40 : output[acknowledged.Length..].All(line => line is "MR-AUD-001"), string.Join(" ", output.Distinct()));
        await AssertHoldsAsync(acknowledged);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task AssertHoldsAsync(IReadOnlyCollection<string> acknowledged)
    {
        using TestKeys keys = LedgerHost.Keys();
        await using (var ledger = new AuditLedger(new() { Folder = _folder }, keys))
            await ledger.AppendAsync(Sample.Event(0), Token);

        AuditVerificationReport report = await AuditLedgerVerifier.VerifyAsync(_folder, keys.PublicKey, cancellationToken: Token);
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
        start.Environment[LedgerHost.Variable] = $"{_folder}|{arguments[^1]}";
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
