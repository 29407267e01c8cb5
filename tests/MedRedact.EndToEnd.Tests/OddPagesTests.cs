using System.Text.Json;
using MedRedact.EndToEnd.Tests.Tool;
using MedRedact.Ocr.Tesseract;
using MedRedact.Synthesis;
using SkiaSharp;

namespace MedRedact.EndToEnd.Tests;

/// <summary>Pages that no engine reads as people do: nothing on them may leave because nobody saw it.</summary>
public sealed class OddPagesTests
{
    private const int Seen = 900;

    [Fact]
    public async Task What_is_written_so_that_no_engine_reads_it_does_not_leave()
    {
        TesseractProgram reader = await OtherReaderAsync();
        SyntheticPage plain = Page(DocumentKind.DischargeSummary, 9_301), sheet = Page(DocumentKind.EmergencyFaceSheet, 9_302), report = Page(DocumentKind.LabReport, 9_312);
        int width = plain.Width, height = plain.Height - Seen;
        (string Name, SyntheticPage Hidden, Func<byte[], byte[]> There, Func<byte[], byte[]> Back)[] ways =
        [
            ("report sideways", report, pixels => Turned(pixels, width, height), pixels => TurnedBack(pixels, width, height)),
            ("sideways", sheet, pixels => Turned(pixels, width, height), pixels => TurnedBack(pixels, width, height)),
            ("mirrored", sheet, pixels => Mirrored(pixels, width), pixels => Mirrored(pixels, width)),
            ("upside-down", sheet, pixels => [.. pixels.Reverse()], pixels => [.. pixels.Reverse()]),
            ("white-on-black", sheet, Negative, Negative),
            ("upside-down beside print", sheet, pixels => Beside(plain, [.. pixels.Reverse()], width, height), pixels => [.. RightHalf(pixels, width).Reverse()]),
            ("small", sheet, pixels => Shrunk(pixels, width, height), pixels => Enlarged(pixels, width, height)),
        ];
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["in"]);
        for (int i = 0; i < ways.Length; i++)
            await WriteAsync(folder[$"in/{i}.png"], Samples.GreyPng([.. plain.Pixels[..(width * Seen)].ToArray(), .. ways[i].There(ways[i].Hidden.Pixels[..(width * height)].ToArray())], width, Seen + height));

        ToolResult result = await MedRedactTool.RunAsync(["ingest", folder["in"], "--home", folder["home"], "--out", folder["out"], "--jobs", "2", "--json"]);
        Assert.Equal(ways.Length, result.Lines.Count);
        var left = new List<string>();
        foreach (JsonElement line in result.Lines.Where(line => line.GetProperty("verdict").GetString() == "Released"))
        {
            (string name, SyntheticPage hidden, _, Func<byte[], byte[]> back) = ways[line.GetProperty("index").GetInt32()];
            using SKBitmap page = SKBitmap.Decode(Directory.GetFiles(line.GetProperty("out").GetString()!, "page-*.png").Single());
            byte[] pixels = [.. from y in Enumerable.Range(0, page.Height) from x in Enumerable.Range(0, page.Width) select page.GetPixel(x, y).Green];
            left.AddRange(Readable(plain, Seen, await ReadAsync(reader, pixels[..(width * Seen)], width, Seen)).Select(category => $"print above {name}: {category}"));
            left.AddRange(Readable(hidden, height, await ReadAsync(reader, back(pixels[(width * Seen)..]), width, height)).Select(category => $"{name}: {category}"));
        }

