using System.IO.Compression;
using System.Text.Json;

namespace MedRedact.Envelope.Tests;

/// <summary>One vector of the public chunked-encryption set.</summary>
internal sealed record CobblestoneVector(
    int Id, byte[] Key, byte[] Context, byte[] Ciphertext, bool Valid, long? MessageLength, byte[]? MessageSha512)
{
    public static IEnumerable<CobblestoneVector> ReadAll(string path)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
        foreach (JsonElement group in document.RootElement.GetProperty("testGroups").EnumerateArray())
        {
            foreach (JsonElement test in group.GetProperty("tests").EnumerateArray())
            {
                yield return new(
                    test.GetProperty("tcId").GetInt32(),
                    Convert.FromHexString(test.GetProperty("key").GetString()!),
                    Convert.FromHexString(test.GetProperty("ctx").GetString()!),
                    Inflate(Convert.FromHexString(test.GetProperty("ct").GetString()!)),
                    test.GetProperty("result").GetString() == "valid",
                    test.TryGetProperty("msgLength", out JsonElement length) ? length.GetInt64() : null,
                    test.TryGetProperty("msgSha512", out JsonElement hash) ? Convert.FromHexString(hash.GetString()!) : null);
            }
        }
    }

    private static byte[] Inflate(byte[] compressed)
    {
        using var zlib = new ZLibStream(new MemoryStream(compressed), CompressionMode.Decompress);
        using var inflated = new MemoryStream();
        zlib.CopyTo(inflated);
        return inflated.ToArray();
    }
}
