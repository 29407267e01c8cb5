using System.Buffers;
using System.Diagnostics;
using System.Text.Json.Serialization;

namespace MedRedact;

/// <summary>Computes something from borrowed text.</summary>
/// <typeparam name="TState">What the caller passes along.</typeparam>
/// <typeparam name="TResult">What is computed; it must not carry the text out.</typeparam>
/// <param name="text">The text, valid during the call only.</param>
/// <param name="state">What the caller passed along.</param>
/// <returns>The result.</returns>
public delegate TResult PhiTextReader<TState, out TResult>(ReadOnlySpan<char> text, TState state)
    where TState : allows ref struct;

/// <summary>Page text that may identify a patient: one private array, pinned so that the collector leaves no copy behind,
/// zeroed on disposal and never pooled.</summary>
/// <remarks>Any use after disposal throws <see cref="ObjectDisposedException"/>. Disposal waits for reads that are still running,
/// so it must not be called from within a read. All members are thread-safe.</remarks>
[DebuggerDisplay("‹phi›, Length = {Length}")]
[JsonConverter(typeof(PhiNeverSerializes))]
public sealed class PhiText : IDisposable
{
    private const int Disposed = int.MinValue;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly char[] _text;
    private int _readers;

    private PhiText(char[] text) => _text = text;

    /// <summary>The number of UTF-16 code units.</summary>
    public int Length => _text.Length;

    /// <summary>Takes a private copy of a text.</summary>
    /// <param name="text">The text; the caller may clear its own copy afterwards.</param>
    /// <returns>The copy, owned by the caller.</returns>
    public static PhiText Copy(ReadOnlySpan<char> text)
    {
        char[] copy = GC.AllocateUninitializedArray<char>(text.Length, pinned: true);
        text.CopyTo(copy);
        return new PhiText(copy);
    }

    /// <summary>Lends the text for the length of one call. A banned symbol, as <see cref="Phi{T}.Reveal"/> is.</summary>
    /// <typeparam name="TState">What is passed along.</typeparam>
    /// <param name="state">Passed to <paramref name="action"/>, so that it needs no closure.</param>
    /// <param name="action">Reads the text; the span is valid during the call only.</param>
    /// <exception cref="ObjectDisposedException">The text was disposed.</exception>
    public void Read<TState>(TState state, ReadOnlySpanAction<char, TState> action)
        where TState : allows ref struct
    {
        ArgumentNullException.ThrowIfNull(action);
        Enter();
        try
        {
            action(_text, state);
        }
        finally
        {
            Interlocked.Decrement(ref _readers);
        }
    }

    /// <summary>Lends the text for the length of one call and returns what the call computed. A banned symbol.</summary>
    /// <typeparam name="TState">What is passed along.</typeparam>
    /// <typeparam name="TResult">What is computed.</typeparam>
    /// <param name="state">Passed to <paramref name="reader"/>.</param>
    /// <param name="reader">Reads the text; the span is valid during the call only.</param>
    /// <returns>What <paramref name="reader"/> returned.</returns>
    /// <exception cref="ObjectDisposedException">The text was disposed.</exception>
    public TResult Read<TState, TResult>(TState state, PhiTextReader<TState, TResult> reader)
        where TState : allows ref struct
    {
        ArgumentNullException.ThrowIfNull(reader);
        Enter();
        try
        {
            return reader(_text, state);
        }
        finally
        {
            Interlocked.Decrement(ref _readers);
        }
    }

    /// <summary>Copies one stretch out as a wrapped value. A banned symbol.</summary>
    /// <param name="span">The stretch; inside the text.</param>
    /// <returns>The wrapped value; a string, so it cannot be wiped.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The span leaves the text.</exception>
    public Phi<string> Extract(TextSpan span)
    {
        if (span.End > _text.Length)
            throw new ArgumentOutOfRangeException(nameof(span));

        return Read(span, static (text, at) => new Phi<string>(new string(text.Slice(at.Start, at.Length))));
    }

    /// <summary>Waits for running reads, then zeroes the text.</summary>
    public void Dispose()
    {
        var wait = new SpinWait();
        while (true)
        {
            int seen = Interlocked.CompareExchange(ref _readers, Disposed, 0);
            if (seen == 0)
                break;
            if (seen < 0)
                return;
            wait.SpinOnce();
        }

        Array.Clear(_text);
    }

    /// <summary>The same for every text.</summary>
    /// <returns><c>‹phi›</c>.</returns>
    public override string ToString() => Phi.Placeholder;

    private void Enter()
    {
        int readers = Volatile.Read(ref _readers);
        while (true)
        {
            ObjectDisposedException.ThrowIf(readers < 0, this);
            int seen = Interlocked.CompareExchange(ref _readers, readers + 1, readers);
            if (seen == readers)
                return;
            readers = seen;
        }
    }
}
