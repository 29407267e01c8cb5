namespace MedRedact.Documents.Images;

/// <summary>Finds the format by the first bytes and hands over to its walker. The file's name has no say.</summary>
internal static class StructureWalker
{
    private const int SignatureBytes = 16;

    // Readers of PDF accept its header anywhere in the first kilobyte.
    private const int PdfHeaderReach = 1024;

    public static ImageStructure Walk(SourceBytes source, StructureLimits limits)
    {
        if (source.Length == 0)
            throw new RejectedException(ImageFaults.Empty);

        if (source.Length > limits.MaxFileBytes)
            throw new RejectedException(ImageFaults.FileTooLarge);

        ReadOnlySpan<byte> head = source.Slice(0, (int)Math.Min(SignatureBytes, source.Length));
        return head switch
        {
            [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => PngWalker.Walk(source, limits),
            [0xFF, 0xD8, 0xFF, ..] => JpegWalker.Walk(source, limits),
            [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => WebpWalker.Walk(source, limits),
            [(byte)'G', (byte)'I', (byte)'F', (byte)'8', (byte)'7' or (byte)'9', (byte)'a', ..] => GifWalker.Walk(source, limits),
            [(byte)'B', (byte)'M', _, _, _, _, _, _, _, _, _, _, _, _, _, _] => BmpWalker.Walk(source, limits),
            [(byte)'I', (byte)'I', 42 or 43, 0, ..] or [(byte)'M', (byte)'M', 0, 42 or 43, ..] => TiffWalker.Walk(source, limits),
            _ => throw new RejectedException(Unreadable(source, head)),
        };
    }

    /// <summary>A known signature that is cut short is a truncated file; a PDF has a code of its own; the rest is unknown.</summary>
    private static string Unreadable(SourceBytes source, ReadOnlySpan<byte> head)
    {
        ReadOnlySpan<byte> png = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];
        if (head.Length < SignatureBytes && (png.StartsWith(head) || head is [0xFF, 0xD8] || "RIFF"u8.StartsWith(head) || "GIF8"u8.StartsWith(head)
            || head is [(byte)'B', (byte)'M', ..] or [(byte)'R', (byte)'I', (byte)'F', (byte)'F', ..] or [(byte)'I', (byte)'I', 42 or 43]
                or [(byte)'M', (byte)'M', 0]))
            return ImageFaults.Truncated;

        return source.Slice(0, (int)Math.Min(PdfHeaderReach, source.Length)).IndexOf("%PDF-"u8) >= 0 ? ImageFaults.Pdf : ImageFaults.UnknownFormat;
    }
}
