using System.Diagnostics;
using System.Globalization;
using MedRedact.Audit;

namespace MedRedact.Benchmarks;

/// <summary>Opening a ledger that holds many events, the proof of one of them, and the memory that both take.</summary>
/// <remarks>Bounds: a proof at most 5 ms (p99), opening at most 2 s, both at ten million events. Opening is timed twice: by the seals of finished segments, and once more reading every event.
/// Usage: <c>ledger-open [events] [folder]</c>; ten events a document.</remarks>
internal static class LedgerOpening
{
    private const int Proofs = 1_000, EventsOfDocument = 10;

    public static async Task<int> RunAsync(string[] args)
    {
        int events = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1_000_000;
        string folder = Directory.CreateDirectory(Path.Combine(args.Length > 1 ? args[1] : Path.GetTempPath(), Path.GetRandomFileName())).FullName;
        try
        {
            using var key = new OneKey();
            await FillAsync(folder, key, events);
            long without = await SettledMemoryAsync();
            var watch = Stopwatch.StartNew();
            await using var ledger = new AuditLedger(new() { Folder = folder }, key);
            await ledger.OpenAsync();
            double opening = watch.Elapsed.TotalSeconds;
            long kept = await SettledMemoryAsync() - without;

            var random = new Random(1);
            double[] proofs = new double[Proofs];
            for (int i = 0; i < Proofs; i++)
            {
                long started = Stopwatch.GetTimestamp();
                await ledger.GetInclusionProofAsync(random.Next(events), events);
                proofs[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            }

            await ledger.DisposeAsync();
            watch.Restart();
            await using (var read = new AuditLedger(new() { Folder = folder, ReadAllOnOpening = true }, key))
                await read.OpenAsync();
            double reading = watch.Elapsed.TotalSeconds;
            Array.Sort(proofs);
            double slow = proofs[(int)(Proofs * 0.99)];
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{events:N0} events ({new DirectoryInfo(folder).EnumerateFiles().Sum(file => file.Length) / 1e6:N0} MB): open in {opening:F2} s (reading every event {reading:F2} s), " +
                $"{kept / 1e6:F1} MB kept ({(double)kept / events:F1} bytes an event, {(double)kept * EventsOfDocument / events:F0} a document); proof {proofs[Proofs / 2]:F2} ms, p99 {slow:F2} ms"));
            return slow <= 5 && opening <= 2 ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>What is in use once pools and finalizers have let go what they let go.</summary>
    private static async Task<long> SettledMemoryAsync()
    {
        for (int i = 0; i < 5; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
            GC.WaitForPendingFinalizers();
            await Task.Delay(TimeSpan.FromMilliseconds(200));
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private static async Task FillAsync(string folder, OneKey key, int events)
    {
        await using var ledger = new AuditLedger(new() { Folder = folder }, key);
        await LedgerAppend.FillAsync(ledger, events, i => LedgerAppend.Sample(i / EventsOfDocument));
    }
}
