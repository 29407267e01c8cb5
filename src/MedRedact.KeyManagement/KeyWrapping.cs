using System.Text;
using MedRedact.Envelope;

namespace MedRedact.KeyManagement;

/// <summary>Wraps data keys bound to the wrapping key's id and to the key context, under a key of the ring or under what a service derived.
/// Layout in <c>docs/formats/key-ring.md</c>.</summary>
internal static class KeyWrapping
{
    public const int DataKeySize = DerivedKeyWrap.KeySize;

    public static WrappedKey Wrap(KeyEntry key, ReadOnlySpan<byte> dataKey, KeyContext context) =>
        new(key.Id, DerivedKeyWrap.Wrap(key.Secret.Span, dataKey, Place(key.Id, context)));

    public static SecretBuffer? Unwrap(KeyEntry key, ReadOnlySpan<byte> blob, KeyContext context) =>
        DerivedKeyWrap.TryUnwrap(key.Secret.Span, blob, Place(key.Id, context));

    public static WrappedKey Wrap(byte version, KeyId key, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> derived, ReadOnlySpan<byte> dataKey, KeyContext context) =>
        new(key, DerivedKeyWrap.Wrap(version, salt, derived, dataKey, Place(key, context)));

    public static SecretBuffer? Unwrap(byte version, KeyId key, ReadOnlySpan<byte> derived, ReadOnlySpan<byte> blob, KeyContext context) =>
        DerivedKeyWrap.TryUnwrap(version, derived, blob, Place(key, context));

    private static byte[] Place(KeyId key, KeyContext context) => [(byte)key.Value.Length, .. Encoding.ASCII.GetBytes(key.Value), .. context.ToBytes()];
}
