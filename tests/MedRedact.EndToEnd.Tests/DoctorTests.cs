using MedRedact.EndToEnd.Tests.Tool;

namespace MedRedact.EndToEnd.Tests;

public sealed class DoctorTests
{
    [Fact]
    public async Task The_doctor_starts_a_worker_and_says_what_it_may_take_before_the_first_ingest_as_well()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere there are no worker processes.");
        using var folder = new TemporaryFolder();

        ToolResult result = await MedRedactTool.RunAsync(["doctor", "--home", folder["not/there/yet"]]);

        Assert.Equal(0, result.ExitCode);
        string line = Assert.Single(result.Output.Split('\n'), line => line.Contains("isolation", StringComparison.Ordinal));
        Assert.StartsWith("ok", line, StringComparison.Ordinal);
        Assert.Contains("MedRedact.Worker.dll", line, StringComparison.Ordinal);
        Assert.Contains("two attempts", line, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["not"]));
    }
}
