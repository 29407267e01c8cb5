using System.Diagnostics;
using System.Text;
using System.Text.Json;
using MedRedact.Documents.Images;
using MedRedact.Documents.Pdf;
using MedRedact.EndToEnd.Tests.Tool;
using MedRedact.Synthesis;
using Microsoft.Extensions.Options;

namespace MedRedact.EndToEnd.Tests;

public sealed class PdfTests
{
    // No pixel of the scan shows this name: only the text layer that some OCR program put under it.
    private const string Hidden = "Patient Name: Quillfeather Ambrose\nSSN: 536-22-8726";

    public PdfTests()
    {
        bool isThere = PopplerEnvironment.Missing().IsEmpty;
        if (!isThere && Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail("poppler-utils is not installed.");
        Assert.SkipUnless(isThere, "poppler-utils is not installed.");
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_scanned_PDF_comes_out_clean_with_what_only_its_hidden_text_names()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder["scan.pdf"], await ScanAsync(Samples.Png(DocumentKind.Prescription, 61)), Cancel);
        ToolResult ingested = await MedRedactTool.RunAsync(["ingest", folder["scan.pdf"], "--out", folder["out"], "--home", folder["home"], "--pdf", "--json"]);
        Assert.True(ingested.ExitCode == 0, ingested.Output + ingested.Errors);
        string document = ingested.Lines[0].GetProperty("document").GetString()!;

        using JsonDocument manifest = JsonDocument.Parse(await File.ReadAllBytesAsync(folder[$"out/{document}/manifest.json"], Cancel));
        Assert.Equal("application/pdf", manifest.RootElement.GetProperty("source").GetProperty("mediaType").GetString());
        JsonElement page = Assert.Single(manifest.RootElement.GetProperty("pages").EnumerateArray());
        Assert.True(page.GetProperty("nativeText").GetProperty("nativeOnly").GetInt32() >= 4);
        Assert.Contains(page.GetProperty("findings").EnumerateArray(), finding => finding.GetProperty("category").GetString() == "safe-harbor:ssn");

        string clean = folder[$"out/{document}/document.pdf"];
        string text = await ToTextAsync(clean), raw = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(clean, Cancel));
        Assert.NotEqual("", text.Trim());
        Assert.All((string[])["Quillfeather", "Ambrose", "536-22-8726"], secret => Assert.DoesNotContain(secret, text + raw, StringComparison.OrdinalIgnoreCase));
        Assert.Equal(0, (await MedRedactTool.RunAsync(["audit", "verify", folder["out"], "--home", folder["home"]])).ExitCode);
    }

    [Fact]
    public async Task A_PDF_that_needs_a_password_is_rejected_and_says_so()
    {
        using var folder = new TemporaryFolder();
        string file = "%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\ntrailer\n<< /Root 1 0 R /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 "
            + $"/O <{new string('A', 64)}> /U <{new string('B', 64)}> >> >>\n";
        await File.WriteAllTextAsync(folder["locked.pdf"], file, Cancel);
        ToolResult result = await MedRedactTool.RunAsync(["ingest", folder["locked.pdf"], "--out", folder["out"], "--home", folder["home"], "--json"]);
        Assert.Equal(1, result.ExitCode);
        Assert.Equal(PdfFaults.PasswordNeeded, Assert.Single(result.Lines).GetProperty("code").GetString());
    }

    /// <summary>The page as a PDF, with hidden text that belongs to another.</summary>
    private static async Task<byte[]> ScanAsync(byte[] drawn)
    {
        var reader = new ImagePageReader(Options.Create(new ImageDocumentOptions()));
        await using SourceDocument source = SourceDocument.FromOpener(_ => ValueTask.FromResult<Stream>(new MemoryStream(drawn)));
        await using IPageSource pages = await reader.OpenAsync(source, await reader.InspectAsync(source, new PipelineLimits(), Cancel), Cancel);
        using PageImage page = await pages.OpenAsync(DocumentId.Create(TimeProvider.System), new PageNumber(1), RasterMemory.Shared, Cancel);
        using var png = new MemoryStream();
        await new PngRasterEncoder().EncodeAsync(page.Reveal(), png, Cancel);
        using var pdf = new MemoryStream();
        var writer = new CleanPdfWriter(pdf);
        await writer.AddPageAsync(png.ToArray(), Hidden, Cancel);
        await writer.CompleteAsync(Cancel);
        return pdf.ToArray();
    }

    private static async Task<string> ToTextAsync(string path)
    {
        using Process process = Process.Start(new ProcessStartInfo("pdftotext", [path, "-"]) { RedirectStandardOutput = true })!;
        string text = await process.StandardOutput.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        return text;
    }
}
