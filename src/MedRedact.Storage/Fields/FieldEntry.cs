using System.Text;

namespace MedRedact.Storage;

/// <summary>A value before it is sealed: version, salt, the name preceded by its length, the value in UTF-8.</summary>
internal static class FieldEntry
{
    private const byte Version = 1;
    private const int SaltAt = 1, LengthAt = SaltAt + Digest256.Size, NameAt = LengthAt + 1;

    /// <summary>The bytes, pinned; the caller clears them.</summary>
    public static byte[] Format(FieldOpening opening)
    {
        string value = opening.Value.Reveal();
        int valueAt = NameAt + opening.Name.Length;
        byte[] entry = GC.AllocateUninitializedArray<byte>(valueAt + Encoding.UTF8.GetByteCount(value), pinned: true);
        entry[0] = Version;
        opening.Salt.Reveal().CopyTo(entry.AsSpan(SaltAt));
        entry[LengthAt] = checked((byte)opening.Name.Length);
        Encoding.ASCII.GetBytes(opening.Name, entry.AsSpan(NameAt));
        Encoding.UTF8.GetBytes(value, entry.AsSpan(valueAt));
        return entry;
    }

    /// <summary>Reads an entry that was kept under a commitment; anything unusual, and one that gives another commitment, makes it none.</summary>
    public static FieldOpening? Parse(ReadOnlySpan<byte> entry, FieldCommitment commitment)
    {
        if (entry.Length <= NameAt || entry[0] != Version || entry.Length <= NameAt + entry[LengthAt])
            return null;

        ReadOnlySpan<byte> name = entry.Slice(NameAt, entry[LengthAt]), value = entry[(NameAt + name.Length)..];
        var opening = new FieldOpening(
            Encoding.ASCII.GetString(name), Phi.Of(Digest256.From(entry[SaltAt..LengthAt])), Phi.Of(Encoding.UTF8.GetString(value)));
        try
        {
            return opening.Commitment() == commitment ? opening : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
