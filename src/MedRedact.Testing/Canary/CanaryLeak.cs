namespace MedRedact.Testing;

/// <summary>One canary seen where it must not be.</summary>
/// <param name="Channel">Through what it leaked.</param>
/// <param name="Place">Where: logger category, activity, instrument, exception type, or file.</param>
/// <param name="Canary">Index of the string in the list the watch was given. The string itself is not repeated: a test log is a log too.</param>
/// <param name="Form">The disguise, e.g. <c>base64</c>.</param>
public sealed record CanaryLeak(LeakChannel Channel, string Place, int Canary, string Form);

/// <summary>Through what a canary leaked.</summary>
public enum LeakChannel
{
    /// <summary>A log message, its state, scope or exception.</summary>
    Log = 0,

    /// <summary>An activity's name, tags, events or baggage.</summary>
    Trace,

    /// <summary>An instrument's name or tags.</summary>
    Metric,

    /// <summary>The message of an exception that was thrown anywhere in the process, caught or not.</summary>
    Exception,

    /// <summary>Standard output or error.</summary>
    Console,

    /// <summary>The content of a file.</summary>
    File,

    /// <summary>The name of a file or folder.</summary>
    FileName,

    /// <summary>Something the test handed to <see cref="CanaryWatch.Inspect(string, ReadOnlyMemory{byte})"/>.</summary>
    Inspected,
}

/// <summary>A canary leaked. The message names channels, places and forms, never the strings.</summary>
/// <param name="leaks">What was seen; at least one.</param>
public sealed class CanaryLeakException(IReadOnlyList<CanaryLeak> leaks)
    : Exception($"PHI leaked {leaks.Count} time(s): " + string.Join("; ", leaks.Take(20).Select(leak => $"{leak.Channel} at {leak.Place} (canary {leak.Canary}, {leak.Form})")))
{
    /// <summary>What was seen.</summary>
    public IReadOnlyList<CanaryLeak> Leaks => leaks;
}
