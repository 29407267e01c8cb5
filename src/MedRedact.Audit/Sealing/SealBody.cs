using System.Buffers.Binary;

namespace MedRedact.Audit;

/// <summary>Writes what a seal says of a segment that has just ended, from the tree and the index as they stand at its end.</summary>
internal static class SealBody
{
    /// <param name="header">The segment's header.</param>
    /// <param name="segmentLength">The length of its file.</param>
    /// <param name="tree">The tree up to the segment's end.</param>
    /// <param name="index">Where the tiles begin.</param>
    /// <param name="documents">The last event of each of its documents.</param>
    /// <returns>A seal without a signature.</returns>
    public static SegmentSeal Write(SegmentHeader header, long segmentLength, TileTree tree, LedgerIndex index, DocumentTally documents)
    {
        var shape = new SealShape(header.FirstSequence, tree.Size);
        byte[] bytes = new byte[SegmentSeal.LengthOf(shape, documents.Count)];

        SegmentSeal.Magic.CopyTo(bytes);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(SegmentSeal.FirstAt), header.FirstSequence);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(SegmentSeal.EndAt), tree.Size);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(SegmentSeal.LengthAt), segmentLength);
        header.RootBefore.CopyTo(bytes.AsSpan(SegmentSeal.RootBeforeAt));
        tree.Root().CopyTo(bytes.AsSpan(SegmentSeal.RootAfterAt));
        header.OriginHash.CopyTo(bytes.AsSpan(SegmentSeal.OriginAt));
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(SegmentSeal.DocumentsAt), documents.Count);

        Span<byte> rest = bytes.AsSpan(SegmentSeal.HeaderSize);
        for (long tile = shape.FirstRoot; tile < shape.FirstRoot + shape.Roots; tile++)
            Put(ref rest, tree.Subtree(new(tile * TileTree.TileSize, (tile + 1) * TileTree.TileSize))!.Value);
        foreach (Digest256 leaf in tree.Tail)
            Put(ref rest, leaf);
        for (long tile = shape.FirstBegin; tile < shape.FirstBegin + shape.Begins; tile++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(rest, (uint)index.Tile(tile).Offset);
            rest = rest[SegmentSeal.OffsetWidth..];
        }

        foreach ((DocumentId document, AuditReceipt last) in documents.InOrder())
        {
            document.Value.TryWriteBytes(rest, bigEndian: true, out _);
            BinaryPrimitives.WriteInt64BigEndian(rest[SegmentSeal.RowSequenceAt..], last.Sequence);
            last.LeafHash.Value.CopyTo(rest[SegmentSeal.RowLeafAt..]);
            rest = rest[SegmentSeal.RowWidth..];
        }

        return SegmentSeal.Read(bytes)!;
    }

    private static void Put(ref Span<byte> rest, Digest256 hash)
    {
        hash.CopyTo(rest);
        rest = rest[Digest256.Size..];
    }
}
