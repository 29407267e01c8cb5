namespace MedRedact.Audit.Tests;

/// <summary>Longer runs and data that need not be there.</summary>
internal static class Optional
{
    /// <summary>Whether the long forms run (<c>MEDREDACT_SOAK=1</c>).</summary>
    public static bool Soak { get; } = Environment.GetEnvironmentVariable("MEDREDACT_SOAK") == "1";

    /// <summary>A folder of public test vectors beside the repository; without it the test is skipped by name.</summary>
    public static string Vectors(string name)
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string folder = Path.Combine(at.FullName, "shared", "data", "vectors", name);
            if (Directory.Exists(folder))
                return folder;
        }

        Assert.Skip($"The public vectors '{name}' are not here: ../shared/data/vectors/{name}.");
        return "";
    }
}
