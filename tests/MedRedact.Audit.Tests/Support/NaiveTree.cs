namespace MedRedact.Audit.Tests.Support;

/// <summary>The tree hash as RFC 6962 defines it, of any leaves in a row; what was asked for once is remembered.</summary>
internal sealed class NaiveTree(Func<long, Digest256> leafHash)
{
    private readonly Dictionary<MerkleRange, Digest256> _known = [];

    public Digest256 Hash(MerkleRange range)
    {
        if (!_known.TryGetValue(range, out Digest256 hash))
        {
            _known[range] = hash = range.Length switch
            {
                0 => MerkleHash.EmptyRoot,
                1 => leafHash(range.Begin),
                _ => MerkleHash.Node(Hash(range with { End = range.Middle }), Hash(range with { Begin = range.Middle })),
            };
        }

        return hash;
    }

    public Digest256 Root(long size) => Hash(new(0, size));
}
