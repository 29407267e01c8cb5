using System.Text;
using MedRedact.Envelope;

namespace MedRedact.KeyManagement;

/// <summary>Wraps data keys under a key of the ring, bound to that key's id and to the key context. Layout in <c>docs/formats/key-ring.md</c>.</summary>
internal static class KeyWrapping
{
    public const int DataKeySize = DerivedKeyWrap.KeySize;

    public static WrappedKey Wrap(KeyEntry key, ReadOnlySpan<byte> dataKey, KeyContext context) =>
        new(key.Id, DerivedKeyWrap.Wrap(key.Secret.Span, dataKey, Place(key, context)));

    public static SecretBuffer? Unwrap(KeyEntry key, ReadOnlySpan<byte> blob, KeyContext context) =>
        DerivedKeyWrap.TryUnwrap(key.Secret.Span, blob, Place(key, context));

    private static byte[] Place(KeyEntry key, KeyContext context) =>
        [(byte)key.Id.Value.Length, .. Encoding.ASCII.GetBytes(key.Id.Value), .. context.ToBytes()];
}
