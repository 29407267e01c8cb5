using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using MedRedact.Envelope;

namespace MedRedact.Storage;

/// <summary>How the keys of a register are wrapped, each bound to its row.</summary>
internal static class RegisterSecrets
{
    private static readonly KeyPurpose EpochPurpose = new("key-register");
    private static readonly KeyPurpose RowPurpose = new("register-key");

    // Epoch secrets belong to nobody's data: the register is one for all tenants.
    private static readonly TenantId Everyone = new("medredact");

    /// <summary>What an epoch secret is bound to when a zone's wrapping key wraps it.</summary>
    public static KeyContext EpochContext(StorageZone zone) => new(EpochPurpose, zone, Everyone, null);

    /// <summary>The secret that wraps a row: the epoch's, or one that takes both the epoch's and the subject's.</summary>
    public static SecretBuffer Combine(ReadOnlySpan<byte> epoch, ReadOnlySpan<byte> subject)
    {
        var both = new SecretBuffer(DerivedKeyWrap.KeySize);
        if (subject.IsEmpty)
            epoch.CopyTo(both.Span);
        else
            HKDF.Extract(HashAlgorithmName.SHA256, epoch, subject, both.Span);

        return both;
    }

    /// <summary>What the wrap of an object key is bound to: id, place, subject and epoch, so that rows cannot be exchanged or turned back.</summary>
    public static byte[] PlaceOf(ObjectKeyRow row) => Place(
        new KeyContext(RowPurpose, row.Place.Zone, row.Place.Tenant, row.Place.Document), row.Id, row.Place.SubjectBytes, row.Bound?.ToByteArray(bigEndian: true) ?? [], row.Epoch);

    /// <summary>What the wrap of a subject's key is bound to.</summary>
    public static byte[] PlaceOf(SubjectKeyRow row) => Place(
        new KeyContext(RowPurpose, KeyRegister.SubjectZone, row.Tenant, null), row.Id.ToByteArray(bigEndian: true), row.Subject.Value.ToArray(), [], row.Epoch);

    /// <summary>What a data key's wrap is bound to: the key that wraps it and where the object lies.</summary>
    public static byte[] PlaceOf(KeyId key, KeyContext context) => [(byte)key.Value.Length, .. Encoding.ASCII.GetBytes(key.Value), .. context.ToBytes()];

    private static byte[] Place(KeyContext context, byte[] id, byte[] subject, byte[] bound, long epoch)
    {
        byte[] number = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(number, epoch);
        return [(byte)id.Length, .. id, (byte)subject.Length, .. subject, (byte)bound.Length, .. bound, .. number, .. context.ToBytes()];
    }
}
