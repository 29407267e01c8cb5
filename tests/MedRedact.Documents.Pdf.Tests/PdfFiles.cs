using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace MedRedact.Documents.Pdf.Tests;

/// <summary>Small PDF files, made object by object.</summary>
internal sealed class PdfFiles
{
    private readonly SortedDictionary<int, byte[]> _objects = [];

    public string TrailerEntries { get; set; } = "";

    /// <summary>Encrypts the bytes of a stream of an object, where the file is encrypted.</summary>
    public Func<int, byte[], byte[]> Cipher { get; set; } = (_, bytes) => bytes;

    public PdfFiles Object(int number, string body)
    {
        _objects[number] = Encoding.Latin1.GetBytes(body);
        return this;
    }

    public PdfFiles Stream(int number, string entries, byte[] data)
    {
        byte[] coded = Cipher(number, data);
        _objects[number] = [.. Ascii($"<< {entries} /Length {coded.Length} >>\nstream\n"), .. coded, .. "\nendstream"u8];
        return this;
    }

    public PdfFiles Stream(int number, string entries, string data) => Stream(number, entries, Encoding.Latin1.GetBytes(data));

    /// <summary>One page with a content and a font F; objects 1 to 5.</summary>
    public static PdfFiles OnePage(string content, string entries = "/MediaBox [0 0 300 200]", string resources = "", PdfFiles? into = null) => (into ?? new PdfFiles())
        .Object(1, "<< /Type /Catalog /Pages 2 0 R >>")
        .Object(2, "<< /Type /Pages /Count 1 /Kids [3 0 R] >>")
        .Object(3, $"<< /Type /Page /Parent 2 0 R {entries} /Contents 4 0 R /Resources << /Font << /F 5 0 R >> {resources} >> >>")
        .Stream(4, "", content)
        .Object(5, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>");

    /// <summary>A page that is one grey image; object 6.</summary>
    public static PdfFiles Scan(int width, int height, byte[] gray, string entries = "/MediaBox [0 0 300 200]", string extra = "") =>
        OnePage($"q 300 0 0 200 0 0 cm /I Do Q {extra}", entries, "/XObject << /I 6 0 R >>")
            .Stream(6, $"/Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceGray /BitsPerComponent 8", gray);

    /// <summary>With a table of cross-references.</summary>
    public byte[] ToBytes()
    {
        using var file = new MemoryStream();
        Write(file, "%PDF-1.7\n%\u00E2\u00E3\u00CF\u00D3\n");
        var offsets = new Dictionary<int, long>();
        foreach ((int number, byte[] body) in _objects)
        {
            offsets[number] = file.Position;
            Write(file, $"{number} 0 obj\n");
            file.Write(body);
            Write(file, "\nendobj\n");
        }

        long start = file.Position;
        Write(file, "xref\n0 1\n0000000000 65535 f \n");
        foreach ((int number, long offset) in offsets)
            Write(file, string.Create(CultureInfo.InvariantCulture, $"{number} 1\n{offset:0000000000} 00000 n \n"));
        Write(file, $"trailer\n<< /Size {_objects.Keys.Max() + 1} /Root 1 0 R {TrailerEntries} >>\nstartxref\n{start}\n%%EOF\n");
        return file.ToArray();
    }

    /// <summary>With its plain objects in an object stream and a cross-reference stream.</summary>
    public byte[] ToPackedBytes()
    {
        using var file = new MemoryStream();
        Write(file, "%PDF-1.7\n");
        int packedNumber = _objects.Keys.Max() + 1, tableNumber = packedNumber + 1;
        int[] packed = [.. _objects.Where(each => !Encoding.Latin1.GetString(each.Value).Contains("stream", StringComparison.Ordinal)).Select(each => each.Key)];
        var rows = new byte[(tableNumber + 1) * 6];
        void Row(int number, byte kind, long second, int third)
        {
            rows[number * 6] = kind;
            for (int i = 0; i < 4; i++)
                rows[(number * 6) + 1 + i] = (byte)(second >> (24 - (8 * i)));
            rows[(number * 6) + 5] = (byte)third;
        }

        var heads = new StringBuilder();
        var bodies = new StringBuilder();
        foreach ((int index, int number) in packed.Index())
        {
            heads.Append(CultureInfo.InvariantCulture, $"{number} {bodies.Length} ");
            bodies.Append(Encoding.Latin1.GetString(_objects[number])).Append(' ');
            Row(number, 2, packedNumber, index);
        }

        Stream(packedNumber, $"/Type /ObjStm /N {packed.Length} /First {heads.Length} /Filter /FlateDecode", Deflate(Encoding.Latin1.GetBytes($"{heads}{bodies}")));
        foreach ((int number, byte[] body) in _objects.Where(each => !packed.Contains(each.Key)))
        {
            Row(number, 1, file.Position, 0);
            Write(file, $"{number} 0 obj\n");
            file.Write(body);
            Write(file, "\nendobj\n");
        }

        long start = file.Position;
        Row(tableNumber, 1, start, 0);
        byte[] table = Deflate(rows);
        Write(file, $"{tableNumber} 0 obj\n<< /Type /XRef /W [1 4 1] /Size {tableNumber + 1} /Root 1 0 R {TrailerEntries} /Filter /FlateDecode /Length {table.Length} >>\nstream\n");
        file.Write(table);
        Write(file, $"\nendstream\nendobj\nstartxref\n{start}\n%%EOF\n");
        return file.ToArray();
    }

    public static byte[] Deflate(byte[] data)
    {
        using var coded = new MemoryStream();
        using (var zlib = new ZLibStream(coded, CompressionLevel.Fastest, leaveOpen: true))
            zlib.Write(data);
        return coded.ToArray();
    }

    private static byte[] Ascii(string text) => Encoding.Latin1.GetBytes(text);

    private static void Write(MemoryStream file, string text) => file.Write(Ascii(text));
}
