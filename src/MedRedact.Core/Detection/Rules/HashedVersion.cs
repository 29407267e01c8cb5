using System.Security.Cryptography;

namespace MedRedact.Detection;

/// <summary>The version of a detector that works by files: the same files, in the same order, and no others give the same one.</summary>
internal static class HashedVersion
{
    public static Version Of(Version own, IEnumerable<Digest256> files)
    {
        byte[] hashes = [.. files.SelectMany(file => file.ToArray())];
        if (hashes.Length == 0)
            return own;
        byte[] all = SHA256.HashData(hashes);
        return new Version(own.Major, own.Minor, (all[0] << 8) | all[1], (all[2] << 8) | all[3]);
    }
}
