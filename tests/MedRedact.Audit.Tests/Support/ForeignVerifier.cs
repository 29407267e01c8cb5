using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace MedRedact.Audit.Tests;

/// <summary>A verifier written from the format pages and the RFC alone: it uses no type of the code under test, and the definitions as they are printed rather than fast ways.</summary>
internal static class ForeignVerifier
{
    /// <summary>MTH of RFC 6962, 2.1.</summary>
    public static byte[] Root(IReadOnlyList<byte[]> leaves) => Root(leaves, 0, leaves.Count);

    public static byte[] Leaf(byte[] leaf) => SHA256.HashData([0, .. leaf]);

    /// <summary>Reads the leaves of segments, given in order.</summary>
    public static List<byte[]> Leaves(IEnumerable<byte[]> segments)
    {
        var leaves = new List<byte[]>();
        foreach (byte[] segment in segments)
        {
            Assert.Equal("MRAL\u0001\0\0\0"u8.ToArray(), segment[..8]);
            Assert.Equal(leaves.Count, BinaryPrimitives.ReadInt64BigEndian(segment.AsSpan(8)));
            Assert.Equal(Root(leaves), segment[16..48]);
            for (int at = 84; at < segment.Length;)
            {
                Assert.True(segment[at] is 0xA1 or 0xA2);
                int length = BinaryPrimitives.ReadInt32BigEndian(segment.AsSpan(at + 1));
                leaves.Add(segment[(at + 9)..(at + 9 + length)]);
                at += 9 + length;
            }
        }

        return leaves;
    }

    /// <summary>Reads a checkpoint and checks its signature.</summary>
    public static (string Origin, long Size, byte[] Root)? Checkpoint(byte[] note, byte[] publicKey)
    {
        string text = Encoding.UTF8.GetString(note);
        int split = text.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (split < 0)
            return null;

        string signed = text[..(split + 1)];
        string[] lines = signed.Split('\n');
        string[] words = text[(split + 2)..].TrimEnd('\n').Split(' ');
        byte[] keyed = Convert.FromBase64String(words[2]);
        using ECDsa key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(publicKey, out _);
        return words[0] == "\u2014" && words[1] == lines[0] && keyed.AsSpan(0, 4).SequenceEqual(SHA256.HashData(publicKey).AsSpan(0, 4))
            && key.VerifyData(Encoding.UTF8.GetBytes(signed), keyed.AsSpan(4), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)
                ? (lines[0], long.Parse(lines[1], System.Globalization.CultureInfo.InvariantCulture), Convert.FromBase64String(lines[2]))
                : null;
    }

    /// <summary>The root that an inclusion path leads to: the recursive definition of PATH in RFC 6962, 2.1.1, read backwards.</summary>
    public static byte[] Included(byte[] leafHash, long index, long size, Queue<byte[]> path)
    {
        if (size == 1)
            return leafHash;

        long split = Split(size);
        if (index < split)
        {
            byte[] left = Included(leafHash, index, split, path);
            return Node(left, path.Dequeue());
        }

        byte[] right = Included(leafHash, index - split, size - split, path);
        return Node(path.Dequeue(), right);
    }

    /// <summary>The two roots that a consistency path leads to: SUBPROOF of RFC 6962, 2.1.2, read backwards.</summary>
    public static (byte[] Old, byte[] New) Grown(long oldSize, long newSize, byte[] oldRoot, Queue<byte[]> path, bool whole = true)
    {
        if (oldSize == newSize)
        {
            byte[] same = whole ? oldRoot : path.Dequeue();
            return (same, same);
        }

        long split = Split(newSize);
        if (oldSize <= split)
        {
            (byte[] Old, byte[] New) left = Grown(oldSize, split, oldRoot, path, whole);
            return (left.Old, Node(left.New, path.Dequeue()));
        }

        (byte[] Old, byte[] New) right = Grown(oldSize - split, newSize - split, oldRoot, path, whole: false);
        byte[] common = path.Dequeue();
        return (Node(common, right.Old), Node(common, right.New));
    }

    /// <summary>The root over some known leaf hashes and the hashes around them, as README.txt of an export says.</summary>
    public static byte[] Around(long begin, long end, long first, Queue<byte[]> leaves, long last, Queue<byte[]> hashes)
    {
        if (end <= first || begin > last)
            return hashes.Dequeue();
        if (end - begin == 1)
            return leaves.Dequeue();

        long middle = begin + Split(end - begin);
        byte[] left = Around(begin, middle, first, leaves, last, hashes);
        return Node(left, Around(middle, end, first, leaves, last, hashes));
    }

    /// <summary>The lines of a proof file before its empty line, and what follows it.</summary>
    public static (string[] Lines, byte[] Note) Proof(byte[] file)
    {
        string text = Encoding.UTF8.GetString(file);
        int split = text.IndexOf("\n\n", StringComparison.Ordinal);
        return (text[..split].Split('\n'), Encoding.UTF8.GetBytes(text[(split + 2)..]));
    }

    private static byte[] Root(IReadOnlyList<byte[]> leaves, int begin, int end)
    {
        if (begin == end)
            return SHA256.HashData([]);
        if (end - begin == 1)
            return Leaf(leaves[begin]);

        int middle = begin + (int)Split(end - begin);
        return Node(Root(leaves, begin, middle), Root(leaves, middle, end));
    }

    private static byte[] Node(byte[] left, byte[] right) => SHA256.HashData([1, .. left, .. right]);

    /// <summary>The largest power of two smaller than a size.</summary>
    private static long Split(long size)
    {
        long split = 1;
        while (split * 2 < size)
            split *= 2;
        return split;
    }
}
