using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace MedRedact.Synthesis;

/// <summary>Writes a PDF 1.4 of scanned pages: a catalogue, and for each page its picture and the one operator that draws it over the whole page.</summary>
/// <remarks>Drawing libraries embed dates, producers and pictures that they have encoded anew; here the pixels are the ones that the truth is about.</remarks>
internal static class PdfPages
{
    private const int ObjectsAPage = 3;

    public static byte[] Write(IReadOnlyList<SyntheticPage> pages)
    {
        ArgumentNullException.ThrowIfNull(pages);
        using var file = new MemoryStream();
        var offsets = new List<long>();
        Print(file, "%PDF-1.4\n");
        Object(file, offsets, "<< /Type /Catalog /Pages 2 0 R >>");
        Object(file, offsets, $"<< /Type /Pages /Count {pages.Count} /Kids [{string.Join(' ', pages.Select((_, index) => $"{NumberOf(index)} 0 R"))}] >>");
        for (int i = 0; i < pages.Count; i++)
        {
            SyntheticPage page = pages[i];
            string width = Points(page.Width, page.Dpi), height = Points(page.Height, page.Dpi);
            int number = NumberOf(i);
            Object(file, offsets, $"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] /Resources << /XObject << /P {number + 2} 0 R >> >> /Contents {number + 1} 0 R >>");
            Stream(file, offsets, "", Encoding.ASCII.GetBytes($"q {width} 0 0 {height} 0 0 cm /P Do Q"));
            Stream(file, offsets, $"/Type /XObject /Subtype /Image /Width {page.Width} /Height {page.Height} /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode ", Deflated(page));
        }

        long table = file.Position;
        Print(file, $"xref\n0 {offsets.Count + 1}\n0000000000 65535 f \n");
        foreach (long offset in offsets)
            Print(file, string.Create(CultureInfo.InvariantCulture, $"{offset:0000000000} 00000 n \n"));
        Print(file, $"trailer\n<< /Size {offsets.Count + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n");
        return file.ToArray();
    }

    private static int NumberOf(int page) => 3 + (page * ObjectsAPage);

    private static string Points(int pixels, int dpi) => (pixels * 72.0 / dpi).ToString("0.####", CultureInfo.InvariantCulture);

    private static byte[] Deflated(SyntheticPage page)
    {
        using var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            deflate.Write(page.Pixels.Span);
        return packed.ToArray();
    }

    private static void Object(MemoryStream file, List<long> offsets, string body)
    {
        offsets.Add(file.Position);
        Print(file, $"{offsets.Count} 0 obj\n{body}\nendobj\n");
    }

    private static void Stream(MemoryStream file, List<long> offsets, string entries, byte[] content)
    {
        offsets.Add(file.Position);
        Print(file, $"{offsets.Count} 0 obj\n<< {entries}/Length {content.Length} >>\nstream\n");
        file.Write(content);
        Print(file, "\nendstream\nendobj\n");
    }

    private static void Print(MemoryStream file, string text) => file.Write(Encoding.ASCII.GetBytes(text));
}
