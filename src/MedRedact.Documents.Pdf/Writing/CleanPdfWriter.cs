using System.Globalization;
using System.Text;

namespace MedRedact.Documents.Pdf;

/// <summary>Writes a PDF of clean pages: each page its clean pixels, and over them, invisible, its clean text, so that it can be searched and copied.</summary>
/// <remarks>Nothing of an input document can be in it: it is made of the clean images and the clean text alone. It holds no metadata, no fonts with outlines, no
/// actions, and not a byte behind its end. Every character of the text layer is equally wide and every line begins at the same margin, so the layer says nothing
/// of the widths of what was removed; it does not lie on the printed words. The same pages give the same bytes. Pages are written as they come. Not
/// thread-safe.</remarks>
/// <param name="destination">Written from its present position and left open.</param>
public sealed class CleanPdfWriter(Stream destination)
{
    private const int CatalogNumber = 1, PagesNumber = 2, FontNumber = 3, GlyphNumber = 4, MapNumber = 5, FirstPage = 6, ObjectsPerPage = 3;
    private const double UnitsPerInch = 72, InchesPerMetre = 100 / 2.54, LongSideWithoutResolution = 792;
    private const string Invisible = "3 Tr";

    private readonly Dictionary<int, long> _offsets = [];
    private readonly TextCodes _codes = new();
    private long _written;
    private int _pages;
    private bool _completed;

    /// <summary>Writes one page.</summary>
    /// <param name="png">Its clean pixels, as the PNG writer of MedRedact writes them.</param>
    /// <param name="text">Its clean text.</param>
    /// <param name="cancellationToken">Stops writing.</param>
    /// <returns>A task that ends when the page is written.</returns>
    /// <exception cref="MedRedactException"><see cref="PdfFaults.NotCleanImage"/>: the image holds more than pixels and resolution; nothing was written.</exception>
    public async ValueTask AddPageAsync(ReadOnlyMemory<byte> png, string text, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        ObjectDisposedException.ThrowIf(_completed, this);
        CleanPng image = CleanPng.Read(png);
        if (_pages == 0)
            await WriteAsync("%PDF-1.4\n%\u00E2\u00E3\u00CF\u00D3\n", cancellationToken);

        int page = FirstPage + (_pages * ObjectsPerPage), content = page + 1, pixels = page + 2;
        double scale = image.PixelsPerMetre > 0
            ? UnitsPerInch / (image.PixelsPerMetre / InchesPerMetre)
            : LongSideWithoutResolution / Math.Max(image.Width, image.Height);
        (double width, double height) = (image.Width * scale, image.Height * scale);
        await WriteObjectAsync(
            page,
            $"<< /Type /Page /Parent {PagesNumber} 0 R /MediaBox [0 0 {Number(width)} {Number(height)}] /Contents {content} 0 R "
            + $"/Resources << /XObject << /I {pixels} 0 R >> /Font << /T {FontNumber} 0 R >> >> >>",
            cancellationToken);
        await WriteStreamAsync(content, ContentOf(width, height, text), cancellationToken);
        await WriteImageAsync(pixels, image, cancellationToken);
        _pages++;
    }

    /// <summary>Writes the end. No page can be added after it.</summary>
    /// <param name="cancellationToken">Stops writing.</param>
    /// <returns>A task that ends when all is written.</returns>
    /// <exception cref="InvalidOperationException">There is no page: such a PDF would be none.</exception>
    public async ValueTask CompleteAsync(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_completed, this);
        if (_pages == 0)
            throw new InvalidOperationException("A PDF has a page.");

