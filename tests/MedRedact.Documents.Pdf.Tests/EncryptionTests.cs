using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace MedRedact.Documents.Pdf.Tests;

/// <summary>Files that only forbid printing open; files with a password say so. Poppler renders the same files, so the two readings prove each other.</summary>
[SuppressMessage("Security", "CA5351:Do not use broken cryptographic algorithms", Justification = "The format prescribes it.")]
public sealed class EncryptionTests
{
    private const string Content = "BT /F 20 Tf 90 110 Td (SEALED) Tj ET";
    private static readonly byte[] FileId = [.. Enumerable.Range(1, 16).Select(value => (byte)value)];

    public EncryptionTests() => Reading.NeedsPoppler();

    [Theory]
    [InlineData("RC4", false)]
    [InlineData("RC4", true)]
    [InlineData("AES-256", false)]
    [InlineData("AES-256", true)]
    public async Task An_empty_password_opens(string cipher, bool packed)
    {
        PdfFiles file = PdfFiles.OnePage(Content, into: Encrypted(cipher, password: ""));
        using PageImage page = await Reading.PageAsync(packed ? file.ToPackedBytes() : file.ToBytes());
        Assert.Equal("SEALED", Reading.TextOf(page.NativeText));
    }

    [Theory]
    [InlineData("RC4")]
    [InlineData("AES-256")]
    public async Task A_password_is_refused(string cipher) =>
        Assert.Equal(PdfFaults.PasswordNeeded, await Reading.RejectionAsync(PdfFiles.OnePage(Content, into: Encrypted(cipher, "open sesame")).ToBytes()));

    [Fact]
    public async Task Encryption_for_certificates_is_refused()
    {
        PdfFiles file = PdfFiles.OnePage(Content);
        file.TrailerEntries = "/Encrypt << /Filter /Adobe.PubSec /V 4 >>";
        Assert.Equal(PdfFaults.EncryptionUnknown, await Reading.RejectionAsync(file.ToBytes()));
    }

    private static PdfFiles Encrypted(string cipher, string password) => cipher == "RC4" ? Rc4File(password) : Aes256File(password);

    /// <summary>Revision 3, 128 bits (ISO 32000-1, algorithms 2 to 5).</summary>
    private static PdfFiles Rc4File(string password)
    {
        byte[] padding = Convert.FromHexString("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A");
        byte[] padded = [.. System.Text.Encoding.ASCII.GetBytes(password).Concat(padding).Take(32)];
        byte[] owner = [.. Enumerable.Repeat((byte)0x5A, 32)];
        byte[] key = MD5.HashData([.. padded, .. owner, 0xFC, 0xFF, 0xFF, 0xFF, .. FileId]);
        for (int i = 0; i < 50; i++)
            key = MD5.HashData(key);
        byte[] user = OldPassword.Rc4(key, MD5.HashData([.. padding, .. FileId]));
        for (int round = 1; round <= 19; round++)
            user = OldPassword.Rc4([.. key.Select(each => (byte)(each ^ round))], user);
        return new PdfFiles
        {
            TrailerEntries = $"/ID [<{Hex(FileId)}> <{Hex(FileId)}>] /Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <{Hex(owner)}> /U <{Hex([.. user, .. new byte[16]])}> >>",
            Cipher = (number, bytes) => OldPassword.Rc4(MD5.HashData([.. key, (byte)number, (byte)(number >> 8), 0, 0, 0]).AsSpan(0, 16), bytes),
        };
    }

    /// <summary>Revision 6 (ISO 32000-2, algorithms 2.A, 2.B, 8).</summary>
    private static PdfFiles Aes256File(string password)
    {
        byte[] secret = System.Text.Encoding.ASCII.GetBytes(password), fileKey = [.. Enumerable.Range(100, 32).Select(value => (byte)value)];
        byte[] validation = [1, 2, 3, 4, 5, 6, 7, 8], keySalt = [9, 10, 11, 12, 13, 14, 15, 16];
        byte[] user = [.. Hash(secret, validation), .. validation, .. keySalt];
        using var aes = Aes.Create();
        aes.Key = Hash(secret, keySalt);
        byte[] wrapped = aes.EncryptCbc(fileKey, new byte[16], PaddingMode.None);
        using var permissions = Aes.Create();
        permissions.Key = fileKey;
        byte[] perms = permissions.EncryptEcb([0xFC, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, (byte)'T', (byte)'a', (byte)'d', (byte)'b', 1, 2, 3, 4], PaddingMode.None);
        return new PdfFiles
        {
            TrailerEntries = "/Encrypt << /Filter /Standard /V 5 /R 6 /Length 256 /P -4 /CF << /StdCF << /CFM /AESV3 /AuthEvent /DocOpen /Length 32 >> >> /StmF /StdCF /StrF /StdCF "
                + $"/O <{Hex(new byte[48])}> /OE <{Hex(new byte[32])}> /U <{Hex(user)}> /UE <{Hex(wrapped)}> /Perms <{Hex(perms)}> >> /ID [<{Hex(FileId)}> <{Hex(FileId)}>]",
            Cipher = (_, bytes) =>
            {
                using var cipher = Aes.Create();
                cipher.Key = fileKey;
                byte[] iv = [.. FileId];
                return [.. iv, .. cipher.EncryptCbc(bytes, iv)];
            },
        };
    }

    private static byte[] Hash(byte[] password, byte[] salt)
    {
        byte[] key = SHA256.HashData([.. password, .. salt]);
        byte last = 0;
        for (int round = 0; round < 64 || last > round - 32; round++)
        {
            byte[] block = [.. Enumerable.Repeat((byte[])[.. password, .. key], 64).SelectMany(each => each)];
            using var aes = Aes.Create();
            aes.Key = key[..16];
            byte[] coded = aes.EncryptCbc(block, key[16..32], PaddingMode.None);
            key = (coded[..16].Sum(each => each) % 3) switch { 0 => SHA256.HashData(coded), 1 => SHA384.HashData(coded), _ => SHA512.HashData(coded) };
            last = coded[^1];
        }

        return key[..32];
    }

    private static string Hex(byte[] bytes) => Convert.ToHexString(bytes);
}
