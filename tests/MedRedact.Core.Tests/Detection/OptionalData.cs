namespace MedRedact.Core.Tests.Detection;

/// <summary>Data that may lie beside the repository; tests say so when it does not.</summary>
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
