using System.Diagnostics;

namespace MedRedact.Durability.Tests;

/// <summary>Faults injected into the system calls of a real process: the runtime's own flush would hide them.</summary>
public sealed class RealFaultTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_failed_fsync_is_reported_and_poisons_the_handle_without_a_second_try()
    {
        string path = _folder["events"];
        await File.WriteAllBytesAsync(path, [], TestContext.Current.CancellationToken);

        // The first fsync is that of opening; the second is the one that fails.
        TracedRun run = await Traced.RunAsync("append|" + path, "fsync:error=EIO:when=2");

        Assert.Equal(["append ok", "sync SyncFile Io 5", "sync SyncFile Poisoned 0", "append Write Poisoned 0"], run.Output);
        Assert.Equal(2, run.FileSyncs);
    }

    [Fact]
    public async Task An_interrupted_fsync_is_called_again()
    {
        string path = _folder["events"];
        await File.WriteAllBytesAsync(path, [], TestContext.Current.CancellationToken);

        TracedRun run = await Traced.RunAsync("append|" + path, "fsync:error=EINTR:when=2");

        Assert.Equal(["append ok", "sync ok", "sync ok", "append ok"], run.Output);
        Assert.Equal(4, run.FileSyncs);
    }

    [Fact]
    public async Task A_full_disk_is_reported_and_poisons_the_handle()
    {
        string path = _folder["events"];
        await File.WriteAllBytesAsync(path, [], TestContext.Current.CancellationToken);

        TracedRun run = await Traced.RunAsync("append|" + path, "pwrite64:error=ENOSPC:when=1");

        Assert.Equal(["append Write NoSpace 28", "sync SyncFile Poisoned 0", "sync SyncFile Poisoned 0", "append Write Poisoned 0"], run.Output);
    }

    [Fact]
    public async Task An_atomic_file_whose_bytes_could_not_be_synced_leaves_the_old_one()
    {
        string path = _folder["state"];
        await File.WriteAllTextAsync(path, "old", TestContext.Current.CancellationToken);

        TracedRun run = await Traced.RunAsync("atomic|" + path, "fsync:error=EIO:when=1");

        Assert.Equal(["commit SyncFile Io 5"], run.Output);
        Assert.Equal("old", await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
        Assert.Single(Directory.GetFiles(_folder.Root));
    }

    [Fact]
    public async Task An_atomic_file_whose_folder_could_not_be_synced_is_reported()
    {
        TracedRun run = await Traced.RunAsync("atomic|" + _folder["state"], "fsync:error=EIO:when=2");

        Assert.Equal(["commit SyncDirectory Io 5"], run.Output);
    }

    [Fact]
    public async Task Another_process_is_kept_out_until_the_owner_dies()
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("The host is started by its Unix name.");

        string path = _folder["lock"];
        using Process owner = Traced.Start("lock|" + path);
        Assert.Equal("lock ok", await owner.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));

        DurabilityException refused = Assert.Throws<DurabilityException>(() => FileLock.Acquire(path));
        Assert.Equal(DurabilityFault.Locked, refused.Fault);

        owner.Kill();
        await owner.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(File.Exists(path));
        FileLock.Acquire(path).Dispose();
    }

    public void Dispose() => _folder.Dispose();
}
