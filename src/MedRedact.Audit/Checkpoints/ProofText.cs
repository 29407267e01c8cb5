using System.Collections.Immutable;
using System.Text;

namespace MedRedact.Audit;

/// <summary>The form that proof files share: a line that says which, lines of the proof's own, hashes in base64, an empty line, a signed note.
/// It is that of a C2SP <a href="https://c2sp.org/tlog-proof">tlog-proof</a>.</summary>
/// <param name="Lines">The lines of the proof's own, without the first line of the file.</param>
/// <param name="Hashes">The hashes, in order.</param>
/// <param name="Note">The bytes after the empty line.</param>
internal sealed record ProofText(ImmutableArray<string> Lines, ImmutableArray<Digest256> Hashes, ReadOnlyMemory<byte> Note)
{
    /// <summary>No proof of any ledger is longer: the longest leaf or note in base64, two hashes a level of the tree, a note.</summary>
    public const int MaxSize = 256 * 1024;

    private const int MaxHashes = 128;

    public static byte[] Format(string firstLine, IEnumerable<string> lines, IEnumerable<Digest256> hashes, ReadOnlyMemory<byte> note)
    {
        var text = new StringBuilder(firstLine).Append('\n');
        foreach (string line in lines.Concat(hashes.Select(hash => Convert.ToBase64String(hash.ToArray()))))
            text.Append(line).Append('\n');
        text.Append('\n');
        return [.. Encoding.ASCII.GetBytes(text.ToString()), .. note.Span];
    }

    /// <summary>Reads a proof with so many lines of its own; what they hold is for the caller to judge, and that one proof has one form.</summary>
    public static ProofText? Parse(ReadOnlyMemory<byte> bytes, string firstLine, int ownLines)
    {
        int split = bytes.Length > MaxSize ? -1 : bytes.Span.IndexOf("\n\n"u8);
        if (split < 0 || bytes.Span[..split].ContainsAnyExceptInRange((byte)'\n', (byte)'~'))
            return null;

        string[] lines = Encoding.ASCII.GetString(bytes.Span[..split]).Split('\n');
        int first = 1 + ownLines;
        if (lines.Length < first || lines.Length > first + MaxHashes || lines[0] != firstLine)
            return null;

        var hashes = ImmutableArray.CreateBuilder<Digest256>(lines.Length - first);
        foreach (string line in lines[first..])
        {
            if (Base64(line) is not { Length: Digest256.Size } hash)
                return null;
            hashes.Add(Digest256.From(hash));
        }

        return new([.. lines[1..first]], hashes.MoveToImmutable(), bytes[(split + 2)..]);
    }

    /// <summary>The bytes, or <see langword="null"/> where the text is not the base64 of any in the one form they have.</summary>
    public static byte[]? Base64(ReadOnlySpan<char> text)
    {
        byte[] bytes = new byte[text.Length];
        return Convert.TryFromBase64Chars(text, bytes, out int length) && text.SequenceEqual(Convert.ToBase64String(bytes, 0, length)) ? bytes[..length] : null;
    }
}
