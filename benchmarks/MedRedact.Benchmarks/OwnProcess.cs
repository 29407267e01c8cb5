using System.Diagnostics;

namespace MedRedact.Benchmarks;

/// <summary>This program once more, in a process of its own, for what only a fresh process shows: its first call, its memory.</summary>
internal static class OwnProcess
{
    /// <summary>Runs a measure to its end.</summary>
    /// <param name="prepare">Sets the environment.</param>
    /// <param name="arguments">The measure and its arguments.</param>
    /// <returns>The lines it printed, one by one as they come.</returns>
    public static async IAsyncEnumerable<string> LinesAsync(Action<ProcessStartInfo>? prepare, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet")
            start.ArgumentList.Add(typeof(OwnProcess).Assembly.Location);
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        prepare?.Invoke(start);
        using Process child = Process.Start(start)!;
        while (await child.StandardOutput.ReadLineAsync() is { } line)
            yield return line;
        await child.WaitForExitAsync();
    }
}
