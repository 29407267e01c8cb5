using MedRedact.Durability;

namespace MedRedact.Audit;

/// <summary>Reads exported events line by line, in a fixed amount of memory, and stops at the first that is none.</summary>
internal sealed class EventLines(IFileHandle file, long first, CancellationToken cancellationToken) : IDisposable
{
    private readonly ReadWindow _window = new(file, 0, 2 * (LeafFormat.MaxSize + 1));
    private long _read;

    /// <summary>The line of the first that is no event, or not the next one, 1-based.</summary>
    public long? Malformed { get; private set; }

    /// <summary>Whether nothing follows.</summary>
    public bool AtEnd
    {
        get
        {
            _window.Refill();
            return _window.Rest.IsEmpty;
        }
    }

    /// <summary>The leaf hash of the next line.</summary>
    /// <returns><see langword="null"/> at the end, and where the line is no event.</returns>
    public Digest256? Next()
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Malformed is not null)
            return null;

        int length = Line();
        if (length < 0)
        {
            _window.Refill();
            length = Line();
        }

        if (length < 0 && _window.Rest.IsEmpty)
            return null;

        ReadOnlySpan<byte> leaf = _window.Rest[..Math.Max(length, 0)];
        var hash = new LeafHash(MerkleHash.Leaf(leaf));
        if (length is < 1 or > LeafFormat.MaxSize || LeafParser.Read(leaf, hash) is not { } record || record.Sequence != first + _read)
        {
            Malformed = _read + 1;
            return null;
        }

        _window.Take(length + 1);
        _read++;
        return hash.Value;
    }

    public void Dispose() => _window.Dispose();

    private int Line() => _window.Rest.IndexOf((byte)'\n');
}
