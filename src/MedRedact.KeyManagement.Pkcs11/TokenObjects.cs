using System.Text;
using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;

namespace MedRedact.KeyManagement.Pkcs11;

/// <summary>The objects of keys on the token: secret keys that compute HMACs, pairs that sign, and data that names destroyed keys. The value of a key never leaves the token:
/// each is made on it, sensitive and not extractable.</summary>
internal static class TokenObjects
{
    private const string Application = "medredact";

    // P-256 (RFC 5480), and what precedes its point in a SubjectPublicKeyInfo.
    private static readonly byte[] Curve = Convert.FromHexString("06082a8648ce3d030107");
    private static readonly byte[] PublicKeyStart = Convert.FromHexString("3059301306072a8648ce3d020106082a8648ce3d030107034200");
    private const int PointSize = 65;

    public static IEnumerable<KeyDescription> List(ISession session)
    {
        foreach (CKO kind in (CKO[])[CKO.CKO_SECRET_KEY, CKO.CKO_PRIVATE_KEY, CKO.CKO_DATA])
        {
            foreach (IObjectHandle found in session.FindAllObjects([Of(session, CKA.CKA_CLASS, kind), Of(session, CKA.CKA_TOKEN, true)]))
            {
                IObjectAttribute label = session.GetAttributeValue(found, [CKA.CKA_LABEL])[0];
                if (!label.CannotBeRead && KeyLabel.Parse(label.GetValueAsString()) is { } key)
                    yield return key;
            }
        }
    }

    /// <summary>Objects that hold a key. Two machines that made one at the same time made two of one name; both are the key then.</summary>
    public static List<IObjectHandle> Find(ISession session, KeyId key, CKO kind) => session.FindAllObjects(
        [Of(session, CKA.CKA_CLASS, kind), Of(session, CKA.CKA_TOKEN, true), Of(session, CKA.CKA_ID, Encoding.ASCII.GetBytes(key.Value))]);

    public static CKO ClassOf(KeyKind kind) => kind == KeyKind.Signing ? CKO.CKO_PRIVATE_KEY : CKO.CKO_SECRET_KEY;

    public static void Create(ISession session, KeyDescription key)
    {
        // A session that was lost during the first attempt may have made it.
        if (Find(session, key.Id, ClassOf(key.Kind)).Count > 0)
            return;

        if (key.Kind == KeyKind.Signing)
        {
            session.GenerateKeyPair(
                Mechanism(session, CKM.CKM_EC_KEY_PAIR_GEN),
                [.. Common(session, key, isPrivate: false), Of(session, CKA.CKA_VERIFY, true), Of(session, CKA.CKA_EC_PARAMS, Curve)],
                [.. Common(session, key, isPrivate: true), .. Kept(session)],
                out _, out _);
            return;
        }

        session.GenerateKey(
            Mechanism(session, CKM.CKM_GENERIC_SECRET_KEY_GEN),
            [
                .. Common(session, key, isPrivate: true), .. Kept(session), Of(session, CKA.CKA_VERIFY, false),
                session.Factories.ObjectAttributeFactory.Create(CKA.CKA_CLASS, CKO.CKO_SECRET_KEY),
                session.Factories.ObjectAttributeFactory.Create(CKA.CKA_KEY_TYPE, CKK.CKK_GENERIC_SECRET),
                session.Factories.ObjectAttributeFactory.Create(CKA.CKA_VALUE_LEN, 32UL),
            ]);
    }

    /// <summary>A disabled key is switched off on the token too: it computes nothing for anybody, whatever its label says.</summary>
    public static void Update(ISession session, KeyDescription key)
    {
        foreach (IObjectHandle found in Find(session, key.Id, ClassOf(key.Kind)))
            session.SetAttributeValue(found, [Of(session, CKA.CKA_LABEL, KeyLabel.Format(key)), Of(session, CKA.CKA_SIGN, key.State != KeyState.Disabled)]);
    }

