using System.Buffers.Binary;
using System.Text;

namespace MedRedact.Documents.Pdf.Tests;

/// <summary>The PDF of clean pages holds clean pixels and clean text, and nothing else.</summary>
public sealed class CleanPdfWriterTests
{
    private const string Text = "[NAME] was seen\n\nBlood pressure 130/85 (sitting) \\ café – \u0394 normal";

    [Fact]
    public async Task Its_pages_read_back_as_the_pixels_and_the_text_that_went_in()
    {
        Reading.NeedsPoppler();
        byte[] gray = new byte[660 * 500];
        new Random(3).NextBytes(gray);
        byte[] file = await WriteAsync((Png(660, 500, 0, gray), Text), (Png(640, 480, 2, new byte[640 * 480 * 3]), ""));
        using PageImage first = await Reading.PageAsync(file), second = await Reading.PageAsync(file, page: 2);
        Assert.True(first.Reveal().Pixels.Span.SequenceEqual(gray));
        Assert.Equal(new PageSize(640, 480), second.OriginalSize);
        Assert.Equal(Text.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries), Reading.TextOf(first.NativeText).Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
        Assert.Null(second.NativeText);
    }

    [Fact]
    public async Task Every_character_is_equally_wide_and_every_line_begins_at_the_margin()
    {
        Reading.NeedsPoppler();
        byte[] gray = new byte[300 * 200];
        using PageImage page = await Reading.PageAsync(await WriteAsync((Png(300, 200, 0, gray), "iiiiiiiiiiiiiiiiiiii\nWWWWWWWWWWWWWWWWWWWW")));
        Assert.Equal(2, page.NativeText!.Words.Length);
        Assert.Equal(page.NativeText.Words[0].Box.Width, page.NativeText.Words[1].Box.Width);
        Assert.Equal(page.NativeText.Words[0].Box.Left, page.NativeText.Words[1].Box.Left);
    }

    [Fact]
    public async Task The_same_pages_give_the_same_bytes_that_end_with_the_end()
    {
        byte[] png = Png(20, 30, 0, new byte[600]);
        byte[] first = await WriteAsync((png, Text)), second = await WriteAsync((png, Text));
        Assert.True(first.AsSpan().SequenceEqual(second));
        Assert.True(first.AsSpan().EndsWith("%%EOF\n"u8));
        Assert.Equal(1, Encoding.Latin1.GetString(first).Split("%%EOF").Length - 1);
    }

    [Fact]
    public async Task It_holds_no_metadata_no_actions_and_no_glyph_positions()
    {
        byte[] file = await WriteAsync((Png(20, 30, 0, new byte[600]), Text));
        Assert.Empty(PdfStructure.Walk(file, 10).LeftBehind);
        string text = Encoding.Latin1.GetString(file);
        Assert.All((string[])["/Info", "/ID", "/Metadata", "/Annots", "/FontFile", " TJ", "/Producer", "/CreationDate"], word => Assert.DoesNotContain(word, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Characters_without_a_code_become_question_marks_and_break_nothing()
    {
        Reading.NeedsPoppler();
        string many = string.Concat(Enumerable.Range(0x0400, 200).Select(value => (char)value));
        using PageImage page = await Reading.PageAsync(await WriteAsync((Png(300, 200, 0, new byte[60000]), many)));
        Assert.StartsWith("\u0400\u0401\u0402", Reading.TextOf(page.NativeText), StringComparison.Ordinal);
        Assert.EndsWith("???", Reading.TextOf(page.NativeText), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tEXt")]
    [InlineData("eXIf")]
    [InlineData("iCCP")]
    public async Task An_image_with_more_than_pixels_is_refused(string chunk)
    {
        byte[] png = Png(20, 30, 0, new byte[600]);
        byte[] with = [.. png[..33], .. Chunk(chunk, "hidden"u8.ToArray()), .. png[33..]];
        var fault = await Assert.ThrowsAsync<MedRedactException>(async () => await WriteAsync((with, "")));
        Assert.Equal(PdfFaults.NotCleanImage, fault.Code.Value);
        fault = await Assert.ThrowsAsync<MedRedactException>(async () => await WriteAsync(([.. png, 0], "")));
        Assert.Equal(PdfFaults.NotCleanImage, fault.Code.Value);
    }

    private static async Task<byte[]> WriteAsync(params (byte[] Png, string Text)[] pages)
    {
        using var file = new MemoryStream();
        var writer = new CleanPdfWriter(file);
        foreach ((byte[] png, string text) in pages)
            await writer.AddPageAsync(png, text, TestContext.Current.CancellationToken);
        await writer.CompleteAsync(TestContext.Current.CancellationToken);
        return file.ToArray();
    }

    private static byte[] Png(int width, int height, byte colour, byte[] samples)
    {
        int row = samples.Length / height;
        byte[] rows = [.. Enumerable.Range(0, height).SelectMany(y => (byte[])[0, .. samples.AsSpan(y * row, row)])];
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, colour);
        return [0x89, .. "PNG\r\n\u001A\n"u8, .. Chunk("IHDR", header), .. Chunk("IDAT", PdfFiles.Deflate(rows)), .. Chunk("IEND", [])];
    }

    private static byte[] Chunk(string type, byte[] body)
    {
        byte[] length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, body.Length);
        return [.. length, .. Encoding.ASCII.GetBytes(type), .. body, 0, 0, 0, 0];
    }
}
