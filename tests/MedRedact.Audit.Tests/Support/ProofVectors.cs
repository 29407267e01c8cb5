using System.Collections.Immutable;
using System.Text.Json;

namespace MedRedact.Audit.Tests.Support;

/// <summary>The proof vectors of transparency-dev/merkle (Apache-2.0): one proof a file, right or wrong.</summary>
internal static class ProofVectors
{
    /// <summary>Judges every vector of a kind.</summary>
    /// <param name="kind">The folder.</param>
    /// <param name="expected">How many there are, so that a folder without them cannot pass.</param>
    /// <param name="verify">Judges one.</param>
    public static void Judge(string kind, int expected, Func<JsonElement, bool> verify)
    {
        string folder = Path.Combine(Optional.Vectors("merkle"), "testdata", kind);
        string[] files = Directory.GetFiles(folder, "*.json", SearchOption.AllDirectories);
        foreach (string file in files)
        {
            using JsonDocument vector = JsonDocument.Parse(File.ReadAllBytes(file));
            Assert.True(verify(vector.RootElement) != vector.RootElement.GetProperty("wantErr").GetBoolean(), Path.GetRelativePath(folder, file));
        }

        Assert.Equal(expected, files.Length);
    }

    /// <summary>A number, or nothing where it is larger than the largest size of a ledger.</summary>
    public static long? Number(JsonElement vector, string name) => vector.GetProperty(name).TryGetInt64(out long number) ? number : null;

    /// <summary>The hashes, or nothing where one has not 32 bytes: the type cannot hold such a proof.</summary>
    public static ImmutableArray<Digest256>? Hashes(JsonElement vector)
    {
        JsonElement proof = vector.GetProperty("proof");
        Digest256?[] hashes = proof.ValueKind == JsonValueKind.Null ? [] : [.. proof.EnumerateArray().Select(Hash)];
        return hashes.Contains(null) ? null : [.. hashes.Select(h => h!.Value)];
    }

    public static Digest256? Hash(JsonElement vector, string name) => Hash(vector.GetProperty(name));

    /// <summary>Some roots are words, to say that only their being equal counts.</summary>
    public static Digest256 Root(JsonElement vector, string name) =>
        Hash(vector, name) ?? MerkleHash.Leaf(vector.GetProperty(name).GetBytesFromBase64());

    private static Digest256? Hash(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetBytesFromBase64() is { Length: 32 } bytes ? Digest256.From(bytes) : null;
}