        Assert.Empty(left);
    }

    [Fact]
    public async Task Pages_without_text_get_a_verdict()
    {
        const int Width = 1700, Height = 2200;
        var random = new Random(9_303);
        var noise = new byte[Width * Height];
        random.NextBytes(noise);
        (string Name, byte[] File)[] pages =
        [
            ("all-white", Samples.GreyPng([.. Enumerable.Repeat((byte)255, Width * Height)], Width, Height)),
            ("all-black", Samples.GreyPng(new byte[Width * Height], Width, Height)),
            ("one-pixel", Samples.GreyPng([255], 1, 1)),
            ("noise", Samples.GreyPng(noise, Width, Height)),
            ("four-hundred-thousand-dots", Samples.GreyPng([.. Enumerable.Range(0, Width * Height).Select(at => (at / Width % 3 == 0 && at % Width % 3 == 0) ? (byte)0 : (byte)255)], Width, Height)),
        ];
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["in"]);
        for (int i = 0; i < pages.Length; i++)
            await WriteAsync(folder[$"in/{i}.png"], pages[i].File);

        ToolResult result = await MedRedactTool.RunAsync(["ingest", folder["in"], "--home", folder["home"], "--out", folder["out"], "--jobs", "2", "--json"]);
        Assert.Equal(pages.Length, result.Lines.Count);
        foreach (JsonElement line in result.Lines)
        {
            string verdict = line.GetProperty("verdict").GetString()!;
            Assert.Contains(verdict, (string[])["Released", "HeldForReview", "Withheld", "Rejected"]);
            if (verdict != "Released")
                Assert.StartsWith("MR-", line.GetProperty("code").GetString(), StringComparison.Ordinal);
        }
    }

    /// <summary>The categories of the identifiers in the upper part of a page that are read, but for words that the page says of nobody too.</summary>
    private static IEnumerable<string> Readable(SyntheticPage page, int height, string read) =>
        from word in page.Words
        where word.IsPhi && word.Text.Length >= 5 && word.Box.Top + word.Box.Height < height && read.Contains(word.Text, StringComparison.OrdinalIgnoreCase)
            && !page.Words.Any(other => !other.IsPhi && other.Text.Contains(word.Text, StringComparison.OrdinalIgnoreCase))
        select $"{word.Category}";

    private static SyntheticPage Page(DocumentKind kind, int seed) => SyntheticRecords.Create(kind, seed).DrawPages()[0];

    private static Task WriteAsync(string path, byte[] file) => File.WriteAllBytesAsync(path, file, TestContext.Current.CancellationToken);

    private static byte[] Negative(byte[] pixels) => [.. pixels.Select(pixel => (byte)~pixel)];

    private static byte[] Mirrored(byte[] pixels, int width) => [.. pixels.Chunk(width).SelectMany(row => row.Reverse())];

    /// <summary>A quarter turn of the square at the top left; the rest stays white.</summary>
    private static byte[] Turned(byte[] pixels, int width, int height) => Square(width, height, (x, y, side) => pixels[((side - 1 - x) * width) + y]);

    private static byte[] TurnedBack(byte[] pixels, int width, int height) => Square(width, height, (x, y, side) => pixels[(x * width) + side - 1 - y]);

    private static byte[] Square(int width, int height, Func<int, int, int, byte> pixel)
    {
        int side = Math.Min(width, height);
        return [.. Enumerable.Range(0, width * height).Select(at => at % width < side && at / width < side ? pixel(at % width, at / width, side) : (byte)255)];
    }

    /// <summary>Print that stands as it should in the left half, the right half of the other in the right one.</summary>
    private static byte[] Beside(SyntheticPage plain, byte[] other, int width, int height)
    {
        ReadOnlySpan<byte> print = plain.Pixels.Span[(width * Seen)..];
        byte[] both = other[..];
        for (int y = 0; y < height; y++)
            print.Slice(y * width, width / 2).CopyTo(both.AsSpan(y * width));
        return both;
    }

    private static byte[] RightHalf(byte[] pixels, int width) => [.. pixels.Select((pixel, at) => at % width < width / 2 ? (byte)255 : pixel)];

    /// <summary>Print of half the size.</summary>
    private static byte[] Shrunk(byte[] pixels, int width, int height) => [.. Enumerable.Range(0, width * height).Select(at =>
    {
        (int x, int y) = (at % width * 2, at / width * 2);
        return x + 1 < width && y + 1 < height
            ? (byte)((pixels[(y * width) + x] + pixels[(y * width) + x + 1] + pixels[((y + 1) * width) + x] + pixels[((y + 1) * width) + x + 1]) / 4)
            : (byte)255;
    })];

    private static byte[] Enlarged(byte[] pixels, int width, int height) =>
        [.. Enumerable.Range(0, width * height).Select(at => pixels[(at / width / 2 * width) + (at % width / 2)])];

    private static async Task<TesseractProgram> OtherReaderAsync()
    {
        TesseractProgram? program = await TesseractProgram.FindAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.False(program is null && Environment.GetEnvironmentVariable("CI") == "true", "CI lacks the tesseract program.");
        Assert.SkipWhen(program is null, "Not installed here: the tesseract program.");
        return program!;
    }

    private static async Task<string> ReadAsync(TesseractProgram reader, byte[] pixels, int width, int height)
    {
        Raster raster = RasterMemory.Shared.Allocate(PixelFormat.Gray8, width, height, new Dpi(200, false));
        for (int y = 0; y < height; y++)
            pixels.AsSpan(y * width, width).CopyTo(raster.WritablePixels.Span[(y * raster.Stride)..]);
        using PageImage page = PageImage.Create(DocumentId.Create(TimeProvider.System), new PageNumber(1), raster);
        using PageText text = await reader.RecognizeAsync(page, new OcrRequest(), TestContext.Current.CancellationToken);
        return text.Text.Read(0, static (characters, _) => characters.ToString());
    }
}
