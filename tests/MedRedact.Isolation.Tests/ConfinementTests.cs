using System.Diagnostics;
using System.Globalization;

namespace MedRedact.Isolation.Tests;

/// <summary>What a worker has, how long it lives, and what becomes of it.</summary>
public sealed class ConfinementTests
{
    public ConfinementTests() => Assert.SkipUnless(MemoryFile.IsSupported, "Worker processes share memory files of Linux.");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_worker_gets_nothing_of_the_environment_but_what_it_needs()
    {
        Environment.SetEnvironmentVariable("MEDREDACT_TEST_SECRET", "passphrase");
        await using var workers = new Workers("show environment");
        string[] names = (await workers.ReadWordsAsync(Workers.Black, Cancel)).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains("DOTNET_GCHeapHardLimit", names);
        Assert.All(names, name => Assert.True(
            name.StartsWith("DOTNET_", StringComparison.Ordinal) || name is "LC_ALL" or "HOME" or "TMPDIR" or "OMP_THREAD_LIMIT" or "PATH" or "LD_LIBRARY_PATH"
                or "TESSDATA_PREFIX" or "MALLOC_ARENA_MAX" or "MALLOC_MMAP_THRESHOLD_" or "GLIBC_TUNABLES",
            name));
    }

    [Fact]
    public async Task A_worker_can_neither_write_a_file_nor_leave_a_core_nor_gain_rights()
    {
        await using var workers = new Workers("show limits");
        string[] words = (await workers.ReadWordsAsync(Workers.Black, Cancel)).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string limits = string.Join(' ', words);
        Assert.Contains("Max file size 0 0 bytes", limits, StringComparison.Ordinal);
        Assert.Contains("Max core file size 0 0 bytes", limits, StringComparison.Ordinal);
        Assert.Contains("NoNewPrivs: 1", limits, StringComparison.Ordinal);
        Assert.DoesNotContain("Max data size unlimited", limits, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worker_stays_warm_and_makes_room_for_a_fresh_one_after_its_pages()
    {
        await using var workers = new Workers("well", options => options.PagesPerProcess = 3);
        for (int page = 0; page < 6; page++)
            Assert.Equal("well", await workers.ReadWordsAsync(Workers.White, Cancel));
        Assert.Equal(2, workers.Pool.Started);
        Assert.Empty(workers.Pool.IdleProcesses);
    }

    [Fact]
    public async Task Pages_share_no_more_processes_than_allowed()
    {
        await using var workers = new Workers("well");
        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => workers.ReadWordsAsync(Workers.White, Cancel), Cancel)));
        Assert.InRange(workers.Pool.Started, 1, 2);
    }

    [Fact]
    public async Task The_version_of_an_engine_is_known_from_the_first_greeting()
    {
        await using var workers = new Workers("well");
        await workers.Pool.IntroduceAsync(Cancel);
        Assert.Equal("1.2.3", workers.EngineVersion);
    }

    [Fact]
    public async Task No_process_is_left_when_the_pool_is_disposed()
    {
        int process;
        await using (var workers = new Workers("well"))
        {
            await workers.Pool.IntroduceAsync(Cancel);
            process = workers.Pool.IdleProcesses.Single();
        }

        Assert.False(Directory.Exists($"/proc/{process}"));
    }

    [Theory]
    [InlineData("compute")]
    [InlineData("stop")]
    public async Task No_worker_outlives_a_host_that_was_killed(string manner)
    {
        WorkerCommand command = WorkerCommand.TryFind(new PageWorkerOptions { Program = typeof(Workers).Assembly.Location })!;
        using Process host = Process.Start(new ProcessStartInfo(command.Runtime, [.. command.Arguments, "host", manner]) { RedirectStandardOutput = true })!;
        int worker = int.Parse((await host.StandardOutput.ReadLineAsync(Cancel))!, CultureInfo.InvariantCulture);
        Assert.True(Directory.Exists($"/proc/{worker}"));

        host.Kill();
        await host.WaitForExitAsync(Cancel);

        // The kernel ends it at once; whoever adopts it only has to notice.
        while (Directory.Exists($"/proc/{worker}") && !IsZombie(worker))
            await Task.Delay(20, Cancel);
    }

    private static bool IsZombie(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return true;
        }
    }
}
