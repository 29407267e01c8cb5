using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace MedRedact.Documents.Pdf;

/// <summary>Decrypts the streams of a file that opens without a password (7.6): such files only ask viewers to forbid printing or copying.</summary>
internal sealed class PdfCipher
{
    private enum Method
    {
        None = 0,
        Rc4,
        AesOfObject,
        AesOfFile,
    }

    private readonly byte[] _key;
    private readonly Method _method;
    private readonly bool _skipsMetadata;

    private PdfCipher(byte[] key, Method method, bool skipsMetadata) => (_key, _method, _skipsMetadata) = (key, method, skipsMetadata);

    /// <summary>Opens an encryption with the empty password.</summary>
    /// <exception cref="RejectedException">A password is needed, or the encryption is not known.</exception>
    public static PdfCipher Open(PdfDictionary encryption, PdfFile file)
    {
        if (file.Resolve(encryption["Filter"]) is not PdfName { Value: "Standard" })
            throw new RejectedException(PdfFaults.EncryptionUnknown);

        int version = Count(file, encryption, "V", 0), revision = Count(file, encryption, "R", 0);
        Method method = version switch
        {
            1 or 2 => Method.Rc4,
            4 or 5 => MethodOf(file, encryption),
            _ => throw new RejectedException(PdfFaults.EncryptionUnknown),
        };
        bool encryptsMetadata = file.Resolve(encryption["EncryptMetadata"]) is not PdfKeyword { Value: "false" };
        var terms = new EncryptionTerms(
            revision,
            version == 1 ? 5 : version == 4 ? 16 : Math.Clamp(Count(file, encryption, "Length", 40) / 8, 5, 16),
            Bytes(file, encryption, "O"),
            Bytes(file, encryption, "U"),
            file.Resolve(encryption["UE"]) is PdfString wrapped ? wrapped.Value : [],
            unchecked((int)(long)((file.Resolve(encryption["P"]) as PdfNumber)?.Value ?? 0)),
            file.Resolve(file.Trailer["ID"]) is PdfArray { Items: [var id, ..] } && file.Resolve(id) is PdfString first ? first.Value : [],
            encryptsMetadata);
        byte[] key = revision switch
        {
            2 or 3 or 4 => OldPassword.KeyOfEmpty(terms),
            5 or 6 => NewPassword.KeyOfEmpty(terms),
            _ => throw new RejectedException(PdfFaults.EncryptionUnknown),
        };
        return new PdfCipher(key, method, !encryptsMetadata);
    }

    /// <summary>Decrypts the coded bytes of a stream.</summary>
    public ReadOnlyMemory<byte> DecryptStream(PdfStream stream, ReadOnlyMemory<byte> coded)
    {
        string type = (stream["Type"] as PdfName)?.Value ?? "";
        bool isClear = _method == Method.None || type == "XRef" || (_skipsMetadata && type == "Metadata");
        if (isClear)
            return coded;

        return _method == Method.Rc4
            ? OldPassword.Rc4(ObjectKey(stream.Number, []), coded.Span)
            : Aes(_method == Method.AesOfFile ? _key : ObjectKey(stream.Number, "sAlT"u8), coded.Span);
    }

    /// <summary>The key of one object; generations other than 0 are not used by writers that encrypt.</summary>
    [SuppressMessage("Security", "CA5351:Do not use broken cryptographic algorithms", Justification = "The format prescribes it; nothing is protected by it here.")]
    private byte[] ObjectKey(int number, ReadOnlySpan<byte> salt) =>
        MD5.HashData([.. _key, (byte)number, (byte)(number >> 8), (byte)(number >> 16), 0, 0, .. salt])[..Math.Min(_key.Length + 5, 16)];

    private static byte[] Aes(byte[] key, ReadOnlySpan<byte> coded)
    {
        if (coded.Length < 32 || coded.Length % 16 != 0)
            throw new RejectedException(PdfFaults.Malformed);

        using var aes = System.Security.Cryptography.Aes.Create();
        aes.Key = key;
        try
        {
            return aes.DecryptCbc(coded[16..], coded[..16]);
        }
        catch (CryptographicException)
        {
            throw new RejectedException(PdfFaults.Malformed);
        }
    }

    private static Method MethodOf(PdfFile file, PdfDictionary encryption)
    {
        if (file.Resolve(encryption["StmF"]) is not PdfName { Value: not "Identity" and { } filter })
            return Method.None;

        var filters = file.Resolve(encryption["CF"]) as PdfDictionary;
        PdfObject method = filters is not null && file.Resolve(filters[filter]) is PdfDictionary how ? file.Resolve(how["CFM"]) : PdfObject.Null;
        return method switch
        {
            PdfName { Value: "V2" } => Method.Rc4,
            PdfName { Value: "AESV2" } => Method.AesOfObject,
            PdfName { Value: "AESV3" } => Method.AesOfFile,
            PdfName { Value: "None" } => Method.None,
            _ => throw new RejectedException(PdfFaults.EncryptionUnknown),
        };
    }

    private static int Count(PdfFile file, PdfDictionary encryption, string key, int otherwise) =>
        (file.Resolve(encryption[key]) as PdfNumber)?.AsCount ?? otherwise;

    private static byte[] Bytes(PdfFile file, PdfDictionary encryption, string key) =>
        file.Resolve(encryption[key]) is PdfString { Value.Length: >= 32 } text ? text.Value : throw new RejectedException(PdfFaults.Malformed);
}

/// <summary>What an encryption dictionary says, as far as the key depends on it.</summary>
internal sealed record EncryptionTerms(
    int Revision, int KeyBytes, byte[] Owner, byte[] User, byte[] UserKey, int Permissions, byte[] FileId, bool EncryptsMetadata);
