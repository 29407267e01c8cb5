using MedRedact.Evaluation;
using MedRedact.Synthesis;

namespace MedRedact.Core.Tests.Evaluation;

public sealed class GoldCorpusReaderTests : IDisposable
{
    private const string Secret = "Quillfeather";
    private readonly MadeCorpus _corpus = new();

    public void Dispose() => _corpus.Dispose();

    [Theory]
    [InlineData(CorpusFormat.Png, 2)]
    [InlineData(CorpusFormat.TiffGrey, 1)]
    [InlineData(CorpusFormat.Pdf, 1)]
    public async Task What_is_written_is_read_again(CorpusFormat format, int files)
    {
        int seed = Enumerable.Range(0, 60).First(seed => SyntheticRecords.Create(DocumentKind.HistoryAndPhysical, seed).PageCount == 2);
        await SyntheticCorpus.WriteAsync(_corpus.Folder, [DocumentKind.HistoryAndPhysical], 1, seed,
            new CorpusOptions { Dpi = 72, Format = format, Grade = ScanGrade.Named("fax")! }, TestContext.Current.CancellationToken);
        GoldCorpus corpus = await GoldCorpusReader.ReadAsync(_corpus.Folder, TestContext.Current.CancellationToken);
        GoldRecord gold = Assert.Single(corpus.Records);
        Assert.Equal(("fax", true, "history-and-physical", files), (corpus.Grade, corpus.IsSynthetic, gold.Kind, gold.Files.Length));

        SyntheticRecord record = SyntheticRecords.Create(DocumentKind.HistoryAndPhysical, seed);
        SyntheticPage[] drawn = [.. record.DrawPages(new DrawOptions { Dpi = 72 }).Select(page => page.Degrade(Degradation.Fax, seed))];
        GoldPage[] pages = [.. gold.Files.SelectMany(file => file.Pages)];
        Assert.Equal(drawn.Select(page => new PageSize(page.Width, page.Height)), pages.Select(page => page.Size));
        Assert.Equal(
            drawn.SelectMany(page => page.Words).Select(word => (word.Text, new Box(word.Box.Left, word.Box.Top, word.Box.Width, word.Box.Height), word.IsPhi, word.Category)),
            pages.SelectMany(page => page.Words).Select(word => (word.Text.Reveal(), word.Box, word.IsPhi, word.Category?.Name)));
        Assert.Equal(
            record.Spans.Where(span => span.IsPhi).Select(span => (span.Value, span.Category)),
            pages.SelectMany(page => page.Identifiers).Select(identifier => (identifier.Value.Reveal(), identifier.Category.Name)));
        Assert.All(gold.Files, file => Assert.True(File.Exists(file.Path.Reveal())));
    }

    [Theory]
    [InlineData("\"grade\": \"clean\"", "\"grade\": \"Mr. Quillfeather was seen\"")]
    [InlineData("\"version\": 1", "\"version\": 2")]
    [InlineData("\"medredact.corpus\"", "\"other\"")]
    [InlineData("\"001-insurance-card\"", "\"../Quillfeather\"")]
    [InlineData("\"documents\"", "\"papers\"")]
    public Task A_list_of_another_shape_is_refused(string was, string becomes) => RefusedAsync("corpus.json", was, becomes, EvaluationFaults.CorpusShape);

    [Theory]
    [InlineData("\"kind\":\"insurance-card\"", "\"kind\":\"Quillfeather's card\"")]
    [InlineData("\"file\":\"001-insurance-card.png\"", "\"file\":\"/etc/Quillfeather\"")]
    [InlineData("\"words\":", "\"Quillfeather\":")]
    [InlineData("\"label\":\"name\"", "\"label\":\"Quillfeather\"")]
    [InlineData("\"phi\":true,\"label\":\"name\"", "\"phi\":true,\"label\":null")]
    [InlineData("\"width\":", "\"breadth\":")]
    public Task A_truth_file_of_another_shape_is_refused(string was, string becomes) => RefusedAsync("001-insurance-card.json", was, becomes, EvaluationFaults.CorpusShape);

    [Fact]
    public Task A_truth_file_that_is_not_there_is_named_by_its_number() => RefusedAsync("corpus.json", "\"001-insurance-card\"", "\"Quillfeather\"", EvaluationFaults.CorpusUnreadable);

    [Fact]
    public async Task A_folder_that_is_no_corpus_is_refused() => Assert.Equal(
        EvaluationFaults.CorpusUnreadable,
        (await Assert.ThrowsAsync<MedRedactException>(() => GoldCorpusReader.ReadAsync(_corpus.Folder, TestContext.Current.CancellationToken))).Code);

    [Fact]
    public async Task A_corpus_that_does_not_say_so_is_not_synthetic()
    {
        await _corpus.WriteAsync();
        await ReplaceAsync("corpus.json", "  \"synthetic\": true,\n", "");
        Assert.False((await GoldCorpusReader.ReadAsync(_corpus.Folder, TestContext.Current.CancellationToken)).IsSynthetic);
    }

    private async Task RefusedAsync(string file, string was, string becomes, FaultCode code)
    {
        await _corpus.WriteAsync();
        await ReplaceAsync(file, was, becomes);
        var fault = await Assert.ThrowsAsync<MedRedactException>(() => GoldCorpusReader.ReadAsync(_corpus.Folder, TestContext.Current.CancellationToken));
        Assert.Equal(code, fault.Code);
        Assert.DoesNotContain(Secret, fault.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    private async Task ReplaceAsync(string file, string was, string becomes)
    {
        string path = Path.Combine(_corpus.Folder, file), text = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        Assert.Contains(was, text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(path, text.Replace(was, becomes, StringComparison.Ordinal), TestContext.Current.CancellationToken);
    }
}
