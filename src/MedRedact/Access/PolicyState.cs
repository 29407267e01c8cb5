using System.Globalization;
using System.Text;
using MedRedact.Durability;

namespace MedRedact.Access;

/// <summary>What policy was in force last: a file of one folder under a lock, whole or not at all.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Sha256">SHA-256 of its bytes.</param>
internal sealed record PolicyState(int Version, Digest256 Sha256)
{
    private const string First = "medredact/access-policy-state/1", FileName = "access-policy.state", LockName = "access-policy.lock";
    private const int MostBytes = 256;

    /// <summary>Holds the folder for one owner.</summary>
    public static FileLock Lock(string folder, IFileOperations operations)
    {
        DurableDirectory.Create(folder, operations);
        return FileLock.Acquire(Path.Combine(folder, LockName), operations);
    }

    /// <summary>Reads the state. A file that is there and says nothing is damage, not a first start.</summary>
    public static PolicyState? Read(string folder)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            return null;
        if (new FileInfo(path).Length > MostBytes)
            throw AccessPolicyFaults.Refuse(AccessPolicyFaults.State);

        return File.ReadAllText(path, Encoding.ASCII).Split('\n') is [First, ['v', 'e', 'r', 's', 'i', 'o', 'n', ' ', .. var version], ['s', 'h', 'a', '2', '5', '6', ' ', .. var sha256], ""]
            && int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0 && Digest256.TryParse(sha256, out Digest256 digest)
            ? new(number, digest)
            : throw AccessPolicyFaults.Refuse(AccessPolicyFaults.State);
    }

    public void Write(string folder, IFileOperations operations) => AtomicFile.Write(
        Path.Combine(folder, FileName), Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{First}\nversion {Version}\nsha256 {Sha256}\n")), operations);
}
