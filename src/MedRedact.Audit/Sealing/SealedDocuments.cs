using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace MedRedact.Audit;

/// <summary>Finds the last event of a document in the seals on disk. In memory it keeps eight bytes for each document of each sealed segment, up to thrice that while the table has room to grow.
/// Not thread-safe.</summary>
/// <remarks>An entry is some bits of the document's hash, the number of the seal, and the row in it. What the bits suggest the row confirms; the latest seal that has the document decides.
/// The hash is keyed, so that nobody can choose identities that crowd one place.</remarks>
internal sealed class SealedDocuments(SealFolder folder)
{
    private const int RowBits = 20, SealBits = 16, TagBits = 28, PlaceBits = RowBits + SealBits, SmallestTable = 1_024;

    private static readonly ulong s_first = RandomKey(), s_second = RandomKey();

    // Counted from one, so that no entry is zero.
    private readonly List<(long Segment, Digest256 Body)> _seals = [(-1, default)];
    private ulong[] _entries = new ulong[SmallestTable];
    private int _count;
    private SegmentSeal? _read;

    /// <summary>The last segment whose documents are here.</summary>
    public long LastSegment => _seals[^1].Segment;

    /// <summary>Takes in the documents of a seal that is on disk, of a segment after <see cref="LastSegment"/>: the order of the seals is that of the events.</summary>
    /// <returns>Whether it did: beyond 65,535 seals, or a million documents in one, an entry has no room to name them.</returns>
    public bool TryAdd(SegmentSeal seal)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(seal.First, LastSegment);
        if (_seals.Count >> SealBits != 0 || seal.Documents >> RowBits != 0 || (long)_count + seal.Documents > 1L << (TagBits - 1))
            return false;

        for (int row = 0; row < seal.Documents; row++)
        {
            if (_count >= _entries.Length / 4 * 3)
                Grow();
            Put((Tag(seal.Row(row).Document) << PlaceBits) | ((ulong)_seals.Count << RowBits) | (uint)row);
        }

        _seals.Add((seal.First, seal.DigestOfBody()));
        return true;
    }

    /// <summary>The last event of a document in any of the seals.</summary>
    /// <exception cref="Durability.DurabilityException">A seal cannot be read.</exception>
    /// <exception cref="MedRedactException"><c>MR-AUD-001</c>: a seal is not what it was when the ledger opened.</exception>
    public AuditReceipt? Last(DocumentId document)
    {
        ulong tag = Tag(document);
        for (ulong entry = Latest(tag, ulong.MaxValue); entry != 0; entry = Latest(tag, entry))
        {
            (DocumentId found, AuditReceipt last) = Row(entry);
            if (found == document)
                return last;
        }

        return null;
    }

    /// <summary>The latest entry with a tag that is earlier than another, or 0.</summary>
    private ulong Latest(ulong tag, ulong before)
    {
        ulong latest = 0;
        for (int slot = Slot(tag); _entries[slot] != 0; slot = (slot + 1) & (_entries.Length - 1))
        {
            if (_entries[slot] >> PlaceBits == tag && _entries[slot] < before)
                latest = Math.Max(latest, _entries[slot]);
        }

        return latest;
    }

    private (DocumentId Document, AuditReceipt Last) Row(ulong entry)
    {
        (long segment, Digest256 body) = _seals[(int)(entry >> RowBits) & ((1 << SealBits) - 1)];

        // The whole seal is read and digested, not one row: what an event is chained to is signed with it. The next look-up is often in the same seal.
        if (_read?.First != segment)
            _read = folder.Read(segment) is { } seal && seal.First == segment && seal.DigestOfBody() == body ? seal : throw Faults.Refuse(Faults.Storage);
        return _read.Row((int)(entry & ((1 << RowBits) - 1)));
    }

    private void Put(ulong entry)
    {
        int slot = Slot(entry >> PlaceBits);
        while (_entries[slot] != 0)
            slot = (slot + 1) & (_entries.Length - 1);
        _entries[slot] = entry;
        _count++;
    }

    private void Grow()
    {
        ulong[] old = _entries;
        (_entries, _count) = (new ulong[old.Length * 2], 0);
        foreach (ulong entry in old)
        {
            if (entry != 0)
                Put(entry);
        }
    }

    private int Slot(ulong tag) => (int)(tag & (ulong)(_entries.Length - 1));

    private static ulong Tag(DocumentId document)
    {
        Span<byte> bytes = stackalloc byte[16];
        document.Value.TryWriteBytes(bytes);
        ulong high = Math.BigMul(BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ s_first, BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]) ^ s_second, out ulong low);
        return BitOperations.RotateLeft(high ^ low, TagBits) & ((1UL << TagBits) - 1);
    }

    private static ulong RandomKey() => BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(ulong)));
}
