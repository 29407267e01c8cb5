using System.Text;

namespace MedRedact.Documents.Pdf.Tests;

/// <summary>Programs run under limits, and see nothing but the document.</summary>
public sealed class IsolationTests
{
    private static readonly ProgramLimits Generous = new(TimeSpan.FromMinutes(2), 60, 4L << 30);

    public IsolationTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "The programs of these tests are a shell's.");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Output_is_read_and_the_environment_is_empty()
    {
        (ProgramEnd end, string? output) = await RunAsync("env; cat", Generous);
        Assert.Equal(ProgramEnd.Done, end);
        Assert.Equal(["HOME", "LC_ALL", "PWD"], output!.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('=')[0]).Where(name => name is not "_" and not "SHLVL" and not "OLDPWD").Order());
    }

    [Fact]
    public async Task A_program_that_never_ends_is_ended()
    {
        (ProgramEnd end, string? output) = await RunAsync("exec sleep 1000", Generous with { Patience = TimeSpan.FromMilliseconds(300) });
        Assert.Equal((ProgramEnd.Limited, null), (end, output));
    }

    [Fact]
    public async Task A_program_that_never_ends_computing_is_ended()
    {
        (ProgramEnd end, _) = await RunAsync("while :; do :; done", Generous with { ProcessorSeconds = 1 });
        Assert.Equal(ProgramEnd.Limited, end);
    }

    [Fact]
    public async Task A_program_that_takes_too_much_memory_fails()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux bounds the address space.");
        (ProgramEnd end, _) = await RunAsync("dd if=/dev/zero of=/dev/null bs=1500M count=1", Generous with { MemoryBytes = 256L << 20 });
        Assert.Equal(ProgramEnd.Failed, end);
    }

    [Fact]
    public async Task Endless_output_and_endless_complaints_are_bounded()
    {
        (ProgramEnd end, string? output) = await RunAsync("exec cat /dev/zero", Generous);
        Assert.Equal(ProgramEnd.Failed, end);
        Assert.Null(output);
        (end, _) = await RunAsync("i=0; while [ $i -lt 20000 ]; do echo 'Syntax Error: a complaint' >&2; i=$((i+1)); done", Generous);
        Assert.Equal(ProgramEnd.Complained, end);
    }

    [Fact]
    public async Task A_program_that_fails_says_so() => Assert.Equal(ProgramEnd.Failed, (await RunAsync("exit 3", Generous)).End);

    [Fact]
    public async Task Cancellation_is_no_limit()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await IsolatedProgram.RunAsync("/bin/sh", ["-c", "exec sleep 1000"], Generous, ReadAsync, stop.Token));
    }

    [Fact]
    public async Task A_missing_program_is_a_coded_fault_that_says_how_to_install_it()
    {
        var fault = await Assert.ThrowsAsync<MedRedactException>(async () => await Reading.PageAsync(
            PdfFiles.OnePage("").ToBytes(), options: new PdfDocumentOptions { PopplerFolder = "/nonexistent" }));
        Assert.Equal(PdfFaults.PopplerMissing, fault.Code.Value);
        Assert.Contains("apt-get install poppler-utils", fault.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void The_document_is_handed_over_in_memory_that_nobody_can_change()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has memory files.");
        string path;
        using (Handover handover = Handover.Of("%PDF-1.7"u8))
        {
            path = handover.Path;
            Assert.Equal("%PDF-1.7", File.ReadAllText(path));
            Assert.StartsWith("/memfd:", File.ResolveLinkTarget(path, returnFinalTarget: false)!.FullName, StringComparison.Ordinal);
            Assert.ThrowsAny<Exception>(() =>
            {
                using FileStream file = File.OpenWrite(path);
                file.Write("x"u8);
                file.Flush();
            });
            Assert.Equal("%PDF-1.7", File.ReadAllText(path));
        }

        Assert.False(File.Exists(path));
    }

    [Fact]
    public void Without_memory_files_a_private_file_is_deleted_again()
    {
        string path;
        using (var handover = PrivateFile.Of("%PDF-1.7"u8))
        {
            path = handover.Path;
            if (!OperatingSystem.IsWindows())
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
            Assert.Equal("%PDF-1.7", File.ReadAllText(path));
        }

        Assert.False(File.Exists(path));
    }

    private static async Task<(ProgramEnd End, string? Output)> RunAsync(string script, ProgramLimits limits) =>
        await IsolatedProgram.RunAsync("/bin/sh", ["-c", script], limits, ReadAsync, Cancel);

    private static async ValueTask<string?> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        using ProgramOutput? output = await ProgramOutput.ReadAsync(stream, 1 << 20, cancellationToken);
        return output is null ? null : Encoding.UTF8.GetString(output.Bytes, 0, output.Length);
    }
}
