using System.Diagnostics;
using System.Globalization;
using MedRedact.Audit;

namespace MedRedact.Benchmarks;

/// <summary>Finding a document's events in a ledger by its index, beside reading all of the ledger: with proof and without. In turns in one run; the events found must be the same.</summary>
/// <remarks>Bound: with a ready index at least ten times as fast as the search that reads and proves everything. Usage: <c>ledger-search [events] [rounds] [folder]</c>.</remarks>
internal static class LedgerSearch
{
    private const int EventsOfDocument = 100;

    public static async Task<int> RunAsync(string[] args)
    {
        int events = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1_000_000;
        int rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 5;
        string folder = Directory.CreateDirectory(Path.Combine(args.Length > 2 ? args[2] : Path.GetTempPath(), Path.GetRandomFileName())).FullName;
        try
        {
            return await CompareAsync(Path.Combine(folder, "ledger"), Path.Combine(folder, "index"), events, rounds);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<int> CompareAsync(string ledger, string index, int events, int rounds)
    {
        VerifierKey[] keys = await FillAsync(ledger, events);
        int documents = Math.Max(1, events / EventsOfDocument);
        (_, double making) = await TimedAsync(() => FindAsync(ledger, index, keys, Document(0)));
        List<double> overProved = [], overRead = [], indexed = [];
        for (int round = 0; round < rounds; round++)
        {
            DocumentId document = Document(round * 7919 % documents);
            (int byIndex, double fast) = await TimedAsync(() => FindAsync(ledger, index, keys, document));
            (int byProof, double proved) = await TimedAsync(() => FindAsync(ledger, null, keys, document));
            (int byReading, double read) = await TimedAsync(() => ReadAsync(ledger, document));
            if (byIndex != byProof || byIndex != byReading || byIndex == 0)
                throw new InvalidOperationException("The ways found different events.");
            indexed.Add(fast);
            overProved.Add(proved / fast);
            overRead.Add(read / fast);
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{events:N0} events, {EventsOfDocument} of the document: by the index {Bench.Median(indexed) * 1000:F0} ms, {Bench.Median(overProved):F0} x as fast as reading and proving all, " +
            $"{Bench.Median(overRead):F0} x as fast as reading all without proof (medians of {rounds}); making the index {making / Bench.Median(indexed):F0} x one search; " +
            $"index {Size(index) / 1e6:F1} MB, ledger {Size(ledger) / 1e6:F1} MB"));
        return Bench.Median(overProved) >= 10 ? 0 : 1;
    }

    private static async Task<VerifierKey[]> FillAsync(string folder, int events)
    {
        using var key = new OneKey();
        await using var ledger = new AuditLedger(new() { Folder = folder, Origin = "bench.example/audit" }, key);
        int documents = Math.Max(1, events / EventsOfDocument);
        await LedgerAppend.FillAsync(ledger, events, i => LedgerAppend.Sample(0) with { Document = Document(i % documents) });
        return [VerifierKey.Create("bench.example/audit", key.PublicKey)];
    }

    private static async Task<int> FindAsync(string ledger, string? index, VerifierKey[] keys, DocumentId document)
    {
        AuditLedgerIndex opened = await AuditLedgerIndex.OpenAsync(ledger, index, keys);
        int found = 0;
        await foreach (AuditMatch _ in opened.SearchAsync(new() { Document = document }))
            found++;
        return found;
    }

    private static async Task<int> ReadAsync(string ledger, DocumentId document)
    {
        int found = 0;
        await foreach (AuditRecord record in AuditLedgerReader.ReadAsync(ledger))
            found += record.Document == document ? 1 : 0;
        return found;
    }

    private static async Task<(int Found, double Seconds)> TimedAsync(Func<Task<int>> run)
    {
        var watch = Stopwatch.StartNew();
        int found = await run();
        return (found, watch.Elapsed.TotalSeconds);
    }

    private static double Size(string folder) => new DirectoryInfo(folder).EnumerateFiles().Sum(file => file.Length);

    private static DocumentId Document(int number) => new(new Guid(number, 1, 0, new byte[8]));
}
