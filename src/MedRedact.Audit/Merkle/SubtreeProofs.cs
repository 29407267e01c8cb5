using System.Collections.Immutable;

namespace MedRedact.Audit;

/// <summary>Proves that one event stands at its place in a subtree of a ledger: some events in a row, of which a single hash is known.</summary>
/// <remarks>Subtrees are those of the IETF draft <a href="https://datatracker.ietf.org/doc/draft-ietf-plants-merkle-tree-certs/">Merkle Tree Certificates</a>: the events
/// <see cref="Start"/> to <see cref="End"/> − 1 are one where <see cref="Start"/> is a multiple of the smallest power of two that is not below their number. The hash of a subtree
/// is the Merkle tree hash of RFC 6962, 2.1, over its events alone.</remarks>
/// <param name="Sequence">The event's place in the ledger, 0-based.</param>
/// <param name="Start">The first event of the subtree.</param>
/// <param name="End">The event after its last one.</param>
/// <param name="Leaf">The event's leaf hash.</param>
/// <param name="Hashes">The sibling hashes, from the leaf upwards.</param>
public sealed record SubtreeInclusionProof(long Sequence, long Start, long End, LeafHash Leaf, ImmutableArray<Digest256> Hashes)
{
    /// <summary>Checks the proof against the hash of a subtree that is trusted for another reason, such as a <see cref="SubtreeConsistencyProof"/>.</summary>
    /// <param name="subtree">The hash of the events <see cref="Start"/> to <see cref="End"/> − 1.</param>
    /// <returns>Whether the proof holds; <see langword="false"/> also where the numbers are of no subtree, or the event is not in it.</returns>
    public bool Verify(Digest256 subtree) =>
        new MerkleRange(Start, End).IsSubtree && Sequence >= Start
        && new InclusionProof(Sequence - Start, End - Start, Leaf, Hashes).Verify(subtree);
}

/// <summary>Proves that the hash of a subtree is one of a ledger's: its events are those that the ledger holds at these places.</summary>
/// <remarks>Subtrees are those of <see cref="SubtreeInclusionProof"/>, the proof is that of the same draft. With <see cref="Start"/> 0 it is the consistency proof of RFC 6962, 2.1.2.</remarks>
/// <param name="Start">The first event of the subtree.</param>
/// <param name="End">The event after its last one.</param>
/// <param name="TreeSize">The size of the ledger the proof is about, in events.</param>
/// <param name="Hashes">The hashes, from the subtree's right edge upwards.</param>
public sealed record SubtreeConsistencyProof(long Start, long End, long TreeSize, ImmutableArray<Digest256> Hashes)
{
    /// <summary>Checks the proof against a root that is trusted for another reason, such as a signed checkpoint.</summary>
    /// <param name="subtree">The hash of the events <see cref="Start"/> to <see cref="End"/> − 1.</param>
    /// <param name="root">The root of the ledger at <see cref="TreeSize"/>.</param>
    /// <returns>Whether the subtree is the ledger's; <see langword="false"/> also where the numbers are of no subtree within it. About no events (<see cref="Start"/> =
    /// <see cref="End"/>) it holds with the hash of nothing and no hashes, as the draft has it, and says nothing of <paramref name="root"/>.</returns>
    public bool Verify(Digest256 subtree, Digest256 root)
    {
        var range = new MerkleRange(Start, End);
        if (!range.IsEmptyOrSubtree || End > TreeSize || Hashes.IsDefault)
            return false;
        if (range.Length == 0)
            return Hashes.IsEmpty && subtree == MerkleHash.EmptyRoot;

        // Begins at the largest complete node on the subtree's right edge, which on the tree's own right edge is the subtree itself.
        (long first, long node, long last) = (Start, End - 1, TreeSize - 1);
        bool sharesEdge = node == last;
        while (first != node && (sharesEdge || (node & 1) == 1))
            (first, node, last) = (first >> 1, node >> 1, last >> 1);

        // A subtree that is that node needs no mention.
        ReadOnlySpan<Digest256> rest = Hashes.AsSpan();
        Digest256 seed = subtree;
        if (first != node)
        {
            if (rest.IsEmpty)
                return false;
            seed = rest[0];
            rest = rest[1..];
        }

        (Digest256 within, Digest256 whole) = (seed, seed);
        foreach (Digest256 sibling in rest)
        {
            if (last == 0)
                return false;

            if ((node & 1) == 1 || node == last)
            {
                if (first < node)
                    within = MerkleHash.Node(sibling, within);
                whole = MerkleHash.Node(sibling, whole);
                while ((node & 1) == 0 && node != 0)
                    (first, node, last) = (first >> 1, node >> 1, last >> 1);
            }
            else
            {
                whole = MerkleHash.Node(whole, sibling);
            }

            (first, node, last) = (first >> 1, node >> 1, last >> 1);
        }

        return last == 0 && within == subtree && whole == root;
    }
}
