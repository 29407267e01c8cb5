using System.Security.Cryptography;
using MedRedact.Durability;

namespace MedRedact.KeyManagement.Recovery;

/// <summary>What a recovery bundle takes along besides the ring: the other files of the keys' folder, such as the register of keys.</summary>
internal static class KeyFolder
{
    public const int MaxFiles = 256;
    private const int MaxName = 64;

    /// <summary>The files, in order of their names. Locks, temporaries and the index that a database makes again are left out; anything that
    /// a bundle cannot hold is refused rather than left behind.</summary>
    public static string[] Files(string folder, string ring, IFileOperations operations)
    {
        FileEntry[] entries = [.. operations.List(folder).Where(entry => entry.Name != ring && !IsPassing(entry.Name))];
        return entries.Length < MaxFiles && entries.All(entry => !entry.IsDirectory && IsName(entry.Name))
            ? [.. entries.Select(entry => entry.Name)]
            : throw Faults.Refuse(Faults.StrangeKeyFile);
    }

    public static bool IsName(ReadOnlySpan<char> name) =>
        name.Length is > 0 and <= MaxName && name[0] != '.' && name.IndexOfAnyExcept(NameCharacters) < 0;

    /// <summary>The digest of names, lengths and contents: equal before and after a copy means that nobody wrote in between.</summary>
    public static byte[] Digest(string folder, string ring, IFileOperations operations, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[64 * 1024];
        foreach (string name in Files(folder, ring, operations))
        {
            using IFileHandle file = operations.Open(Path.Combine(folder, name), FileOpening.Read);
            hash.AppendData(System.Text.Encoding.ASCII.GetBytes($"{name}\0{file.Length}\0"));
            for (long at = 0; file.Read(buffer, at) is > 0 and int read; at += read)
            {
                cancellationToken.ThrowIfCancellationRequested();
                hash.AppendData(buffer.AsSpan(0, read));
            }
        }

        return hash.GetHashAndReset();
    }

    private static readonly System.Buffers.SearchValues<char> NameCharacters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    private static bool IsPassing(string name) =>
        AtomicFile.IsTemporary(name) || name.EndsWith(".lock", StringComparison.Ordinal) || name.EndsWith("-shm", StringComparison.Ordinal);
}
