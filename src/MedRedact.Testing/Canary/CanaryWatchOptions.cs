using System.Collections.Immutable;

namespace MedRedact.Testing;

/// <summary>What a <see cref="CanaryWatch"/> looks at.</summary>
public sealed record CanaryWatchOptions
{
    /// <summary>Folders whose files must be clean, whenever they were written: output folders, databases, ledgers.</summary>
    public ImmutableArray<string> Folders { get; init; } = [];

    /// <summary>Files and folders that may hold canaries, e.g. the input that a test put there itself.</summary>
    public ImmutableArray<string> Except { get; init; } = [];

    /// <summary>Whether to look at files of the temporary folder that were written since the watch began. On by default.</summary>
    public bool TemporaryFiles { get; init; } = true;

    /// <summary>Whether to look at what is written to the console. On by default; output still appears.</summary>
    public bool Console { get; init; } = true;

    /// <summary>Whether to look at every exception thrown in the process, caught or not. On by default.
    /// Tests that run at the same time with the same canary would accuse each other: use different seeds.</summary>
    public bool FirstChanceExceptions { get; init; } = true;
}
