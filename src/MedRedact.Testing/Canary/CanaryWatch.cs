using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Runtime.ExceptionServices;
using System.Text;
using Microsoft.Extensions.Logging;

namespace MedRedact.Testing;

/// <summary>Watches every way out of a process for canaries, from construction to disposal: loggers, activities, metrics, exceptions, console and files.</summary>
/// <remarks>
/// <para>It recognizes each string in upper and lower case, without separators, reversed, as UTF-8 and UTF-16, in hexadecimal, base64 and URL escapes.
/// It does not look inside compressed files, and does not read pixels: text drawn on a page is the residue check's business.</para>
/// <para>Disposal asserts: it throws <see cref="CanaryLeakException"/> where anything was seen, unless <see cref="AssertClean"/> or <see cref="FindLeaks"/> was asked before.</para>
/// </remarks>
public sealed class CanaryWatch : IAsyncDisposable
{
    private readonly CanaryForms _forms;
    private readonly CanaryWatchOptions _options;
    private readonly ConcurrentQueue<CanaryLeak> _leaks = new();
    private readonly ActivityListener _activities;
    private readonly MeterListener _meters;
    private readonly ConsoleTap? _console;
    private readonly FolderScan _folders;
    private bool _asked, _disposed;

    [ThreadStatic]
    private static bool t_inspecting;

    /// <summary>Begins to watch.</summary>
    /// <param name="canaries">Strings of six characters or more.</param>
    /// <param name="options">What to look at; everything but folders by default.</param>
    public CanaryWatch(IReadOnlyList<string> canaries, CanaryWatchOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(canaries);
        _options = options ?? new CanaryWatchOptions();
        _forms = new CanaryForms(canaries);
        _folders = new FolderScan(_forms, _options);
        Loggers = new CanaryLoggerProvider(this);
        _activities = ActivityTap.Listen(this);
        _meters = MeterTap.Listen(this);
        _console = _options.Console ? new ConsoleTap() : null;
        if (_options.FirstChanceExceptions)
            AppDomain.CurrentDomain.FirstChanceException += OnException;
    }

    /// <summary>Begins to watch for one person.</summary>
    /// <param name="canary">The person.</param>
    /// <param name="options">What to look at; everything but folders by default.</param>
    public CanaryWatch(PhiCanary canary, CanaryWatchOptions? options = null)
        : this((canary ?? throw new ArgumentNullException(nameof(canary))).Values, options)
    {
    }

    /// <summary>Give this to the host under test: <c>logging.AddProvider(watch.Loggers)</c>. It listens at every level.</summary>
    public ILoggerProvider Loggers { get; }

    /// <summary>Everything seen so far; files are read at each call.</summary>
    /// <returns>Distinct leaks in the order in which they were seen.</returns>
    public IReadOnlyList<CanaryLeak> FindLeaks()
    {
        _asked = true;
        _meters.RecordObservableInstruments();
        if (_console is not null)
            Inspect(LeakChannel.Console, "console", _console.Seen());
        foreach (CanaryLeak leak in _folders.Look())
            _leaks.Enqueue(leak);
        return [.. _leaks.Distinct()];
    }

    /// <summary>Looks at something the watch cannot see itself: a response body, a queue message, a database row.</summary>
    /// <param name="place">What to call it; it must hold no content.</param>
    /// <param name="content">The bytes.</param>
    public void Inspect(string place, ReadOnlyMemory<byte> content) => Inspect(LeakChannel.Inspected, place, content);

    /// <summary>Looks at text the watch cannot see itself.</summary>
    /// <param name="place">What to call it; it must hold no content.</param>
    /// <param name="content">The text.</param>
    public void Inspect(string place, string content) => Inspect(LeakChannel.Inspected, place, content);

    /// <summary>Throws where anything was seen.</summary>
    /// <exception cref="CanaryLeakException">A canary leaked.</exception>
    public void AssertClean()
    {
        IReadOnlyList<CanaryLeak> leaks = FindLeaks();
        if (leaks.Count > 0)
            throw new CanaryLeakException(leaks);
    }

    /// <summary>Ends the watch, and asserts unless that was done.</summary>
    /// <returns>A task that has ended.</returns>
    /// <exception cref="CanaryLeakException">A canary leaked and nobody had asked.</exception>
    public ValueTask DisposeAsync()
    {
        if (_disposed)
            return ValueTask.CompletedTask;
        _disposed = true;
        AppDomain.CurrentDomain.FirstChanceException -= OnException;
        try
        {
            if (!_asked)
                AssertClean();
        }
        finally
        {
            _console?.Dispose();
            _activities.Dispose();
            _meters.Dispose();
            Loggers.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    internal void Inspect(LeakChannel channel, string place, string? content)
    {
        if (!string.IsNullOrEmpty(content))
            Inspect(channel, place, Encoding.UTF8.GetBytes(content));
    }

    private void Inspect(LeakChannel channel, string place, ReadOnlyMemory<byte> content)
    {
        foreach ((int canary, string form) in _forms.Find(content))
            _leaks.Enqueue(new CanaryLeak(channel, place, canary, form));
    }

    private void OnException(object? sender, FirstChanceExceptionEventArgs e)
    {
        // Looking must not look at itself.
        if (t_inspecting || e.Exception is CanaryLeakException)
            return;
        t_inspecting = true;
        try
        {
            for (Exception? exception = e.Exception; exception is not null; exception = exception.InnerException)
                Inspect(LeakChannel.Exception, exception.GetType().Name, ExceptionText.Of(exception));
        }
        finally
        {
            t_inspecting = false;
        }
    }
}
