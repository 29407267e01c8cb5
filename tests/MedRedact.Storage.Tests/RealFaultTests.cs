namespace MedRedact.Storage.Tests;

/// <summary>Faults injected into the system calls of a real process, those of SQLite included, at each index: nothing that was acknowledged is lost, nothing readable is left behind.</summary>
public sealed class RealFaultTests : IDisposable
{
    /// <summary>The calls that a store makes on files, and whether a full disk is among their faults. write(2) is not: it goes to pipes alone.</summary>
    private static readonly (string Call, bool CanBeFull)[] Calls =
    [
        ("openat", true), ("pwrite64", true), ("fsync", true), ("fdatasync", true), ("rename", true), ("link", true), ("mkdir", true), ("ftruncate", false),
        ("unlink", false), ("pread64", false),
    ];

    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>With <c>MEDREDACT_SOAK=1</c> at every index of every call, else at some of each.</summary>
    [Fact]
    public async Task Whatever_call_fails_in_the_life_of_a_store_what_was_acknowledged_is_there_and_it_opens_and_works()
    {
        TracedHost.RequireStrace();
        bool soak = Environment.GetEnvironmentVariable("MEDREDACT_SOAK") == "1";
        var random = new Random(20260301);
        TracedHost host = await WarmAsync();
        try
        {
            Dictionary<string, int> counts = await host.CountAsync(_folder["counted"], Calls.Select(each => each.Call));
            Assert.True(counts.GetValueOrDefault("pwrite64") > 20 && counts.GetValueOrDefault("fsync") > 5, "the store's work was not seen");
            (string Call, string Error, int At)[] faults =
            [
                .. from each in Calls
                   from error in each.CanBeFull ? new[] { "EIO", "ENOSPC" } : ["EIO"]
                   from at in Sample(counts.GetValueOrDefault(each.Call), soak ? int.MaxValue : 2, random)
                   select (each.Call, error, at),
            ];
            int refused = 0, ended = 0;
            foreach ((string call, string error, int at) in faults)
            {
                string folder = _folder[$"{call}-{error}-{at}"];
                List<string> said = await host.RunAsync(folder, "-o", "/dev/null", "-e", "trace=" + call, "-e", $"inject={call}:error={error}:when={at}");
                refused += said.Any(line => line.StartsWith("refused ", StringComparison.Ordinal)) ? 1 : 0;
                if (host.HasEnded)
                {
                    // The runtime's own files fail as well, and it may not live with that.
                    ended++;
                    host.Dispose();
                    host = await WarmAsync();
                }

                await CheckAsync(folder, said, $"{call} {error} at {at}");
            }

            TestContext.Current.TestOutputHelper?.WriteLine(
                $"{faults.Length} faults, {refused} refused something, {ended} ended the process; calls of the busiest thread: {string.Join(", ", counts.Select(each => $"{each.Key} {each.Value}"))}");
            Assert.True(refused > faults.Length / 4, "the faults were hardly ever met");
            Assert.True(ended <= faults.Length / 4, "the faults met the runtime and not the store");
        }
        finally
        {
            host.Dispose();
        }
    }

    /// <summary>With <c>MEDREDACT_SOAK=1</c> at every index of every call that changes a file, else at some of each.</summary>
    [Fact]
    public async Task A_store_that_is_killed_at_any_call_opens_with_all_it_acknowledged_and_finishes_what_it_had_begun()
    {
        TracedHost.RequireStrace();
        bool soak = Environment.GetEnvironmentVariable("MEDREDACT_SOAK") == "1";
        var random = new Random(20260302);
        string[] changing = ["pwrite64", "fsync", "fdatasync", "rename", "link", "unlink", "mkdir", "ftruncate"];
        Dictionary<string, int> counts;
        using (TracedHost host = await WarmAsync())
            counts = await host.CountAsync(_folder["counted"], changing);

        int killed = 0, runs = 0;
        foreach ((string call, int at) in changing.SelectMany(call => Sample(counts.GetValueOrDefault(call), soak ? int.MaxValue : 1, random).Select(at => (call, at))))
        {
            string folder = _folder[$"{call}-{at}"];
            using TracedHost host = TracedHost.Start();
            List<string> said = await host.RunAsync(folder, "-o", "/dev/null", "-e", "trace=" + call, "-e", $"inject={call}:signal=KILL:when={at}");
            runs++;
            killed += host.HasEnded ? 1 : 0;
            await CheckAsync(folder, said, $"{call} killed at {at}");
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{runs} runs, {killed} killed");
        Assert.True(killed > runs / 2, "the kills were hardly ever met");
    }

    private static async Task CheckAsync(string folder, List<string> said, string what)
    {
        try
        {
            await FaultCheck.RunAsync(folder, said);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            throw new InvalidOperationException($"{what}: [{string.Join("; ", said)}]", fault);
        }

        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    /// <summary>Runs the work once without a fault, so that what the runtime loads for it is loaded.</summary>
    private async Task<TracedHost> WarmAsync()
    {
        TracedHost host = TracedHost.Start();
        string folder = _folder[$"warm-{Guid.CreateVersion7():N}"];
        List<string> said = await host.RunAsync(folder);
        Assert.Equal(["opened", "shredded", "swept"], said.Where(line => line is "opened" or "shredded" or "swept"));
        Assert.DoesNotContain(said, line => line.StartsWith("refused", StringComparison.Ordinal));
        await FaultCheck.RunAsync(folder, said);

        // A folder that cannot be one: what the runtime loads to say so.
        await File.WriteAllTextAsync(_folder["file"], "");
        await host.RunAsync(_folder["file/folder"]);
        return host;
    }

    /// <summary>Some indexes of 1 to a number; all of them where there are no more than asked for.</summary>
    private static IEnumerable<int> Sample(int count, int most, Random random) =>
        count <= most ? Enumerable.Range(1, count) : Enumerable.Range(1, count).OrderBy(_ => random.Next()).Take(most).Order();
}
