using System.Diagnostics;
using System.Text.Json;
using MedRedact.EndToEnd.Tests.Tool;
using MedRedact.Synthesis;

namespace MedRedact.EndToEnd.Tests;

public sealed class KillTests
{
    private const string Key = "6f0c2f3e-5a59-4c9c-9a51-0d1f6f3f8a11";

    [Fact]
    public async Task A_killed_ingest_leaves_nothing_half_visible_and_the_same_key_converges()
    {
        int kills = Environment.GetEnvironmentVariable("MEDREDACT_SOAK") is null ? 20 : 200;
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["in"]);
        await File.WriteAllBytesAsync(folder["in/a.tif"], Samples.Tiff(DocumentKind.Prescription, 51), TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(folder["in/b.png"], Samples.Png(DocumentKind.FaxCoverSheet, 52), TestContext.Current.CancellationToken);
        string[] ingest = ["ingest", folder["in"], "--out", folder["out"], "--home", folder["home"], "--json", "--idempotency-key", Key];

        // The moments of the kills walk through the life of a run: by what is on disk, not by a clock.
        for (int kill = 0; kill < kills; kill++)
        {
            using Process process = MedRedactTool.Start(ingest);
            await WaitForProgressAsync(process, folder["home"], kill);
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            AssertExportsAreWhole(folder["out"]);
        }

        ToolResult first = await MedRedactTool.RunAsync(ingest);
        ToolResult second = await MedRedactTool.RunAsync(ingest);
        ToolResult verified = await MedRedactTool.RunAsync(["audit", "verify", folder["home"]]);

        Assert.True(first.ExitCode == 0, first.Output + first.Errors);
        Assert.Equal(first.Lines.Select(line => line.GetProperty("document").GetString()), second.Lines.Select(line => line.GetProperty("document").GetString()));
        Assert.True(verified.ExitCode == 0, verified.Output + verified.Errors);
    }

    [Fact]
    public async Task Keys_that_are_rotated_and_turned_under_kills_still_open_everything()
    {
        int kills = Environment.GetEnvironmentVariable("MEDREDACT_SOAK") is null ? 8 : 100;
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder["a.png"], Samples.Png(DocumentKind.FaxCoverSheet, 53), TestContext.Current.CancellationToken);
        ToolResult ingested = await MedRedactTool.RunAsync(["ingest", folder["a.png"], "--out", folder["out"], "--home", folder["home"], "--json"]);
        Assert.True(ingested.ExitCode == 0, ingested.Output + ingested.Errors);
        string[] rotate = ["keys", "rotate", "--turn", "--home", folder["home"]];
        for (int kill = 0; kill < kills; kill++)
        {
            // The moments walk through the work: by what the tool has said so far.
            using Process process = MedRedactTool.Start(rotate);
            for (int line = 0; line < kill % 8 && await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is not null; line++)
            {
            }

            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        ToolResult finished = await MedRedactTool.RunAsync(rotate);
        ToolResult all = await MedRedactTool.RunAsync(["audit", "verify", folder["home"]]);
        Assert.True(finished.ExitCode == 0 && all.ExitCode == 0, finished.Output + finished.Errors + all.Output);
    }

    /// <summary>Waits until the home folder holds a number of files and folders that grows from kill to kill, or the run is over.</summary>
    private static async Task WaitForProgressAsync(Process process, string home, int step)
    {
        int wanted = 1 + (step * 3);
        int before = Count(home);
        while (!process.HasExited && Count(home) - before < wanted % 25)
            await Task.Yield();
    }

    private static int Count(string home)
    {
        try
        {
            return Directory.Exists(home) ? Directory.EnumerateFileSystemEntries(home, "*", SearchOption.AllDirectories).Count() : 0;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    /// <summary>A folder with a manifest is whole: the manifest is written last.</summary>
    private static void AssertExportsAreWhole(string output)
    {
        if (!Directory.Exists(output))
            return;

        foreach (string manifest in Directory.EnumerateFiles(output, "manifest.json", SearchOption.AllDirectories))
        {
            using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(manifest));
            foreach (JsonElement page in json.RootElement.GetProperty("pages").EnumerateArray().Where(page => page.TryGetProperty("imageSha256", out _)))
                Assert.True(File.Exists(Path.Combine(Path.GetDirectoryName(manifest)!, $"page-{page.GetProperty("page").GetInt32():0000}.png")));
        }
    }
}
