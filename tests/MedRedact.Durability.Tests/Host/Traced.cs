using System.Diagnostics;

namespace MedRedact.Durability.Tests;

/// <summary>Starts the host as a child, under <c>strace</c> where system calls are to fail.</summary>
internal static class Traced
{
    public static async Task<TracedRun> RunAsync(string request, params string[] inject)
    {
        RequireStrace();
        string log = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            using Process child = Start(request, "strace", ["-f", "-qq", "-o", log, "-e", "trace=fsync,write,pwrite64", .. inject.SelectMany(i => new[] { "-e", "inject=" + i })]);
            string[] output = (await ReadAsync(child)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            string[] calls = await File.ReadAllLinesAsync(log, TestContext.Current.CancellationToken);
            return new(output, calls.Count(call => call.Contains(" fsync(", StringComparison.Ordinal)));
        }
        finally
        {
            File.Delete(log);
        }
    }

    /// <summary>A child that runs on its own until its standard input is closed.</summary>
    public static Process Start(string request, string? command = null, params string[] arguments)
    {
        string host = Path.Combine(AppContext.BaseDirectory, typeof(Traced).Assembly.GetName().Name!);
        var start = new ProcessStartInfo(command ?? host) { RedirectStandardOutput = true, RedirectStandardInput = true };
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        if (command is not null)
            start.ArgumentList.Add(host);
        start.Environment[FaultHost.Variable] = request;
        return Process.Start(start)!;
    }

    private static async Task<string> ReadAsync(Process child)
    {
        string output = await child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, child.ExitCode);
        return output;
    }

    private static void RequireStrace()
    {
        bool present = OperatingSystem.IsLinux() && (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(p => File.Exists(Path.Combine(p, "strace")));
        if (present)
            return;
        if (Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail("strace is not installed, and CI=true lets no test be skipped.");
        Assert.Skip("strace is not installed: real system call faults are not injected.");
    }
}

/// <summary>What the host said, and how often it called fsync.</summary>
internal sealed record TracedRun(string[] Output, int FileSyncs);
