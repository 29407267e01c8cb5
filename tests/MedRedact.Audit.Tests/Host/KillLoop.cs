using System.Diagnostics;
using System.Globalization;

namespace MedRedact.Audit.Tests;

/// <summary>Kills a writer under load again and again, and holds the ledger to every receipt that came out before: <c>eng/kill-ledger.sh</c>. Not a test: it goes by the clock.</summary>
internal static class KillLoop
{
    /// <summary>The number of kills and a seed, with a bar between.</summary>
    public const string Variable = "MEDREDACT_KILL_LEDGER";

    /// <summary>A ledger is given up for a new one after so many kills, so that verifying all of it each time stays short.</summary>
    private const int KillsOfOneLedger = 50;

    private const int Producers = 8;

    /// <returns>The exit status, or <see langword="null"/> where nothing was asked for.</returns>
    public static async Task<int?> RunAsync()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } request)
            return null;

        int[] numbers = [.. request.Split('|').Select(number => int.Parse(number, CultureInfo.InvariantCulture))];
        (int kills, int seed) = (numbers[0], numbers[1]);
        var random = new Random(seed);
        string home = Directory.CreateTempSubdirectory("medredact-kill-").FullName;
        long acknowledged = 0, lost = 0, unopened = 0, damaged = 0, silent = 0;
        HashSet<string> receipts = [];
        var watch = Stopwatch.StartNew();
        for (int kill = 0; kill < kills; kill++)
        {
            string folder = Path.Combine(home, (kill / KillsOfOneLedger).ToString(CultureInfo.InvariantCulture));
            if (kill % KillsOfOneLedger == 0)
                receipts.Clear();
            List<string> printed = await KillAsync(folder, random);
            acknowledged += printed.Count;
            silent += printed.Count == 0 ? 1 : 0;
            receipts.UnionWith(printed);
            (bool opened, bool intact, int missing) = await CheckAsync(folder, receipts);
            unopened += opened ? 0 : 1;
            damaged += intact ? 0 : 1;
            lost += missing;
            if ((kill + 1) % 25 == 0 || !opened || !intact || missing > 0)
                Print(kill + 1);
        }

        Print(kills);
        Directory.Delete(home, recursive: true);
        return lost + unopened + damaged == 0 ? 0 : 1;

        void Print(int done) => Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"kills {done} (seed {seed}, {Producers} producers, {silent} before the first receipt), acknowledged {acknowledged}, lost {lost}, unopened {unopened}, damaged {damaged}, {watch.Elapsed.TotalSeconds:F0} s"));
    }

    /// <returns>The receipts that the writer printed before it was killed; a line that was cut off is none.</returns>
    private static async Task<List<string>> KillAsync(string folder, Random random)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        start.Environment[Variable] = "";
        start.Environment[LedgerHost.Variable] = string.Create(CultureInfo.InvariantCulture, $"{folder}|1000000|{Producers}");
        using Process writer = Process.Start(start)!;

        // One in eight is killed at any time of its start, while it recovers; the others a little after some receipts.
        if (random.Next(8) == 0)
        {
            await Task.Delay(random.Next(400));
            writer.Kill();
        }

        List<string> printed = [];
        int before = random.Next(1, 400);
        while (await writer.StandardOutput.ReadLineAsync() is { } line)
        {
            printed.Add(line);
            if (printed.Count == before)
            {
                Thread.SpinWait(random.Next(200_000));
                writer.Kill();
            }
        }

        await writer.WaitForExitAsync();
        if (printed.Count > 0 && printed[^1].Split(' ') is not [_, { Length: 64 }])
            printed.RemoveAt(printed.Count - 1);
        return printed;
    }

    private static async Task<(bool Opened, bool Intact, int Missing)> CheckAsync(string folder, HashSet<string> receipts)
    {
        using TestKeys keys = LedgerHost.Keys();
        try
        {
            await using AuditLedger ledger = LedgerHost.Open(folder, keys);
            await ledger.OpenAsync();
        }
        catch (MedRedactException fault)
        {
            Console.WriteLine(fault.Message);
            return (false, false, 0);
        }

        var witnesses = new WitnessPolicy(1, [LedgerHost.Witness(folder, keys).Key]);
        AuditVerificationReport report = await AuditLedgerVerifier.VerifyAsync(folder, keys.PublicKey, new() { Witnesses = HasEvents(folder) ? witnesses : null });
        foreach (AuditFinding finding in report.Findings)
            Console.WriteLine(finding);
        HashSet<string> found = [];
        await foreach (AuditRecord record in AuditLedgerReader.ReadAsync(folder))
            found.Add($"{record.Sequence} {record.LeafHash}");
        return (true, report.IsIntact, receipts.Count(receipt => !found.Contains(receipt)));
    }

    /// <summary>An empty ledger has nothing to witness.</summary>
    private static bool HasEvents(string folder) => Directory.EnumerateFiles(folder, "*.segment").Any(file => new FileInfo(file).Length > SegmentHeader.Size);
}
