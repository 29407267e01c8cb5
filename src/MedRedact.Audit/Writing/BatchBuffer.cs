namespace MedRedact.Audit;

/// <summary>The frames of one batch, built in place: head and body become a leaf, the leaf a hash and a frame. Reused from batch to batch.</summary>
internal sealed class BatchBuffer
{
    /// <summary>A batch is written once it reaches this size.</summary>
    public const int FullSize = 1 << 20;

    private readonly List<Digest256> _leaves = [];
    private readonly List<int> _offsets = [];
    private byte[] _bytes = new byte[64 * 1024];

    public int Count => _leaves.Count;

    public int Length { get; private set; }

    public bool IsFull => Length >= FullSize;

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Length);

    public ReadOnlySpan<Digest256> Leaves => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_leaves);

    /// <summary>Where each frame begins within the batch.</summary>
    public ReadOnlySpan<int> Offsets => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_offsets);

    public void Clear()
    {
        Length = 0;
        _leaves.Clear();
        _offsets.Clear();
    }

    /// <returns>The leaf hash.</returns>
    public LeafHash Add(long sequence, DocumentId? document, AuditReceipt? previous, ReadOnlySpan<byte> body)
    {
        Reserve(Frame.HeaderSize + LeafFormat.MaxHeadSize + body.Length);
        Span<byte> frame = _bytes.AsSpan(Length);
        int head = LeafFormat.WriteHead(frame[Frame.HeaderSize..], sequence, document, previous);
        body.CopyTo(frame[(Frame.HeaderSize + head)..]);
        frame = frame[..(Frame.HeaderSize + head + body.Length)];

        // The header's last byte serves as the leaf prefix of the hash until the header is written over it.
        frame[Frame.HeaderSize - 1] = 0;
        var hash = new LeafHash(MerkleHash.PrefixedLeaf(frame[(Frame.HeaderSize - 1)..]));
        Frame.Seal(frame, beginsBatch: Count == 0);

        _offsets.Add(Length);
        _leaves.Add(hash.Value);
        Length += frame.Length;
        return hash;
    }

    private void Reserve(int room)
    {
        if (_bytes.Length - Length < room)
            Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, Length + room));
    }
}
