using System.Security.Cryptography;
using System.Text.Json;

namespace MedRedact.Envelope.Tests;

/// <summary>What envelopes, wraps, ledgers and tokens are built on, as the platform brings it, against the public vectors of Project Wycheproof.</summary>
public sealed class PlatformCipherTests
{
    [Fact]
    public void Aes_gcm_with_nonces_and_tags_as_used_here_agrees_with_every_public_vector()
    {
        int agreed = 0;
        foreach ((JsonElement group, JsonElement test) in Vectors("aes_gcm_test.json"))
        {
            if (group.GetProperty("ivSize").GetInt32() != 96 || group.GetProperty("tagSize").GetInt32() != 128)
                continue;

            using var aes = new AesGcm(Bytes(test, "key"), 16);
            byte[] ciphertext = Bytes(test, "ct"), message = new byte[ciphertext.Length];
            bool opened = Succeeds(() => aes.Decrypt(Bytes(test, "iv"), ciphertext, Bytes(test, "tag"), message, Bytes(test, "aad")));
            Assert.True(opened == IsValid(test) && (!opened || message.AsSpan().SequenceEqual(Bytes(test, "msg"))), Label(test));
            agreed++;
        }

        Assert.InRange(agreed, 150, 316);
    }

    [Theory]
    [InlineData("hkdf_sha256_test.json", "SHA256", 86)]
    [InlineData("hkdf_sha512_test.json", "SHA512", 83)]
    public void Hkdf_agrees_with_every_public_vector(string file, string hash, int count)
    {
        int agreed = 0;
        foreach ((_, JsonElement test) in Vectors(file))
        {
            byte[] derived = [];
            bool made = Succeeds(() => derived = HKDF.DeriveKey(
                new HashAlgorithmName(hash), Bytes(test, "ikm"), test.GetProperty("size").GetInt32(), Bytes(test, "salt"), Bytes(test, "info")));
            Assert.True(made == IsValid(test) && (!made || derived.AsSpan().SequenceEqual(Bytes(test, "okm"))), Label(test));
            agreed++;
        }

        Assert.Equal(count, agreed);
    }

    [Fact]
    public void Hmac_sha256_agrees_with_every_public_vector()
    {
        int agreed = 0;
        foreach ((_, JsonElement test) in Vectors("hmac_sha256_test.json"))
        {
            // Some vectors carry the first half of the tag.
            byte[] tag = Bytes(test, "tag"), mac = HMACSHA256.HashData(Bytes(test, "key"), Bytes(test, "msg"));
            Assert.True(CryptographicOperations.FixedTimeEquals(mac.AsSpan(0, tag.Length), tag) == IsValid(test), Label(test));
            agreed++;
        }

        Assert.Equal(174, agreed);
    }

    [Fact]
    public void Ecdsa_over_p256_accepts_no_signature_that_is_none_and_refuses_none_that_is_one()
    {
        int agreed = 0;
        foreach ((JsonElement group, JsonElement test) in Vectors("ecdsa_secp256r1_sha256_test.json"))
        {
            using ECDsa key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(Bytes(group, "publicKeyDer"), out _);
            bool good = false;
            bool judged = Succeeds(() => good = key.VerifyData(Bytes(test, "msg"), Bytes(test, "sig"), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
            // One encoding of a good signature, without the zero byte before a high bit, is read by the platform and refused by the set: the numbers are the same.
            bool isLegacyEncoding = test.GetProperty("flags").EnumerateArray().Any(flag => flag.GetString() == "MissingZero");
            Assert.True((judged && good) == IsValid(test) || isLegacyEncoding, Label(test));
            agreed++;
        }

        Assert.Equal(484, agreed);
    }

    private static IEnumerable<(JsonElement Group, JsonElement Test)> Vectors(string file)
    {
        string? path = OptionalData.Find("vectors/wycheproof/" + file);
        Assert.SkipWhen(path is null, "The public vectors of Project Wycheproof are not beside the repository.");
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
        foreach (JsonElement group in document.RootElement.GetProperty("testGroups").EnumerateArray())
        {
            foreach (JsonElement test in group.GetProperty("tests").EnumerateArray())
                yield return (group, test);
        }
    }

    private static byte[] Bytes(JsonElement of, string name) => Convert.FromHexString(of.GetProperty(name).GetString()!);

    private static bool IsValid(JsonElement test) => test.GetProperty("result").GetString() == "valid";

    private static string Label(JsonElement test) => $"vector {test.GetProperty("tcId").GetInt32()}";

    private static bool Succeeds(Action act)
    {
        try
        {
            act();
            return true;
        }
        catch (Exception refused) when (refused is CryptographicException or ArgumentException)
        {
            return false;
        }
    }
}
