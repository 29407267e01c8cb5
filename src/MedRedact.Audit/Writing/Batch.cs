using System.Runtime.InteropServices;

namespace MedRedact.Audit;

/// <summary>Events that go to the disk together: their frames, built in place, and who waits for them. Used again and again. Not thread-safe.</summary>
internal sealed class Batch
{
    /// <summary>A batch is never larger, so that no single write is.</summary>
    public const int MaxSize = 16 << 20;

    private readonly List<Digest256> _leaves = [];
    private readonly List<int> _offsets = [];
    private readonly List<(DocumentId Document, AuditReceipt Receipt)> _documents = [];
    private readonly List<PendingAppend> _waiting = [];
    private byte[] _bytes = new byte[64 * 1024];

    public int Count => _leaves.Count;

    public int Length { get; private set; }

    /// <summary>The frames.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Length);

    public ReadOnlySpan<Digest256> Leaves => CollectionsMarshal.AsSpan(_leaves);

    /// <summary>Where each frame begins within the batch.</summary>
    public ReadOnlySpan<int> Offsets => CollectionsMarshal.AsSpan(_offsets);

    /// <summary>The events that concern a document, in their order.</summary>
    public ReadOnlySpan<(DocumentId Document, AuditReceipt Receipt)> Documents => CollectionsMarshal.AsSpan(_documents);

    /// <summary>Who waits for an answer, in the order of the events.</summary>
    public List<PendingAppend> Waiting => _waiting;

    /// <summary>Whether an event of this size still fits.</summary>
    public bool HasRoomFor(int bodySize) => Length + Frame.HeaderSize + LeafFormat.MaxHeadSize + bodySize <= MaxSize;

    public void Clear()
    {
        Length = 0;
        _leaves.Clear();
        _offsets.Clear();
        _documents.Clear();
        _waiting.Clear();
    }

    /// <summary>Writes an event's frame. An event that is not valid throws and leaves no trace.</summary>
    /// <returns>The leaf hash.</returns>
    public LeafHash Add(PendingAppend pending, AuditEvent auditEvent, int bodyBound, long sequence, AuditReceipt? previous)
    {
        Reserve(Frame.HeaderSize + LeafFormat.MaxHeadSize + bodyBound);
        Span<byte> frame = _bytes.AsSpan(Length);
        int length = Frame.HeaderSize;
        length += LeafFormat.WriteHead(frame[length..], sequence, auditEvent.Document, previous);
        length += LeafFormat.WriteBody(frame[length..], auditEvent);
        frame = frame[..length];

        // The header's last byte serves as the leaf prefix of the hash until the header is written over it.
        frame[Frame.HeaderSize - 1] = 0;
        var hash = new LeafHash(MerkleHash.PrefixedLeaf(frame[(Frame.HeaderSize - 1)..]));
        Frame.Seal(frame, beginsBatch: Count == 0);

        _offsets.Add(Length);
        _leaves.Add(hash.Value);
        if (auditEvent.Document is { } document)
            _documents.Add((document, new(sequence, hash)));
        _waiting.Add(pending);
        Length += length;
        return hash;
    }

    private void Reserve(int room)
    {
        if (_bytes.Length - Length < room)
            Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, Length + room));
    }
}
