using System.Text.Json;
using MedRedact.EndToEnd.Tests.Tool;
using MedRedact.Synthesis;

namespace MedRedact.EndToEnd.Tests;

public sealed class BadInputTests
{
    [Fact]
    public async Task Every_file_gets_a_typed_verdict_and_a_bad_one_a_code_that_says_what_to_do()
    {
        using var folder = new TemporaryFolder();
        string input = folder["in"];
        Directory.CreateDirectory(input);
        await File.WriteAllBytesAsync(Path.Combine(input, "0-empty.png"), [], TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(input, "1-text.png"), "This is text, whatever its name says.", TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(input, "2-loop.tif"), Samples.LoopingTiff(), TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(input, "3-huge.png"), Samples.HugePng(), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(input, "4-paper.pdf"), "%PDF-1.7\n%%EOF\n", TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(input, "5-good.png"), Samples.Png(DocumentKind.ProgressNote, 41), TestContext.Current.CancellationToken);

        ToolResult result = await MedRedactTool.RunAsync(["ingest", input, folder["absent.png"], "--out", folder["out"], "--home", folder["home"], "--json"]);

        Assert.Equal(1, result.ExitCode);
        Assert.Equal("", result.Errors);
        Assert.Equal(7, result.Lines.Count);
        for (int index = 0; index < 7; index++)
        {
            JsonElement line = result.Lines[index];
            Assert.Equal(index, line.GetProperty("index").GetInt32());
            Assert.Equal(index == 5 ? "Released" : "Rejected", line.GetProperty("verdict").GetString());
            if (index != 5)
            {
                Assert.Matches("^MR-[A-Z]{3}-[0-9]{3}$", line.GetProperty("code").GetString());
                Assert.True(line.GetProperty("remedy").GetString()!.Length > 10);
            }
        }
    }

    [Fact]
    public async Task A_missing_language_is_named_with_the_fix_and_nothing_is_released()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder["page.png"], Samples.Png(DocumentKind.Prescription, 42), TestContext.Current.CancellationToken);
        Directory.CreateDirectory(folder["tessdata"]);

        ToolResult result = await MedRedactTool.RunAsync(
            ["ingest", folder["page.png"], "--out", folder["out"], "--home", folder["home"], "--tessdata", folder["tessdata"], "--json"]);

        Assert.Equal(3, result.ExitCode);
        Assert.StartsWith("MR-OCR-", result.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["out"]));
    }

    [Fact]
    public async Task A_missing_native_library_is_named_with_the_fix_and_nothing_is_released()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux lets a folder of the caller's go before the system's libraries.");
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder["page.png"], Samples.Png(DocumentKind.Prescription, 42), TestContext.Current.CancellationToken);
        Directory.CreateDirectory(folder["lib"]);
        await File.WriteAllTextAsync(folder["lib/libtesseract.so.5"], "This is no library.", TestContext.Current.CancellationToken);

        ToolResult result = await MedRedactTool.RunAsync(
            ["ingest", folder["page.png"], "--out", folder["out"], "--home", folder["home"], "--json"],
            new Dictionary<string, string> { ["LD_LIBRARY_PATH"] = folder["lib"] });

        Assert.Equal(3, result.ExitCode);
        Assert.StartsWith("MR-OCR-001: ", result.Errors, StringComparison.Ordinal);
        Assert.Contains("apt-get install", result.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["out"]));
    }

    [Fact]
    public async Task A_file_that_is_rejected_needs_no_engine_and_no_language()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder["huge.png"], Samples.HugePng(), TestContext.Current.CancellationToken);
        Directory.CreateDirectory(folder["tessdata"]);

        ToolResult result = await MedRedactTool.RunAsync(
            ["ingest", folder["huge.png"], "--out", folder["out"], "--home", folder["home"], "--tessdata", folder["tessdata"], "--json"]);

        Assert.Equal(1, result.ExitCode);
        Assert.Equal("MR-SRC-106", Assert.Single(result.Lines).GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_file_that_may_not_be_read_is_rejected_with_a_code()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "A privileged user may read every file.");
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder["page.png"], Samples.Png(DocumentKind.Prescription, 42), TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder["page.png"], UnixFileMode.None);

        ToolResult result = await MedRedactTool.RunAsync(["ingest", folder["page.png"], "--out", folder["out"], "--home", folder["home"], "--json"]);

        Assert.Equal(1, result.ExitCode);
        Assert.Equal("MR-SRC-001", Assert.Single(result.Lines).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Paths_are_not_repeated_unless_asked_for()
    {
        using var folder = new TemporaryFolder();
        string name = folder["Quillfeather-Ambrose-1951.png"];
        await File.WriteAllTextAsync(name, "nothing", TestContext.Current.CancellationToken);

        ToolResult quiet = await MedRedactTool.RunAsync(["ingest", name, "--out", folder["out"], "--home", folder["home"], "--json"]);
        ToolResult usage = await MedRedactTool.RunAsync(["ingest", name, "--no-such-option", name]);

        Assert.DoesNotContain("Quillfeather", quiet.Output + quiet.Errors, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Quillfeather", usage.Output + usage.Errors, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(2, usage.ExitCode);
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(folder["home"], "*", SearchOption.AllDirectories), path => path.Contains("Quillfeather", StringComparison.OrdinalIgnoreCase));
    }
}
