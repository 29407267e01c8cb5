using MedRedact.Synthesis;

namespace MedRedact.Testing.Tests;

public sealed class BridgeTests
{
    private static readonly SyntheticRecord s_record = SyntheticRecords.Create(DocumentKind.DischargeSummary, seed: 3);
    private static readonly SyntheticPage s_page = s_record.DrawPages(new DrawOptions { Dpi = 100 })[0];
    private static readonly DocumentId s_document = new SeededIds(1).NextDocument();

    [Fact]
    public void Page_text_has_the_words_lines_and_boxes_of_the_truth()
    {
        using RecognizedPage page = s_page.ToRecognizedPage(s_document, new PageNumber(1));
        Assert.Equal(s_page.Words.Count, page.Text.Words.Length);
        Assert.Equal(s_page.Words.Select(word => word.Line).Distinct().Count(), page.Text.Layout.Lines.Length);
        string text = page.Text.Text.Read(0, static (text, _) => text.ToString());
        string[] expected = [.. s_page.Words.Select(word => word.Text)];
        Assert.Equal(expected, text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(s_page.Words[i].Box, new PixelBox(page.Text.Words[i].Box.Left, page.Text.Words[i].Box.Top, page.Text.Words[i].Box.Width, page.Text.Words[i].Box.Height));
    }

    [Fact]
    public void A_raster_holds_the_drawn_pixels()
    {
        using Raster raster = s_page.ToRaster();
        Assert.Equal((s_page.Width, s_page.Height, PixelFormat.Gray8), (raster.Width, raster.Height, raster.Format));
        Assert.True(raster.Pixels.Span.SequenceEqual(s_page.Pixels.Span));
    }

    [Fact]
    public async Task A_source_opens_again_and_again()
    {
        await using SourceDocument source = s_record.ToSource(dpi: 72);
        for (int i = 0; i < 2; i++)
        {
            await using Stream stream = await source.RevealAsync(TestContext.Current.CancellationToken);
            Assert.Equal((byte)'I', (byte)stream.ReadByte());
            Assert.True(stream.CanSeek);
        }
    }

    [Fact]
    public async Task The_truth_detector_finds_every_identifier_of_a_page()
    {
        using RecognizedPage page = s_page.ToRecognizedPage(s_document, new PageNumber(1));
        var findings = await FakePhiDetector.OfTruth(s_record).DetectAsync(PageView.Of(page), known: null, TestContext.Current.CancellationToken);
        for (int i = 0; i < s_page.Words.Count; i++)
        {
            if (s_page.Words[i].IsPhi)
                Assert.Contains(findings, finding => ((Location.Text)finding.Location).Span.Overlaps(page.Text.Words[i].Span));
        }
    }

    [Fact]
    public async Task Fakes_read_and_open_what_they_were_given_and_count()
    {
        var engine = FakeOcrEngine.ReadingText("one two\nthree");
        var reader = new FakePageReader(s_page);
        await using SourceDocument source = s_record.ToSource(dpi: 72);
        await using IPageSource pages = await reader.OpenAsync(source, reader.Inspection, TestContext.Current.CancellationToken);
        using PageImage image = await pages.OpenAsync(s_document, new PageNumber(1), RasterMemory.Shared, TestContext.Current.CancellationToken);
        using PageText text = await engine.RecognizeAsync(image, new OcrRequest(), TestContext.Current.CancellationToken);
        Assert.Equal("one two\nthree", text.Text.Read(0, static (text, _) => text.ToString()));
        Assert.Equal((1, 1), (engine.Calls, reader.Opened));
        await Assert.ThrowsAsync<PageFaultException>(async () => await pages.OpenAsync(s_document, new PageNumber(2), RasterMemory.Shared, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_faulty_sink_refuses_what_it_was_told_to()
    {
        var inner = new RecordingAuditSink();
        var sink = new FaultyAuditSink(inner, auditEvent => auditEvent.Kind == AuditKind.PageReleased);
        var actor = new ActorId("tester");
        await sink.AppendAsync(new AuditEvent(AuditKind.PageWithheld, DateTimeOffset.UnixEpoch, actor), TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<MedRedactException>(async () => await sink.AppendAsync(new AuditEvent(AuditKind.PageReleased, DateTimeOffset.UnixEpoch, actor), TestContext.Current.CancellationToken));
        Assert.Equal((1, 1), (inner.Events.Length, sink.Refused));
    }

    [Fact]
    public void Document_kinds_have_document_types() => Assert.Equal("history-and-physical", DocumentKind.HistoryAndPhysical.ToDocumentType().Value);
}
