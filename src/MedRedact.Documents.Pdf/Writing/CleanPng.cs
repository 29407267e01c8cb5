using System.Buffers.Binary;

namespace MedRedact.Documents.Pdf;

/// <summary>A clean page as <c>image/png</c>, taken apart. PDF takes the compressed rows of a PNG as they are.</summary>
/// <param name="Width">Pixels across.</param>
/// <param name="Height">Pixels down.</param>
/// <param name="Depth">Bits a sample, 1 or 8.</param>
/// <param name="IsColour">Three samples a pixel, or one.</param>
/// <param name="PixelsPerMetre">The resolution; 0 where the file gives none.</param>
/// <param name="Rows">The compressed rows.</param>
internal sealed record CleanPng(int Width, int Height, int Depth, bool IsColour, uint PixelsPerMetre, IReadOnlyList<ReadOnlyMemory<byte>> Rows)
{
    private const int ChunkFrame = 12;

    /// <summary>Takes a file apart that holds pixels, perhaps their resolution, and nothing else.</summary>
    /// <exception cref="MedRedactException"><see cref="PdfFaults.NotCleanImage"/>.</exception>
    public static CleanPng Read(ReadOnlyMemory<byte> file)
    {
        ReadOnlyMemory<byte> rest = file.Span.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]) ? file[8..] : throw Refused();
        CleanPng? header = null;
        var rows = new List<ReadOnlyMemory<byte>>();
        uint pixelsPerMetre = 0;
        while (true)
        {
            (ReadOnlyMemory<byte> type, ReadOnlyMemory<byte> body) = Chunk(rest);
            rest = rest[(body.Length + ChunkFrame)..];
            if (type.Span.SequenceEqual("IHDR"u8) && header is null)
                header = Header(body.Span);
            else if (type.Span.SequenceEqual("pHYs"u8) && body.Length == 9)
                pixelsPerMetre = BinaryPrimitives.ReadUInt32BigEndian(body.Span);
            else if (type.Span.SequenceEqual("IDAT"u8) && header is not null)
                rows.Add(body);
            else if (type.Span.SequenceEqual("IEND"u8) && rest.IsEmpty && header is not null && rows.Count > 0)
                return header with { PixelsPerMetre = pixelsPerMetre, Rows = rows };
            else
                throw Refused();
        }
    }

    private static (ReadOnlyMemory<byte> Type, ReadOnlyMemory<byte> Body) Chunk(ReadOnlyMemory<byte> rest)
    {
        if (rest.Length < ChunkFrame)
            throw Refused();

        uint length = BinaryPrimitives.ReadUInt32BigEndian(rest.Span);
        return length <= rest.Length - ChunkFrame ? (rest.Slice(4, 4), rest.Slice(8, (int)length)) : throw Refused();
    }

    private static CleanPng Header(ReadOnlySpan<byte> body)
    {
        if (body is not [_, _, _, _, _, _, _, _, 1 or 8, 0 or 2, 0, 0, 0] || (body[8] == 1 && body[9] == 2))
            throw Refused();

        int width = BinaryPrimitives.ReadInt32BigEndian(body), height = BinaryPrimitives.ReadInt32BigEndian(body[4..]);
        return width > 0 && height > 0 ? new CleanPng(width, height, body[8], body[9] == 2, 0, []) : throw Refused();
    }

    private static MedRedactException Refused() => PdfFaults.Document(PdfFaults.NotCleanImage);
}
