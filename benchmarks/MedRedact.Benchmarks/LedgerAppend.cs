using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using MedRedact.Audit;
using MedRedact.Durability;

namespace MedRedact.Benchmarks;

/// <summary>Appending to the audit ledger, beside a bare loop that writes and syncs the very same batches, and beside SQLite (WAL, synchronous=FULL) that commits the same numbers of
/// rows of the same size together, in turns in one run.</summary>
/// <remarks>SQLite is spared what the ledger does besides: no producers to answer, no hashes, no checkpoints. Bounds: one producer at least 0.7 of the bare loop, 256 producers at least 0.5, and at least 50,000 events/s where the bare loop
/// does 5,000 single syncs/s. Usage: <c>ledger [events] [rounds] [folder]</c>; the folder should lie on the disk that is meant.</remarks>
internal static class LedgerAppend
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);

    public static async Task<int> RunAsync(string[] args)
    {
        int events = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 50_000;
        int rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 5;
        string folder = Directory.CreateDirectory(Path.Combine(args.Length > 2 ? args[2] : Path.GetTempPath(), Path.GetRandomFileName())).FullName;
        try
        {
            Figures one = await CompareAsync(folder, producers: 1, events / 50, rounds);
            Figures many = await CompareAsync(folder, producers: 256, events, rounds);
            return one.Ratio >= 0.7 && many.Ratio >= 0.5 && (one.BareSyncs < 5_000 || many.Rate >= 50_000) ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<Figures> CompareAsync(string folder, int producers, int events, int rounds)
    {
        List<double> ratios = [], fullRatios = [], sqlite = [], middle = [], slow = [];
        double ledgerRate = 0, bareSyncs = 0, batch = 0, cpu = 0, bytes = 0;

        // Until the runtime has compiled the way for good, it is the compiler that would be measured.
        var warming = Stopwatch.StartNew();
        for (int i = 0; warming.Elapsed < WarmUp; i++)
            await LedgerAsync(Path.Combine(folder, $"{producers}-warm-{i}"), new RecordingFiles(), producers, events);

        for (int round = 0; round < rounds; round++)
        {
            var disk = new RecordingFiles();
            Run run = await LedgerAsync(Path.Combine(folder, $"{producers}-{round}"), disk, producers, events);
            int[] batches = [.. disk.Batches];
            double same = Bare(Path.Combine(folder, "bare"), batches);
            int eventSize = (int)(batches.Sum(size => (long)size) / events);
            double full = Bare(Path.Combine(folder, "bare"), [.. Enumerable.Repeat(eventSize * producers, Math.Max(1, events / producers))]);

            double rows = LedgerSqlite.Run(Path.Combine(folder, "rows.db"), batches, eventSize);

            sqlite.Add(rows / run.Seconds);
            middle.Add(run.Median);
            slow.Add(run.Slow);
            ratios.Add(same / run.Seconds);
            fullRatios.Add(full / run.Seconds);
            ledgerRate = Math.Max(ledgerRate, events / run.Seconds);
            bareSyncs = Math.Max(bareSyncs, batches.Length / same);
            batch = (double)events / batches.Length;
            cpu = run.CpuMicroseconds / events;
            bytes = (double)run.Allocated / events;
        }

        ratios.Sort();
        fullRatios.Sort();
        double median = ratios[ratios.Count / 2];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{producers,3} producers: {ledgerRate,9:N0} events/s, {median:F2} x bare loop of the same batches (median of {ratios.Count}, {ratios[0]:F2} to {ratios[^1]:F2}; " +
            $"bare {bareSyncs:N0} syncs/s, {batch:F1} events a batch); {fullRatios[fullRatios.Count / 2]:F2} x bare batches of {producers}; " +
            $"{Bench.Median(sqlite):F2} x SQLite; acknowledged in {Bench.Median(middle):F2} ms, p99 {Bench.Median(slow):F2} ms; {cpu:F1} us CPU, {bytes:N0} bytes allocated an event"));
        return new(median, ledgerRate, bareSyncs);
    }

    private static async Task<Run> LedgerAsync(string folder, RecordingFiles disk, int producers, int events)
    {
        using var keys = new OneKey();
        await using var ledger = new AuditLedger(new() { Folder = folder }, keys, operations: disk);
        AuditEvent[] samples = [.. Enumerable.Range(0, producers).Select(Sample)];
        await Task.WhenAll(samples.Select(sample => ledger.AppendAsync(sample).AsTask()));
        disk.Batches.Clear();

        long allocated = GC.GetTotalAllocatedBytes();
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        double[][] waits = await Task.WhenAll(samples.Select(sample => Task.Run(() => ProduceAsync(ledger, sample, events / producers))));
        watch.Stop();
        double[] sorted = [.. waits.SelectMany(wait => wait).Order()];
        return new(watch.Elapsed.TotalSeconds, sorted[sorted.Length / 2], sorted[(int)(sorted.Length * 0.99)], (Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds, GC.GetTotalAllocatedBytes() - allocated);
    }

    /// <returns>How long each event waited for its receipt, in milliseconds.</returns>
    private static async Task<double[]> ProduceAsync(AuditLedger ledger, AuditEvent sample, int events)
    {
        double[] waits = new double[events];
        for (int i = 0; i < events; i++)
        {
            long started = Stopwatch.GetTimestamp();
            await ledger.AppendAsync(sample);
            waits[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }

        return waits;
    }

    /// <summary>Writes and syncs batches of these sizes, one after the other.</summary>
    private static double Bare(string path, int[] batches)
    {
        byte[] bytes = RandomNumberGenerator.GetBytes(batches.Max());
        using IFileHandle file = PhysicalFileOperations.Instance.Open(path, FileOpening.CreateNew);
        long offset = 0;
        var watch = Stopwatch.StartNew();
        foreach (int size in batches)
        {
            file.Write(bytes.AsSpan(0, size), offset);
            file.Sync();
            offset += size;
        }

        double seconds = watch.Elapsed.TotalSeconds;
        PhysicalFileOperations.Instance.Delete(path);
        return seconds;
    }

    /// <summary>Appends many events, a thousand at a time.</summary>
    internal static async Task FillAsync(AuditLedger ledger, int events, Func<int, AuditEvent> sample)
    {
        const int Producers = 1_000;
        await Task.WhenAll(Enumerable.Range(0, Producers).Select(producer => Task.Run(async () =>
        {
            for (int i = producer; i < events; i += Producers)
                await ledger.AppendAsync(sample(i));
        })));
    }

    internal static AuditEvent Sample(int producer) => new(AuditKind.PageReleased, DateTimeOffset.UnixEpoch, new ActorId("intake-service"))
    {
        Tenant = new TenantId("clinic-a"),
        Document = new DocumentId(new Guid(producer, 0, 0, new byte[8])),
        Purpose = PurposeOfUse.Treatment,
        Decision = AuditDecision.Permitted,
        PolicyHash = new PolicyHash(new Digest256(1, 2)),
        Fields = [new("page", AuditValue.Of(1)), new("findings", AuditValue.Of(12)), new("after", AuditValue.Of(new Digest256(3, 4)))],
    };

    private readonly record struct Figures(double Ratio, double Rate, double BareSyncs);

    private readonly record struct Run(double Seconds, double Median, double Slow, double CpuMicroseconds, long Allocated);

    /// <summary>The real disk, with a note of each batch that was written to a segment.</summary>
    private sealed class RecordingFiles : IFileOperations
    {
        private readonly PhysicalFileOperations _real = PhysicalFileOperations.Instance;

        public List<int> Batches { get; } = [];

        public IFileHandle Open(string path, FileOpening opening)
        {
            IFileHandle file = _real.Open(path, opening);
            return opening is FileOpening.ReadWrite ? new Recorded(file, Batches) : file;
        }

        public IDisposable Lock(string path) => _real.Lock(path);

        public bool Exists(string path) => _real.Exists(path);

        public IReadOnlyList<FileEntry> List(string directory) => _real.List(directory);

        public void CreateDirectory(string directory) => _real.CreateDirectory(directory);

        public void Rename(string source, string target, bool replace) => _real.Rename(source, target, replace);

        public void Delete(string path) => _real.Delete(path);

        public void SyncDirectory(string directory) => _real.SyncDirectory(directory);
    }

    private sealed class Recorded(IFileHandle file, List<int> batches) : IFileHandle
    {
        public long Length => file.Length;

        public int Read(Span<byte> buffer, long offset) => file.Read(buffer, offset);

        public void Write(ReadOnlySpan<byte> bytes, long offset)
        {
            batches.Add(bytes.Length);
            file.Write(bytes, offset);
        }

        public void SetLength(long length) => file.SetLength(length);

        public void Sync() => file.Sync();

        public void Dispose() => file.Dispose();
    }
}
