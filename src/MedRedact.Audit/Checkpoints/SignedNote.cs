using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;

namespace MedRedact.Audit;

/// <summary>One signature line of a note.</summary>
/// <param name="Name">The signer's name.</param>
/// <param name="KeyId">The first four bytes that identify the key.</param>
/// <param name="Signature">The signature proper.</param>
internal readonly record struct NoteSignature(string Name, uint KeyId, ReadOnlyMemory<byte> Signature);

/// <summary>A C2SP signed note: text, an empty line, signature lines. The signed text ends with its newline.</summary>
internal sealed record SignedNote(string Text, ImmutableArray<NoteSignature> Signatures)
{
    public const int MaxSize = 64 * 1024;
    public const int MaxSignatures = 16;
    private const string LineStart = "— ";

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static byte[] Format(string text, NoteSignature signature) => FormatCosigned(text, [signature]);

    public static byte[] FormatCosigned(string text, ImmutableArray<NoteSignature> signatures) => Utf8.GetBytes($"{text}\n{string.Concat(signatures.Select(Line))}");

    public static byte[] FormatLine(NoteSignature signature) => Utf8.GetBytes(Line(signature));

    /// <summary>Reads a note; anything unusual about its form makes it none.</summary>
    public static SignedNote? Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaxSize || Decode(bytes) is not { } note)
            return null;

        int split = note.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (split < 1 || split + 2 >= note.Length || note[^1] != '\n')
            return null;

        string[] lines = note[(split + 2)..^1].Split('\n');
        if (lines.Length > MaxSignatures)
            return null;

        ImmutableArray<NoteSignature>.Builder signatures = ImmutableArray.CreateBuilder<NoteSignature>(lines.Length);
        foreach (string line in lines)
        {
            if (ParseLine(line) is not { } signature)
                return null;
            signatures.Add(signature);
        }

        return new(note[..(split + 1)], signatures.MoveToImmutable());
    }

    /// <summary>A name cannot hold white space or a plus sign, which separates the parts of a printed key.</summary>
    public static bool IsName(ReadOnlySpan<char> name)
    {
        foreach (char c in name)
        {
            if (char.IsWhiteSpace(c) || char.IsControl(c) || c == '+')
                return false;
        }

        return !name.IsEmpty;
    }

    private static string Line(NoteSignature signature)
    {
        byte[] keyed = new byte[4 + signature.Signature.Length];
        BinaryPrimitives.WriteUInt32BigEndian(keyed, signature.KeyId);
        signature.Signature.Span.CopyTo(keyed.AsSpan(4));
        return $"{LineStart}{signature.Name} {Convert.ToBase64String(keyed)}\n";
    }

    private static NoteSignature? ParseLine(string line)
    {
        int space = line.LastIndexOf(' ');
        if (!line.StartsWith(LineStart, StringComparison.Ordinal) || space < LineStart.Length)
            return null;

        string name = line[LineStart.Length..space], encoded = line[(space + 1)..];
        byte[] keyed = new byte[encoded.Length];
        if (!IsName(name) || !Convert.TryFromBase64String(encoded, keyed, out int length) || length < 5
            || Convert.ToBase64String(keyed, 0, length) != encoded)
        {
            return null;
        }

        return new(name, BinaryPrimitives.ReadUInt32BigEndian(keyed), keyed.AsMemory(4, length - 4));
    }

    private static string? Decode(ReadOnlySpan<byte> bytes)
    {
        // Control characters other than the newline could make one note look like another.
        foreach (byte b in bytes)
        {
            if (b is < 0x20 and not (byte)'\n')
                return null;
        }

        try
        {
            return Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
