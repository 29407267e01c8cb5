using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using MedRedact.Envelope;

namespace MedRedact.KeyManagement;

/// <summary>The keys as bytes, before any protection; layout in <c>docs/formats/key-ring.md</c>.</summary>
internal static class KeyRingContent
{
    private const byte NoZone = 0xFF;
    private const int SecretSize = 32;
    private const int MaxSigningKeySize = 512;

    public static SecretBuffer Write(KeyRing ring)
    {
        var content = new SecretBuffer(2 + ring.Keys.Sum(Size));
        BinaryPrimitives.WriteUInt16BigEndian(content.Span, (ushort)ring.Keys.Length);
        Span<byte> rest = content.Span[2..];
        foreach (KeyEntry key in ring.Keys)
            rest = Write(key, rest);

        return content;
    }

    /// <summary>Parses strictly; null where anything is out of place.</summary>
    public static KeyRing? TryRead(ReadOnlySpan<byte> content, int version)
    {
        var keys = ImmutableArray.CreateBuilder<KeyEntry>();
        try
        {
            int count = BinaryPrimitives.ReadUInt16BigEndian(Take(ref content, 2));
            for (int i = 0; i < count; i++)
                keys.Add(ReadKey(ref content, version));

            var ring = new KeyRing(keys.ToImmutable());
            if (content.IsEmpty && ring.IsConsistent)
                return ring;
        }
        catch (Exception malformed) when (malformed is ArgumentException or FormatException)
        {
            // Too short, a name that breaks its grammar, or a number that means nothing: all of it is an unreadable ring.
        }

        foreach (KeyEntry key in keys)
            key.Secret.Dispose();

        return null;
    }

    private static int Size(KeyEntry key) => 3 + 8 + 8 + 1 + key.Id.Value.Length + 1 + PurposeOf(key).Length + 2 + key.Secret.Length;

    private static string PurposeOf(KeyEntry key) => key.Description.Purpose?.Value ?? "";

    private static Span<byte> Write(KeyEntry key, Span<byte> rest)
    {
        KeyDescription description = key.Description;
        rest[0] = (byte)description.Kind;
        rest[1] = (byte)description.State;
        rest[2] = description.Zone is { } zone ? (byte)zone : NoZone;
        BinaryPrimitives.WriteInt64BigEndian(rest[3..], description.CreatedAt.ToUnixTimeMilliseconds());
        BinaryPrimitives.WriteInt64BigEndian(rest[11..], description.DestructionAt?.ToUnixTimeMilliseconds() ?? 0);
        rest = WriteText(description.Id.Value, rest[19..]);
        rest = WriteText(PurposeOf(key), rest);
        BinaryPrimitives.WriteUInt16BigEndian(rest, (ushort)key.Secret.Length);
        key.Secret.Span.CopyTo(rest[2..]);
        return rest[(2 + key.Secret.Length)..];
    }

    private static Span<byte> WriteText(string text, Span<byte> rest)
    {
        rest[0] = (byte)text.Length;
        return rest[(1 + Encoding.ASCII.GetBytes(text, rest[1..]))..];
    }

    private static KeyEntry ReadKey(ref ReadOnlySpan<byte> rest, int version)
    {
        ReadOnlySpan<byte> start = Take(ref rest, 11);
        (KeyKind kind, KeyState state, byte zone) = ((KeyKind)start[0], (KeyState)start[1], start[2]);
        var createdAt = DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(start[3..]));
        long destruction = version == 1 ? 0 : BinaryPrimitives.ReadInt64BigEndian(Take(ref rest, 8));
        var id = new KeyId(ReadText(ref rest));
        string purpose = ReadText(ref rest);
        ReadOnlySpan<byte> secret = Take(ref rest, BinaryPrimitives.ReadUInt16BigEndian(Take(ref rest, 2)));

        bool roleIsValid = kind switch
        {
            KeyKind.Wrapping => Enum.IsDefined((StorageZone)zone) && purpose.Length == 0,
            KeyKind.Signing => zone == NoZone && purpose.Length > 0,
            KeyKind.MacRoot => zone == NoZone && purpose.Length == 0,
            _ => false,
        };
        bool secretIsValid = (state, kind) switch
        {
            (KeyState.Destroyed, _) => version > 1 && secret.IsEmpty,
            (_, KeyKind.Signing) => secret.Length is > 0 and <= MaxSigningKeySize && LocalSigner.IsKey(secret),
            _ => secret.Length == SecretSize,
        };
        bool timeIsValid = state switch
        {
            KeyState.Destroyed => destruction != 0,
            KeyState.Disabled => true,
            _ => destruction == 0,
        };
        if (!Enum.IsDefined(state) || !roleIsValid || !secretIsValid || !timeIsValid)
            throw new FormatException();

        return new(
            new(id, kind, state, zone == NoZone ? null : (StorageZone)zone, purpose.Length == 0 ? null : new KeyPurpose(purpose), createdAt)
            {
                DestructionAt = destruction == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(destruction),
            },
            SecretBuffer.Copy(secret));
    }

    private static string ReadText(ref ReadOnlySpan<byte> rest) => Encoding.Latin1.GetString(Take(ref rest, Take(ref rest, 1)[0]));

    private static ReadOnlySpan<byte> Take(scoped ref ReadOnlySpan<byte> rest, int length)
    {
        ReadOnlySpan<byte> taken = rest[..length];
        rest = rest[length..];
        return taken;
    }
}
