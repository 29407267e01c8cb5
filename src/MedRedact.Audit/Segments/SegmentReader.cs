using MedRedact.Durability;

namespace MedRedact.Audit;

/// <summary>Reads the frames of one segment from front to back, in a fixed amount of memory.</summary>
internal sealed class SegmentReader(IFileHandle file, long offset) : IDisposable
{
    private readonly ReadWindow _window = new(file, offset, 2 * (Frame.HeaderSize + LeafFormat.MaxSize));

    /// <summary>Reads the next leaf; it is valid until the next call.</summary>
    /// <returns>Whether there was a whole and undamaged frame; otherwise <see cref="AtEnd"/> tells the end from damage.</returns>
    public bool TryNext(out ReadOnlySpan<byte> leaf)
    {
        if (!Frame.TryRead(_window.Rest, out leaf, out _))
        {
            _window.Refill();
            if (!Frame.TryRead(_window.Rest, out leaf, out _))
                return false;
        }

        _window.Take(Frame.HeaderSize + leaf.Length);
        return true;
    }

    /// <summary>Whether nothing follows.</summary>
    public bool AtEnd => _window.Rest.IsEmpty;

    /// <summary>Where the next frame begins, in bytes from the start of the file.</summary>
    public long Position => _window.Position;

    public void Dispose() => _window.Dispose();
}
