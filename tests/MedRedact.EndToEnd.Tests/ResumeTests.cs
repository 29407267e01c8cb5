using System.Diagnostics;
using System.Text.Json;
using MedRedact.EndToEnd.Tests.Tool;
using MedRedact.Synthesis;

namespace MedRedact.EndToEnd.Tests;

public sealed class ResumeTests
{
    private const string Key = "3b1d9b52-90f5-4d0b-8a55-0c6f8f7e2d44";

    [Fact]
    public async Task A_tool_killed_in_the_middle_of_a_document_goes_on_behind_the_pages_it_had_read()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["in"]);
        IReadOnlyList<SyntheticPage> pages = [.. Enumerable.Repeat(SyntheticRecords.Create(DocumentKind.Prescription, 51).DrawPages(), 6).SelectMany(drawn => drawn)];
        await File.WriteAllBytesAsync(folder["in/a.tif"], PageFiles.TiffG4(pages), TestContext.Current.CancellationToken);
        string[] ingest = ["ingest", folder["in"], "--out", folder["out"], "--home", folder["home"], "--json", "--idempotency-key", Key];

        using (Process process = MedRedactTool.Start(ingest))
        {
            while (!process.HasExited && Kept(folder["home"]).Length < 2)
                await Task.Yield();
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        int kept = Kept(folder["home"]).Length;
        ToolResult resumed = await MedRedactTool.RunAsync(ingest);

        Assert.True(kept >= 2);
        Assert.True(resumed.ExitCode == 0, resumed.Output + resumed.Errors);
        JsonElement line = Assert.Single(resumed.Lines);
        Assert.Equal(kept, line.GetProperty("resumed").GetInt32());
        Assert.Empty(Kept(folder["home"]));
        Assert.Single(Quarantined(folder["home"], "*.mrev"));
    }

    private static string[] Kept(string home) => Quarantined(home, "kept-0*.mrev");

    private static string[] Quarantined(string home, string pattern)
    {
        string quarantine = Path.Combine(home, "zones", "quarantine");
        try
        {
            return Directory.Exists(quarantine) ? Directory.GetFiles(quarantine, pattern, SearchOption.AllDirectories) : [];
        }
        catch (IOException)
        {
            // A folder went while it was listed.
            return [];
        }
    }
}
