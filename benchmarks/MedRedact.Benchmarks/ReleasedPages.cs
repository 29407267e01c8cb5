using System.Globalization;
using System.Text.Json;
using MedRedact.Storage;
using MedRedact.Synthesis;
using Microsoft.Extensions.DependencyInjection;

namespace MedRedact.Benchmarks;

/// <summary>What a foreign reader, the <c>tesseract</c> command, still reads on released pages: identifiers should be gone, other words should still be there.</summary>
/// <remarks>Positional and strict: an identifier's word counts as readable when the same characters are read where it stood, and a value also when it
/// stands anywhere in the clean text. Seeds are drawn from a range that no test and no training uses.</remarks>
internal static class ReleasedPages
{
    public static async Task<int> RunAsync(string[] args)
    {
        int perKind = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 3;
        int seed = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 700_000;
        string wear = args.Length > 2 ? args[2] : "none";
        await using Bench bench = Bench.Start(pagesInFlight: Environment.ProcessorCount);
        var total = new ReleaseTally();
        foreach (DocumentKind kind in Enum.GetValues<DocumentKind>())
        {
            var tally = new ReleaseTally();
            for (int i = 0; i < perKind; i++)
                await MeasureAsync(bench, SyntheticRecords.Create(kind, seed + i), WearOf(wear), tally);
            Console.WriteLine($"{kind,-30} {tally}");
            total.Add(tally);
        }

        Console.WriteLine($"{"all",-30} {total}");
        foreach ((string category, int missed) in total.MissedByCategory.OrderByDescending(item => item.Value))
            Console.WriteLine($"  still readable: {category,-24} {missed}");
        foreach ((string cause, int lost) in total.LostByCause.OrderByDescending(item => item.Value))
            Console.WriteLine($"  other words lost under: {cause,-40} {lost}");
        return 0;
    }

    private static Degradation WearOf(string name) => name switch
    {
        "scan" => Degradation.Scan,
        "fax" => Degradation.Fax,
        "photocopy" => Degradation.Photocopy,
        "phone" => Degradation.Phone,
        _ => Degradation.None,
    };

    private static async Task MeasureAsync(Bench bench, SyntheticRecord record, Degradation wear, ReleaseTally tally)
    {
        IReadOnlyList<SyntheticPage> pages = record.DrawPages();
        if (wear != Degradation.None)
            pages = [.. pages.Select(page => page.Degrade(wear, record.Seed))];
        byte[] document = pages.Count == 1 ? pages[0].PngBytes.ToArray() : PageFiles.TiffG4(pages);
        IngestionReport report = await bench.IngestAsync(document);
        tally.Document(report);
        if (report.Verdict != DocumentVerdict.Released)
            return;

        var store = bench.Services.GetRequiredService<EncryptedFileStore>();
        for (int number = 1; number <= pages.Count; number++)
        {
            byte[] image = await ReadAsync(store, report.Document, $"page-{number:0000}.png");
            string text = System.Text.Encoding.UTF8.GetString(await ReadAsync(store, report.Document, $"page-{number:0000}.txt"));
            await tally.PageAsync(record, pages[number - 1], image, text, await MarksAsync(store, report.Document, number));
        }
    }

    /// <summary>Category and boxes of everything painted on a page, from the manifest.</summary>
    private static async Task<IReadOnlyList<(string Category, Box Box)>> MarksAsync(EncryptedFileStore store, DocumentId document, int page)
    {
        using JsonDocument manifest = JsonDocument.Parse(await ReadAsync(store, document, "manifest.json", StorageZone.Structured));
        return
        [
            .. from finding in manifest.RootElement.GetProperty("pages")[page - 1].GetProperty("findings").EnumerateArray()
               from box in finding.GetProperty("boxes").EnumerateArray()
               select (
                   finding.GetProperty("category").GetString()! + " " + finding.GetProperty("rule").GetString(),
                   new Box(box[0].GetInt32(), box[1].GetInt32(), box[2].GetInt32(), box[3].GetInt32())),
        ];
    }

    private static async Task<byte[]> ReadAsync(EncryptedFileStore store, DocumentId document, string name, StorageZone zone = StorageZone.Redacted)
    {
        await using Stream artefact = await store.ReadArtifactAsync(document, Bench.Tenant, zone, new ObjectName(name))
            ?? throw new InvalidOperationException("An artefact is missing.");
        using var content = new MemoryStream();
        await artefact.CopyToAsync(content);
        return content.ToArray();
    }
}
