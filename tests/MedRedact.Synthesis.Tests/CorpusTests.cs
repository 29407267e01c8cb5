using System.Text.Json;
using BitMiracle.LibTiff.Classic;

namespace MedRedact.Synthesis.Tests;

public sealed class CorpusTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("synthesis-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Images_and_truth_stand_side_by_side()
    {
        IReadOnlyList<string> images = await SyntheticCorpus.WriteAsync(_folder, [DocumentKind.LabReport, DocumentKind.Consent], count: 3, seed: 40,
            new CorpusOptions { Dpi = 100 }, TestContext.Current.CancellationToken);
        Assert.Equal(["001-lab-report.png", "002-consent.png", "003-lab-report.png"], images.Select(Path.GetFileName));
        Assert.All(images, image => Assert.Equal([0x89, 0x50, 0x4E, 0x47], File.ReadAllBytes(image)[..4]));

        using JsonDocument truth = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(_folder, "001-lab-report.json"), TestContext.Current.CancellationToken));
        string text = await File.ReadAllTextAsync(Path.Combine(_folder, "001-lab-report.txt"), TestContext.Current.CancellationToken);
        Assert.All(truth.RootElement.GetProperty("spans").EnumerateArray(), span =>
            Assert.Equal(span.GetProperty("text").GetString(), text[span.GetProperty("start").GetInt32()..span.GetProperty("end").GetInt32()]));
        Assert.Equal(850, truth.RootElement.GetProperty("pages")[0].GetProperty("width").GetInt32());
        Assert.Equal(3, (await File.ReadAllLinesAsync(Path.Combine(_folder, "truth.jsonl"), TestContext.Current.CancellationToken)).Length);
    }

    [Fact]
    public async Task A_tiff_holds_every_page_of_its_document_in_group_4()
    {
        int seed = Enumerable.Range(0, 50).First(seed => SyntheticRecords.Create(DocumentKind.HistoryAndPhysical, seed).PageCount == 2);
        IReadOnlyList<string> images = await SyntheticCorpus.WriteAsync(_folder, [DocumentKind.HistoryAndPhysical], count: 1, seed,
            new CorpusOptions { Dpi = 100, Format = CorpusFormat.TiffG4 }, TestContext.Current.CancellationToken);
        using Tiff tiff = Tiff.Open(Assert.Single(images), "r");
        Assert.Equal(2, tiff.NumberOfDirectories());
        Assert.Equal((int)Compression.CCITTFAX4, tiff.GetField(TiffTag.COMPRESSION)[0].ToInt());
        Assert.Equal(850, tiff.GetField(TiffTag.IMAGEWIDTH)[0].ToInt());

        // The ink comes back: decoded rows hold as many dark pixels as the drawn page.
        SyntheticPage page = SyntheticRecords.Create(DocumentKind.HistoryAndPhysical, seed).DrawPages(new DrawOptions { Dpi = 100 })[0];
        int expected = page.Pixels.ToArray().Count(pixel => pixel < 128), found = 0;
        var row = new byte[tiff.ScanlineSize()];
        for (int y = 0; y < page.Height; y++)
        {
            Assert.True(tiff.ReadScanline(row, y));
            found += row.Sum(bits => System.Numerics.BitOperations.PopCount(bits));
        }

        Assert.Equal(expected, found);
    }

    [Fact]
    public async Task Jpeg_files_are_jpeg()
    {
        IReadOnlyList<string> images = await SyntheticCorpus.WriteAsync(_folder, [DocumentKind.InsuranceCard], count: 1, seed: 1,
            new CorpusOptions { Dpi = 100, Format = CorpusFormat.Jpeg, Grade = ScanGrade.Named("telephone")! }, TestContext.Current.CancellationToken);
        Assert.Equal([0xFF, 0xD8], (await File.ReadAllBytesAsync(Assert.Single(images), TestContext.Current.CancellationToken))[..2]);
    }
}
