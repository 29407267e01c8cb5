using System.IO.Compression;

namespace MedRedact.Documents.Images;

/// <summary>Writes a TIFF of several pages from pixels alone, front to back, so that the destination need not seek. Little-endian, Deflate, strips;
/// the tags say size, samples, strips and, where it was measured, resolution: nothing else. The same rasters give the same bytes. Not thread-safe.</summary>
/// <remarks>One compressed page is held back, because a directory says where the next one stands and only the last says that there is none.</remarks>
/// <param name="destination">Written from its present position, taken as offset 0, and left open.</param>
public sealed class TiffDocumentWriter(Stream destination)
{
    private const int HeaderBytes = 8, StripRows = 256;

    private readonly Stream _destination = destination ?? throw new ArgumentNullException(nameof(destination));
    private TiffOutputPage? _held;
    private long _position;
    private bool _isComplete;

    /// <summary>Adds a page.</summary>
    /// <param name="raster">Borrowed for the call. Grey and bilevel stay so; colours become RGB without alpha, flattened on white.</param>
    /// <param name="cancellationToken">Stops writing; the file is then unfinished.</param>
    /// <returns>A task that ends when the page before this one is written.</returns>
    /// <exception cref="InvalidOperationException">The document is complete.</exception>
    /// <exception cref="OverflowException">The file would pass 4 GiB, where a TIFF ends.</exception>
    public async ValueTask AddPageAsync(Raster raster, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(raster);
        if (_isComplete)
            throw new InvalidOperationException("The document is complete.");

        TiffOutputPage page = Compress(raster, cancellationToken);
        await WriteHeldAsync(page, cancellationToken);
        _held = page;
    }

    /// <summary>Writes the last page and ends the document.</summary>
    /// <param name="cancellationToken">Stops writing; the file is then unfinished.</param>
    /// <returns>A task that ends when all is written.</returns>
    /// <exception cref="InvalidOperationException">There is no page, or the document is complete.</exception>
    public async ValueTask CompleteAsync(CancellationToken cancellationToken = default)
    {
        if (_isComplete || _held is null)
            throw new InvalidOperationException("A document has at least one page and is completed once.");

        _isComplete = true;
        await WriteHeldAsync(next: null, cancellationToken);
    }

    private static TiffOutputPage Compress(Raster raster, CancellationToken cancellationToken)
    {
        var data = new MemoryStream();
        var stripBytes = new List<int>();
        using var row = new ClearedBuffer(OutputRows.RowBytes(raster));
        for (int top = 0; top < raster.Height; top += StripRows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            long start = data.Length;
            using (ZLibStream zlib = ScanCompression.Open(data))
            {
                for (int y = top; y < Math.Min(top + StripRows, raster.Height); y++)
                {
                    OutputRows.Write(raster, y, row.Span);
                    zlib.Write(row.Span);
                }
            }

            stripBytes.Add((int)(data.Length - start));
        }

        // A directory starts on a word.
        if ((data.Length & 1) != 0)
            data.WriteByte(0);

        return new(raster.Width, raster.Height, raster.Format == PixelFormat.Bilevel ? 1 : 8, OutputRows.IsColour(raster) ? 3 : 1, raster.Dpi, StripRows, stripBytes, data);
    }

    private async ValueTask WriteHeldAsync(TiffOutputPage? next, CancellationToken cancellationToken)
    {
        if (_held is not { } page)
            return;

        if (_position == 0)
        {
            await _destination.WriteAsync(TiffOutputPage.Header(HeaderBytes + page.Data.Length), cancellationToken);
            _position = HeaderBytes;
        }

        long end = _position + page.Data.Length + page.DirectoryBytes;
        byte[] directory = page.Directory(_position, next is null ? 0 : end + next.Data.Length);
        await _destination.WriteAsync(page.Data.GetBuffer().AsMemory(0, (int)page.Data.Length), cancellationToken);
        await _destination.WriteAsync(directory, cancellationToken);
        (_held, _position) = (null, end);
    }
}
