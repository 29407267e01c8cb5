using System.Text;
using MedRedact.Durability;

namespace MedRedact.Alerts;

/// <summary>Reads files that hold a few lines.</summary>
internal static class SmallFile
{
    /// <summary>The text of a file; empty where it is larger than it may be.</summary>
    /// <exception cref="DurabilityException">It cannot be read.</exception>
    public static string Read(string path, int mostBytes, IFileOperations operations)
    {
        using IFileHandle file = operations.Open(path, FileOpening.Read);
        if (file.Length > mostBytes)
            return "";

        byte[] bytes = new byte[file.Length];
        return Encoding.ASCII.GetString(bytes, 0, file.ReadFully(bytes, 0));
    }
}
