using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using MedRedact.Envelope;

namespace MedRedact.KeyManagement;

/// <summary>Keeps unwrapped data keys for a while, so that a key service is not asked for each object. Wrapping always asks. Thread-safe.</summary>
/// <remarks>Keys lie in pinned memory and are cleared when they are too old, used up, pushed out, when a key changed its state, and on disposal; never on disk. An entry is found by
/// the digest of wrapping key, blob and context together: another context finds nothing and is judged by the wrapper.</remarks>
public sealed class CachingKeyWrapper : IKeyWrapper, IDisposable
{
    private readonly IKeyWrapper _inner;
    private readonly KeyCacheOptions _options;
    private readonly TimeProvider _time;
    private readonly IKeyLifecycle? _states;
    private readonly ITimer _sweeper;
    private readonly Lock _gate = new();
    private readonly Dictionary<Digest256, LinkedListNode<Entry>> _found = [];
    private readonly LinkedList<Entry> _oldestFirst = new();
    private long _version;
    private int _bytes;
    private bool _disposed;

    /// <summary>Sets the bounds.</summary>
    /// <param name="inner">The wrapper; stays with the caller.</param>
    /// <param name="options">The bounds; copied.</param>
    /// <param name="time">Ages the keys.</param>
    /// <param name="states">Says when a key changed its state; all is forgotten then. Without it, age alone bounds how late that is heeded.</param>
    /// <exception cref="ArgumentOutOfRangeException">A bound is out of its range.</exception>
    public CachingKeyWrapper(IKeyWrapper inner, KeyCacheOptions options, TimeProvider time, IKeyLifecycle? states = null)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        (_inner, _options, _time, _states) = (inner, options.Copy(), time, states);
        if (!_options.IsAcceptable)
            throw new ArgumentOutOfRangeException(nameof(options));

        // A key that nobody asks for again must not stay in memory for that.
        _sweeper = time.CreateTimer(static cache => ((CachingKeyWrapper)cache!).Sweep(), this, _options.MaxAge, _options.MaxAge);
    }

    /// <inheritdoc/>
    public ValueTask<WrappedKey> WrapAsync(ReadOnlyMemory<byte> dataKey, KeyContext context, CancellationToken cancellationToken = default) =>
        _inner.WrapAsync(dataKey, context, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<IMemoryOwner<byte>> UnwrapAsync(WrappedKey dataKey, KeyContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataKey);
        ArgumentNullException.ThrowIfNull(context);
        cancellationToken.ThrowIfCancellationRequested();
        Digest256 place = PlaceOf(dataKey, context);
        if (Take(place) is { } kept)
            return kept;

        // Age counts from before the question: the answer may have been true only then.
        (long asked, long version) = (_time.GetTimestamp(), _states?.StateVersion ?? 0);
        IMemoryOwner<byte> unwrapped = await _inner.UnwrapAsync(dataKey, context, cancellationToken);
        try
        {
            Keep(place, unwrapped.Memory.Span, asked, version);
            return unwrapped;
        }
        catch
        {
            unwrapped.Dispose();
            throw;
        }
    }

    /// <summary>Clears what is kept. What was given out stays with who has it.</summary>
    public void Dispose()
    {
        _sweeper.Dispose();
        lock (_gate)
        {
            _disposed = true;
            Clear();
        }
    }

    private static Digest256 PlaceOf(WrappedKey dataKey, KeyContext context)
    {
        byte[] id = Encoding.ASCII.GetBytes(dataKey.WrappedBy.Value), where = context.ToBytes();
        byte[] all = new byte[8 + id.Length + dataKey.Blob.Length + where.Length];
        BinaryPrimitives.WriteInt32BigEndian(all, id.Length);
        BinaryPrimitives.WriteInt32BigEndian(all.AsSpan(4), dataKey.Blob.Length);
        id.CopyTo(all, 8);
        dataKey.Blob.Span.CopyTo(all.AsSpan(8 + id.Length));
        where.CopyTo(all, 8 + id.Length + dataKey.Blob.Length);
        return Digest256.From(SHA256.HashData(all));
    }

    private SecretBuffer? Take(Digest256 place)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            ForgetOutdated();
            if (!_found.TryGetValue(place, out LinkedListNode<Entry>? node))
                return null;

            Entry entry = node.Value;
            entry.UsesLeft--;
            SecretBuffer copy = SecretBuffer.Copy(entry.Key.Span);
            if (entry.UsesLeft == 0)
                Forget(node);

            return copy;
        }
    }

    private void Keep(Digest256 place, ReadOnlySpan<byte> key, long asked, long version)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            ForgetOutdated();

            // This use is the first of them. An answer from before a change of states is given out and not kept.
            if (_options.MaxUses == 1 || key.Length > _options.MaxBytes || version != _version || _found.ContainsKey(place) || IsTooOld(asked))
                return;

            while (_bytes + key.Length > _options.MaxBytes)
                Forget(_oldestFirst.First!);

            _bytes += key.Length;
            var entry = new Entry(place, SecretBuffer.Copy(key), asked) { UsesLeft = _options.MaxUses - 1 };

            // Answers may overtake each other; the list stays in the order of the questions.
            LinkedListNode<Entry>? before = _oldestFirst.Last;
            while (before is not null && before.Value.Asked > asked)
                before = before.Previous;
            _found[place] = before is null ? _oldestFirst.AddFirst(entry) : _oldestFirst.AddAfter(before, entry);
        }
    }

    private void Sweep()
    {
        lock (_gate)
            ForgetOutdated();
    }

    private void ForgetOutdated()
    {
        if (_states is not null && _states.StateVersion != _version)
        {
            _version = _states.StateVersion;
            Clear();
        }

        while (_oldestFirst.First is { } oldest && IsTooOld(oldest.Value.Asked))
            Forget(oldest);
    }

    private bool IsTooOld(long asked) => _time.GetElapsedTime(asked) >= _options.MaxAge;

    private void Clear()
    {
        while (_oldestFirst.First is { } oldest)
            Forget(oldest);
    }

    private void Forget(LinkedListNode<Entry> node)
    {
        _oldestFirst.Remove(node);
        _found.Remove(node.Value.Place);
        _bytes -= node.Value.Key.Length;
        node.Value.Key.Dispose();
    }

    private sealed class Entry(Digest256 place, SecretBuffer key, long asked)
    {
        public Digest256 Place => place;

        public SecretBuffer Key => key;

        public long Asked => asked;

        public int UsesLeft { get; set; }
    }
}
