using System.Diagnostics;
using Microsoft.Extensions.Options;

namespace MedRedact.Isolation;

/// <summary>What one worker process, started for the purpose, had to say.</summary>
/// <param name="Program">The worker program; <see langword="null"/> where it, its runtime or memory files are not there.</param>
/// <param name="Start">From the start of the process to its greeting.</param>
/// <param name="ResidentBytes">Its memory then.</param>
/// <param name="Engines">Versions of its engines, by type.</param>
/// <param name="Fault">Why it cannot work, or <see langword="null"/>.</param>
public sealed record PageWorkerProbe(
    string? Program, TimeSpan Start, long ResidentBytes, IReadOnlyDictionary<string, string> Engines, MedRedactException? Fault)
{
    private static readonly Dictionary<string, string> None = [];

    /// <summary>Whether the worker program, its runtime and memory files are there; starts nothing.</summary>
    /// <param name="options">Default: see <see cref="PageWorkerOptions"/>.</param>
    /// <returns>Whether a worker could be started.</returns>
    public static bool IsFound(PageWorkerOptions? options = null) => WorkerCommand.TryFind(options ?? new()) is not null;

    /// <summary>Starts a worker, lets it introduce itself and ends it.</summary>
    /// <param name="options">As registered.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>What it said; never throws because something is missing.</returns>
    public static async Task<PageWorkerProbe> RunAsync(PageWorkerOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (WorkerCommand.TryFind(options) is not { } command)
            return new(null, TimeSpan.Zero, 0, None, Faults.NoStart());

        long started = Stopwatch.GetTimestamp();
        try
        {
            var hello = new Hello(Environment.ProcessId, options.MemoryBytes + (new PipelineLimits().MaxPixelsPerPage * 16), [.. options.Settings]);
            await using Worker worker = await Worker.StartAsync(command, hello, options.StartPatience, cancellationToken);
            TimeSpan taken = Stopwatch.GetElapsedTime(started);
            var engines = worker.Parts.Where(part => part.Version.Length > 0).ToDictionary(part => part.Type, part => part.Version, StringComparer.Ordinal);
            return new(command.Program, taken, worker.ResidentBytes, engines, null);
        }
        catch (MedRedactException fault)
        {
            return new(command.Program, Stopwatch.GetElapsedTime(started), 0, None, fault);
        }
    }
}
