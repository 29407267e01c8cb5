using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace MedRedact.Isolation;

/// <summary>Worker processes and their bounds; validated when the host starts.</summary>
public sealed class PageWorkerOptions
{
    /// <summary>The worker program: an assembly of .NET. Default: <c>MedRedact.Worker.dll</c> beside the host's program.</summary>
    /// <remarks>It runs on the runtime and with the dependencies of the host's program, of which it must be one.</remarks>
    public string? Program { get; set; }

    /// <summary>Arguments of the worker program. Default: none.</summary>
    public IList<string> Arguments { get; } = [];

    /// <summary>Configuration for the worker program, such as folders and languages; never content.</summary>
    public IDictionary<string, string> Settings { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Processes at once, each with one page. Default, 0: as many as <see cref="PipelineLimits.MaxPagesInFlightPerProcess"/> allows pages.</summary>
    [Range(0, 256)]
    public int MaxProcesses { get; set; }

    /// <summary>After so many pages a process makes room for a fresh one. Default: 500.</summary>
    [Range(1, 1_000_000)]
    public int PagesPerProcess { get; set; } = 500;

    /// <summary>How long one attempt at one page may take; then the process is killed. Default: 55 seconds, so that two attempts fit into the default of
    /// <see cref="PipelineLimits.PageTimeout"/>.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(55);

    /// <summary>How long a process may take to start and to greet. Default: 20 seconds.</summary>
    public TimeSpan StartPatience { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Resident memory of one process beside 16 bytes for each pixel of its page. Default: 512 MiB; a process past it is killed, and one that keeps
    /// more than half of it after its page makes room for a fresh one.</summary>
    [Range(64L << 20, 1L << 40)]
    public long MemoryBytes { get; set; } = 512L << 20;

    internal ISet<string> Isolated { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Says that a reader, a preparer or an engine of the host's runs in the worker processes; the worker program must hold a part of this type too.</summary>
    /// <typeparam name="TPart">Its type.</typeparam>
    /// <returns>These options.</returns>
    public PageWorkerOptions Isolate<TPart>()
        where TPart : class
    {
        Isolated.Add(NameOf(typeof(TPart)));
        return this;
    }

    internal static string NameOf(Type part) => part.FullName ?? part.Name;

    internal bool Isolates(object part) => Isolated.Contains(NameOf(part.GetType()));
}

[OptionsValidator]
internal sealed partial class PageWorkerOptionsValidator : IValidateOptions<PageWorkerOptions>;
