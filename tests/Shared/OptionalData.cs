namespace MedRedact.Tests.Shared;

/// <summary>Public data that is not part of the repository: used where it lies beside it, skipped by name where it does not.</summary>
internal static class OptionalData
{
    public static string? Find(string path)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "shared", "data", path);
            if (File.Exists(candidate))
                return candidate;
        }

        return null;
    }
}
