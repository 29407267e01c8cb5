using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;

namespace MedRedact.Audit;

/// <summary>How far a reader of the ledger has come, with the hashes of all that it has read: enough to tell later whether the ledger still says the same. Immutable.</summary>
/// <remarks>Its text is <c>NEXT</c> and, for each one in the binary form of that number from the highest on, a space and the hash of the subtree of so many events (RFC 6962, 2.1).</remarks>
public sealed class AuditLedgerPosition
{
    private AuditLedgerPosition(long next, ImmutableArray<Digest256> hashes) => (Next, Hashes) = (next, hashes);

    /// <summary>Before the first event.</summary>
    public static AuditLedgerPosition Beginning { get; } = new(0, []);

    /// <summary>The number of events that were read, and of the first that was not.</summary>
    public long Next { get; }

    /// <summary>The hashes of the whole subtrees of what was read, the largest first.</summary>
    internal ImmutableArray<Digest256> Hashes { get; }

    /// <summary>Reads a position back.</summary>
    /// <param name="text">The text, as <see cref="ToString"/> gives it.</param>
    /// <returns>The position, or <see langword="null"/> where anything about the text is wrong.</returns>
    public static AuditLedgerPosition? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Split(' ');
        if (!long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out long next) || parts.Length - 1 != BitOperations.PopCount((ulong)next))
            return null;

        ImmutableArray<Digest256>.Builder hashes = ImmutableArray.CreateBuilder<Digest256>(parts.Length - 1);
        foreach (string part in parts.AsSpan(1))
        {
            if (!Digest256.TryParse(part, out Digest256 hash))
                return null;
            hashes.Add(hash);
        }

        var position = new AuditLedgerPosition(next, hashes.ToImmutable());
        return position.ToString() == text ? position : null;
    }

    /// <summary>The position as text of one line.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => string.Join(' ', [Next.ToString(CultureInfo.InvariantCulture), .. Hashes.Select(hash => hash.ToString())]);

    /// <summary>The root of the tree of what was read.</summary>
    internal Digest256 Root()
    {
        if (Hashes.IsEmpty)
            return MerkleHash.EmptyRoot;

        Digest256 root = Hashes[^1];
        for (int i = Hashes.Length - 2; i >= 0; i--)
            root = MerkleHash.Node(Hashes[i], root);
        return root;
    }

    /// <summary>Reads events on from a position.</summary>
    internal sealed class Fold(AuditLedgerPosition from)
    {
        private readonly List<Digest256> _hashes = [.. from.Hashes];

        public long Next { get; private set; } = from.Next;

        public void Add(Digest256 leaf)
        {
            Digest256 hash = leaf;

            // Each trailing one of the number is a whole subtree that this leaf makes a larger one of.
            for (long rest = Next++; (rest & 1) == 1; rest >>= 1)
            {
                hash = MerkleHash.Node(_hashes[^1], hash);
                _hashes.RemoveAt(_hashes.Count - 1);
            }

            _hashes.Add(hash);
        }

        public AuditLedgerPosition Position() => new(Next, [.. _hashes]);
    }
}
