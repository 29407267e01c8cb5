using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace MedRedact.Isolation;

/// <summary>How a worker process is started: on the runtime of this process, with the dependencies of its program, and with next to none of its environment.</summary>
/// <param name="Runtime">The <c>dotnet</c> of this process's runtime.</param>
/// <param name="Program">The worker's assembly.</param>
/// <param name="Arguments">All arguments of <paramref name="Runtime"/>.</param>
internal sealed record WorkerCommand(string Runtime, string Program, ImmutableArray<string> Arguments)
{
    public const string DefaultProgram = "MedRedact.Worker.dll";

    /// <summary>What of the environment a worker is given, where it is set: where native libraries and trained data lie, and how glibc's heap behaves.</summary>
    private static readonly ImmutableArray<string> Inherited =
        ["LD_LIBRARY_PATH", "TESSDATA_PREFIX", "MALLOC_ARENA_MAX", "MALLOC_MMAP_THRESHOLD_", "GLIBC_TUNABLES", "PATH"];

    private static readonly ImmutableArray<KeyValuePair<string, string>> Given =
    [
        new("LC_ALL", "C"), new("HOME", "/nonexistent"), new("TMPDIR", "/nonexistent"),
        // One page at a time: more threads would only get into each other's way.
        new("OMP_THREAD_LIMIT", "1"),
        new("DOTNET_gcServer", "0"), new("DOTNET_gcConcurrent", "0"),
        // No socket for debuggers, no dumps: the memory of a worker is PHI.
        new("DOTNET_EnableDiagnostics", "0"), new("DOTNET_DbgEnableMiniDump", "0"),
        new("DOTNET_TieredPGO", "0"),
    ];

    /// <summary>Finds the runtime, the program and its dependencies.</summary>
    /// <returns>The command; <see langword="null"/> where something is not there, or the system has no memory files.</returns>
    public static WorkerCommand? TryFind(PageWorkerOptions options)
    {
        string program = Path.GetFullPath(options.Program ?? Path.Combine(AppContext.BaseDirectory, DefaultProgram));
        string runtime = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
        string? dependencies = (AppContext.GetData("APP_CONTEXT_DEPS_FILES") as string)?.Split(';', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        string? configuration = dependencies?.Replace(".deps.json", ".runtimeconfig.json", StringComparison.Ordinal);
        if (!MemoryFile.IsSupported || !File.Exists(program) || !File.Exists(runtime) || !File.Exists(dependencies) || !File.Exists(configuration))
            return null;

        return new WorkerCommand(
            runtime, program, ["exec", "--runtimeconfig", configuration, "--depsfile", dependencies, program, .. options.Arguments]);
    }

    public ProcessStartInfo ToStartInfo(long heapBytes)
    {
        var start = new ProcessStartInfo(Runtime, Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        var kept = Inherited.Select(name => new KeyValuePair<string, string?>(name, Environment.GetEnvironmentVariable(name))).ToArray();
        start.Environment.Clear();
        foreach ((string name, string? value) in kept)
        {
            if (value is not null)
                start.Environment[name] = value;
        }

        foreach ((string name, string value) in Given)
            start.Environment[name] = value;
        start.Environment["DOTNET_GCHeapHardLimit"] = heapBytes.ToString("x", CultureInfo.InvariantCulture);
        return start;
    }
}
