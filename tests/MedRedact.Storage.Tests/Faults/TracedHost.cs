using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace MedRedact.Storage.Tests;

/// <summary>A host that goes on from folder to folder, and a tracer that comes and goes with each: what the runtime does to start itself is not disturbed, only the store's work is.</summary>
internal sealed partial class TracedHost : IDisposable
{
    private readonly Process _host;

    private TracedHost(Process host) => _host = host;

    public bool HasEnded => _host.HasExited;

    public static TracedHost Start()
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, typeof(TracedHost).Assembly.GetName().Name!))
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment[FaultHost.Variable] = "1";
        Process host = Process.Start(start)!;
        host.ErrorDataReceived += static (_, _) => { };
        host.BeginErrorReadLine();
        return new TracedHost(host);
    }

    /// <summary>Does the work in a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="strace">Arguments for the tracer; none: no tracer.</param>
    /// <returns>What the host acknowledged; it may have ended over it.</returns>
    public async Task<List<string>> RunAsync(string folder, params string[] strace)
    {
        using Process? tracer = strace.Length == 0 ? null : await AttachAsync(strace);
        var said = new List<string>();
        await _host.StandardInput.WriteLineAsync(folder);
        await _host.StandardInput.FlushAsync();
        string? line;
        while ((line = await _host.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)) is not null && line != FaultHost.End)
            said.Add(line);

        if (line is null)
            await _host.WaitForExitAsync(TestContext.Current.CancellationToken);

        if (tracer is not null)
        {
            // An interrupted tracer lets go of the host; that of a host that was killed ends by itself.
            if (line is not null)
            {
                using Process kill = Process.Start("kill", ["-INT", tracer.Id.ToString(CultureInfo.InvariantCulture)])!;
                await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
            }

            await tracer.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        return said;
    }

    /// <summary>How often the busiest thread makes each call: the indexes at which a call can fail.</summary>
    public async Task<Dictionary<string, int>> CountAsync(string folder, IEnumerable<string> calls)
    {
        string log = folder + ".strace";
        await RunAsync(folder, "-o", log, "-e", "trace=" + string.Join(',', calls));
        var counts = new Dictionary<(string Thread, string Call), int>();
        foreach (string line in await File.ReadAllLinesAsync(log, TestContext.Current.CancellationToken))
        {
            if (CallLine().Match(line) is { Success: true } match)
                counts[(match.Groups[1].Value, match.Groups[2].Value)] = counts.GetValueOrDefault((match.Groups[1].Value, match.Groups[2].Value)) + 1;
        }

        return counts.GroupBy(each => each.Key.Call).ToDictionary(each => each.Key, each => each.Max(count => count.Value));
    }

    public void Dispose()
    {
        if (!_host.HasExited)
            _host.Kill();
        _host.WaitForExit();
        _host.Dispose();
    }

    public static void RequireStrace()
    {
        bool present = OperatingSystem.IsLinux() && (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(path => File.Exists(Path.Combine(path, "strace")));
        if (!present)
            Skip("strace is not installed: real system call faults are not injected.");
    }

    private async Task<Process> AttachAsync(string[] arguments)
    {
        var start = new ProcessStartInfo("strace") { RedirectStandardError = true };
        foreach (string argument in new[] { "-f", "-p", _host.Id.ToString(CultureInfo.InvariantCulture) }.Concat(arguments))
            start.ArgumentList.Add(argument);
        Process tracer = Process.Start(start)!;
        string? line = await tracer.StandardError.ReadLineAsync(TestContext.Current.CancellationToken);
        if (line?.Contains("attached", StringComparison.Ordinal) != true)
        {
            tracer.Dispose();
            Skip("strace may not attach to a process here (ptrace is forbidden): real system call faults are not injected.");
        }

        // What it says of threads that come and go is read away.
        _ = tracer.StandardError.ReadToEndAsync(CancellationToken.None);
        return tracer;
    }

    private static void Skip(string reason)
    {
        if (Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail(reason + " CI=true lets no test be skipped.");
        Assert.Skip(reason);
    }

    [GeneratedRegex(@"^(\d+)\s+(\w+)\(")]
    private static partial Regex CallLine();
}