        _completed = true;
        await WriteObjectAsync(CatalogNumber, $"<< /Type /Catalog /Pages {PagesNumber} 0 R >>", cancellationToken);
        string kids = string.Join(' ', Enumerable.Range(0, _pages).Select(page => $"{FirstPage + (page * ObjectsPerPage)} 0 R"));
        await WriteObjectAsync(PagesNumber, $"<< /Type /Pages /Count {_pages} /Kids [{kids}] >>", cancellationToken);
        await WriteObjectAsync(FontNumber, InvisibleFont(), cancellationToken);
        await WriteStreamAsync(GlyphNumber, "600 0 d0\n", cancellationToken);
        await WriteStreamAsync(MapNumber, _codes.ToUnicode(), cancellationToken);
        await WriteTrailerAsync(cancellationToken);
    }

    /// <summary>A font whose every glyph is the same empty one.</summary>
    private static string InvisibleFont() =>
        $"<< /Type /Font /Subtype /Type3 /FontBBox [0 -200 600 800] /FontMatrix [0.001 0 0 0.001 0 0] /CharProcs << /g {GlyphNumber} 0 R >> "
        + $"/Encoding << /Type /Encoding /Differences [0 {string.Join(' ', Enumerable.Repeat("/g", 256))}] >> /FirstChar 0 /LastChar 255 "
        + $"/Widths [{string.Join(' ', Enumerable.Repeat("600", 256))}] /Resources << >> /ToUnicode {MapNumber} 0 R >>";

    private string ContentOf(double width, double height, string text)
    {
        var content = new StringBuilder();
        content.Append(CultureInfo.InvariantCulture, $"q {Number(width)} 0 0 {Number(height)} 0 0 cm /I Do Q\n");
        string[] lines = text.Split('\n');
        if (text.Length == 0)
            return content.ToString();

        // Whatever the text, it stays on the page: the longest line fits its width, and all lines its height.
        double leading = height / (lines.Length + 1), longest = Math.Max(1, lines.Max(line => line.Length));
        double size = Math.Min(leading * 0.8, width * 0.9 / (longest * 0.6));
        content.Append(CultureInfo.InvariantCulture, $"BT {Invisible} /T {Number(size)} Tf {Number(leading)} TL {Number(width * 0.05)} {Number(height)} Td\n");
        foreach (string line in lines)
            content.Append(CultureInfo.InvariantCulture, $"T* <{_codes.Encode(line)}> Tj\n");
        return content.Append("ET\n").ToString();
    }

    private async ValueTask WriteImageAsync(int number, CleanPng image, CancellationToken cancellationToken)
    {
        int colours = image.IsColour ? 3 : 1;
        Begin(number);
        await WriteAsync(
            $"{number} 0 obj\n<< /Type /XObject /Subtype /Image /Width {image.Width} /Height {image.Height} /BitsPerComponent {image.Depth} "
            + $"/ColorSpace /{(image.IsColour ? "DeviceRGB" : "DeviceGray")} /Filter /FlateDecode "
            + $"/DecodeParms << /Predictor 15 /Colors {colours} /BitsPerComponent {image.Depth} /Columns {image.Width} >> "
            + $"/Length {image.Rows.Sum(rows => (long)rows.Length)} >>\nstream\n",
            cancellationToken);
        foreach (ReadOnlyMemory<byte> rows in image.Rows)
        {
            await destination.WriteAsync(rows, cancellationToken);
            _written += rows.Length;
        }

        await WriteAsync("\nendstream\nendobj\n", cancellationToken);
    }

    private async ValueTask WriteStreamAsync(int number, string body, CancellationToken cancellationToken)
    {
        Begin(number);
        await WriteAsync($"{number} 0 obj\n<< /Length {body.Length} >>\nstream\n{body}\nendstream\nendobj\n", cancellationToken);
    }

    private async ValueTask WriteObjectAsync(int number, string body, CancellationToken cancellationToken)
    {
        Begin(number);
        await WriteAsync($"{number} 0 obj\n{body}\nendobj\n", cancellationToken);
    }

    private async ValueTask WriteTrailerAsync(CancellationToken cancellationToken)
    {
        long start = _written;
        var table = new StringBuilder();
        table.Append(CultureInfo.InvariantCulture, $"xref\n0 {_offsets.Count + 1}\n0000000000 65535 f \n");
        foreach (KeyValuePair<int, long> each in _offsets.OrderBy(each => each.Key))
            table.Append(CultureInfo.InvariantCulture, $"{each.Value:0000000000} 00000 n \n");
        table.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {_offsets.Count + 1} /Root {CatalogNumber} 0 R >>\nstartxref\n{start}\n%%EOF\n");
        await WriteAsync(table.ToString(), cancellationToken);
    }

    private void Begin(int number) => _offsets[number] = _written;

    private async ValueTask WriteAsync(string text, CancellationToken cancellationToken)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(text);
        await destination.WriteAsync(bytes, cancellationToken);
        _written += bytes.Length;
    }

    private static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