    /// <summary>The name first, then the key: whoever is interrupted in between finds a destroyed key, and what is left of it goes with the next call.</summary>
    public static void End(ISession session, KeyDescription key)
    {
        string label = KeyLabel.Format(key);
        if (session.FindAllObjects([Of(session, CKA.CKA_CLASS, CKO.CKO_DATA), Of(session, CKA.CKA_LABEL, label)]).Count == 0)
        {
            session.CreateObject(
            [
                Of(session, CKA.CKA_CLASS, CKO.CKO_DATA), Of(session, CKA.CKA_TOKEN, true), Of(session, CKA.CKA_PRIVATE, true), Of(session, CKA.CKA_APPLICATION, Application),
                Of(session, CKA.CKA_LABEL, label), Of(session, CKA.CKA_VALUE, Encoding.ASCII.GetBytes(key.Id.Value)),
            ]);
        }

        foreach (CKO kind in (CKO[])[CKO.CKO_SECRET_KEY, CKO.CKO_PRIVATE_KEY, CKO.CKO_PUBLIC_KEY])
        {
            foreach (IObjectHandle found in Find(session, key.Id, kind))
                session.DestroyObject(found);
        }
    }

    public static byte[] Hmac(ISession session, IObjectHandle key, byte[] message) => session.Sign(Mechanism(session, CKM.CKM_SHA256_HMAC), key, message);

    /// <summary>The two numbers of an ECDSA signature, one after the other.</summary>
    public static byte[] Sign(ISession session, IObjectHandle key, byte[] digest) => session.Sign(Mechanism(session, CKM.CKM_ECDSA), key, digest);

    /// <summary>The public key as SubjectPublicKeyInfo; null where the token gives out none.</summary>
    public static byte[]? PublicKey(ISession session, KeyId key)
    {
        foreach (IObjectHandle found in Find(session, key, CKO.CKO_PUBLIC_KEY))
        {
            IObjectAttribute point = session.GetAttributeValue(found, [CKA.CKA_EC_POINT])[0];

            // An OCTET STRING about the point, or with some tokens the point alone.
            if (!point.CannotBeRead && point.GetValueAsByteArray() is { Length: >= PointSize } bytes && bytes[^PointSize] == 4)
                return [.. PublicKeyStart, .. bytes[^PointSize..]];
        }

        return null;
    }

    private static List<IObjectAttribute> Common(ISession session, KeyDescription key, bool isPrivate) =>
    [
        Of(session, CKA.CKA_TOKEN, true), Of(session, CKA.CKA_PRIVATE, isPrivate), Of(session, CKA.CKA_ID, Encoding.ASCII.GetBytes(key.Id.Value)),
        Of(session, CKA.CKA_LABEL, isPrivate ? KeyLabel.Format(key) : key.Id.Value),
    ];

    /// <summary>What keeps a key on the token and to its one use.</summary>
    private static List<IObjectAttribute> Kept(ISession session) =>
    [
        Of(session, CKA.CKA_SENSITIVE, true), Of(session, CKA.CKA_EXTRACTABLE, false), Of(session, CKA.CKA_MODIFIABLE, true), Of(session, CKA.CKA_SIGN, true),
        Of(session, CKA.CKA_DECRYPT, false), Of(session, CKA.CKA_UNWRAP, false), Of(session, CKA.CKA_DERIVE, false),
    ];

    private static IMechanism Mechanism(ISession session, CKM mechanism) => session.Factories.MechanismFactory.Create(mechanism);

    private static IObjectAttribute Of(ISession session, CKA type, CKO value) => session.Factories.ObjectAttributeFactory.Create(type, value);

    private static IObjectAttribute Of(ISession session, CKA type, bool value) => session.Factories.ObjectAttributeFactory.Create(type, value);

    private static IObjectAttribute Of(ISession session, CKA type, string value) => session.Factories.ObjectAttributeFactory.Create(type, value);

    private static IObjectAttribute Of(ISession session, CKA type, byte[] value) => session.Factories.ObjectAttributeFactory.Create(type, value);
}
