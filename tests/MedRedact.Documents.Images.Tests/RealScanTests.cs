namespace MedRedact.Documents.Images.Tests;

public sealed class RealScanTests
{
    [Fact]
    public async Task Optional_real_scans_open()
    {
        string? folder = Folder();
        if (folder is null)
        {
            Assert.Skip("The optional data folder ../shared/data is absent.");
            return;
        }

        string[] files = [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => Path.GetExtension(file) is ".png" or ".jpg" or ".tif")];
        Assert.NotEmpty(files);
        foreach (string file in files)
            Assert.True(await Reading.FaultAsync(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)) is null, Path.GetFileName(file));
    }

    private static string? Folder()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Directory.Packages.props")))
                return Path.Combine(folder.FullName, "..", "shared", "data") is var data && Directory.Exists(data) ? data : null;
        }

        return null;
    }
}
