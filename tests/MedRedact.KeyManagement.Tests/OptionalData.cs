using System.Runtime.CompilerServices;

namespace MedRedact.KeyManagement.Tests;

/// <summary>Public test data that is not part of the repository: used where it lies beside it, skipped by name where it does not.</summary>
internal static class OptionalData
{
    public static string? Find(string path)
    {
        string file = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "../../../shared/data", path));
        return File.Exists(file) ? file : null;
    }

    private static string Here([CallerFilePath] string here = "") => here;
}
