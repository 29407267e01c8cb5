namespace MedRedact.Audit.Tests;

/// <summary>Takes segments apart and puts them together again, with right checksums: a careful tamperer.</summary>
internal static class Frames
{
    public static List<byte[]> Split(byte[] segment)
    {
        var frames = new List<byte[]>();
        for (int at = SegmentHeader.Size; at < segment.Length;)
        {
            Assert.True(Frame.TryRead(segment.AsSpan(at), out ReadOnlySpan<byte> leaf, out _));
            int length = Frame.HeaderSize + leaf.Length;
            frames.Add(segment[at..(at + length)]);
            at += length;
        }

        return frames;
    }

    public static byte[] Join(byte[] segment, IEnumerable<byte[]> frames) => [.. segment[..SegmentHeader.Size], .. frames.SelectMany(f => f)];

    public static byte[] Of(string leaf, bool beginsBatch = true)
    {
        byte[] frame = new byte[Frame.HeaderSize + leaf.Length];
        System.Text.Encoding.ASCII.GetBytes(leaf, frame.AsSpan(Frame.HeaderSize));
        Frame.Seal(frame, beginsBatch);
        return frame;
    }

    public static string LeafOf(byte[] frame) => System.Text.Encoding.ASCII.GetString(frame.AsSpan(Frame.HeaderSize));

    /// <summary>Where each frame of a segment begins.</summary>
    public static List<long> Offsets(byte[] segment)
    {
        var offsets = new List<long> { SegmentHeader.Size };
        foreach (byte[] frame in Split(segment))
            offsets.Add(offsets[^1] + frame.Length);
        return offsets;
    }
}
