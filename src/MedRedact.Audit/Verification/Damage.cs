namespace MedRedact.Audit;

/// <summary>What stands behind a damaged frame of a segment.</summary>
/// <param name="NextFrame">Where the next whole frame with a later event begins, if one is found.</param>
/// <param name="NextSequence">The number of its event.</param>
/// <param name="ProvesLaterBatch">Whether a later batch stands there. A batch is begun only once the one before it is on disk and
/// acknowledged, so what is damaged was acknowledged.</param>
internal readonly record struct Damage(int? NextFrame, long NextSequence, bool ProvesLaterBatch)
{
    /// <summary>A limit to the bytes that are summed in the search, so that a crafted segment cannot keep the walk busy for hours.</summary>
    private const long MaxWork = 64L << 20;

    public static Damage Behind(ReadOnlySpan<byte> segment, int offset, long expected)
    {
        var found = new Damage(null, 0, false);
        long work = 0;
        for (int at = offset + 1; at < segment.Length; at++)
        {
            int skip = segment[at..].IndexOfAny(Frame.BeginsBatch, Frame.ContinuesBatch);
            if (skip < 0)
                break;
            at += skip;

            bool whole = Frame.TryRead(segment[at..], out ReadOnlySpan<byte> leaf, out bool beginsBatch);
            work += leaf.Length;
            if (work > MaxWork)
                return found with { ProvesLaterBatch = true };             // on doubt, it is damage
            if (!whole || !LeafParser.TryReadHead(leaf, out LeafHead head) || head.Sequence <= expected)
                continue;

            found = new(found.NextFrame ?? at, found.NextFrame is null ? head.Sequence : found.NextSequence, beginsBatch);
            if (beginsBatch)
                return found;
            at += Frame.HeaderSize + leaf.Length - 1;
        }

        return found;
    }
}
