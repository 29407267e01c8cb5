using System.Collections.Immutable;

namespace MedRedact.Audit;

/// <summary>Proves that one event stands at its place in a ledger of a given size (RFC 6962, 2.1.1).</summary>
/// <param name="Sequence">The place, 0-based.</param>
/// <param name="TreeSize">The size of the ledger the proof is about, in events.</param>
/// <param name="Leaf">The event's leaf hash.</param>
/// <param name="Hashes">The sibling hashes, from the leaf upwards.</param>
public sealed record InclusionProof(long Sequence, long TreeSize, LeafHash Leaf, ImmutableArray<Digest256> Hashes)
{
    /// <summary>Checks the proof against a root that is trusted for another reason, such as a signed checkpoint.</summary>
    /// <param name="root">The root of the ledger at <see cref="TreeSize"/>.</param>
    /// <returns>Whether the proof holds.</returns>
    public bool Verify(Digest256 root)
    {
        if (Sequence < 0 || Sequence >= TreeSize || Hashes.IsDefault)
            return false;

        // Walks from the leaf to the root; a right edge without a partner rises without a hash.
        long node = Sequence, last = TreeSize - 1;
        Digest256 hash = Leaf.Value;
        foreach (Digest256 sibling in Hashes)
        {
            if (last == 0)
                return false;

            if ((node & 1) == 1 || node == last)
            {
                hash = MerkleHash.Node(sibling, hash);
                while ((node & 1) == 0 && node != 0)
                    (node, last) = (node >> 1, last >> 1);
            }
            else
            {
                hash = MerkleHash.Node(hash, sibling);
            }

            (node, last) = (node >> 1, last >> 1);
        }

        return last == 0 && hash == root;
    }
}

/// <summary>Proves that a ledger only grew between two sizes (RFC 6962, 2.1.2).</summary>
/// <param name="OldSize">The earlier size, in events.</param>
/// <param name="NewSize">The later size, in events.</param>
/// <param name="Hashes">The hashes, from the old tree's right edge upwards.</param>
public sealed record ConsistencyProof(long OldSize, long NewSize, ImmutableArray<Digest256> Hashes)
{
    /// <summary>Checks the proof against two roots that are trusted for another reason, such as signed checkpoints.</summary>
    /// <param name="oldRoot">The root at <see cref="OldSize"/>.</param>
    /// <param name="newRoot">The root at <see cref="NewSize"/>.</param>
    /// <returns>Whether the later tree extends the earlier one. About an empty earlier tree there is nothing to prove: <see langword="false"/>.</returns>
    public bool Verify(Digest256 oldRoot, Digest256 newRoot) =>
        OldSize >= 1 && new SubtreeConsistencyProof(0, OldSize, NewSize, Hashes).Verify(oldRoot, newRoot);
}
