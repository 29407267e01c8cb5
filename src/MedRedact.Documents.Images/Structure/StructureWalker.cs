namespace MedRedact.Documents.Images;

/// <summary>Finds the format by the first bytes and hands over to its walker. The file's name has no say.</summary>
internal static class StructureWalker
{
    private const int SignatureBytes = 16;

    // Readers of PDF accept its header anywhere in the first kilobyte.
    private const int PdfHeaderReach = 1024;

    // 128 bytes that may hold anything come before the signature (DICOM PS3.10, 7.1).
    private const int DicomPreamble = 128;

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

    /// <summary>Whether a rejection says of which format a file is that is not read here, so that another reader may take it.</summary>
    public static bool IsOtherFormat(string code) =>
        code is ImageFaults.Pdf or ImageFaults.Heif or ImageFaults.Jpeg2000 or ImageFaults.Dicom or ImageFaults.UnknownFormat;

    /// <summary>The brands of still pictures (ISO/IEC 23008-12, AVIF 1.1); those of films are none.</summary>
    private static bool IsPictureBrand(ReadOnlySpan<byte> brand) =>
        brand.SequenceEqual("heic"u8) || brand.SequenceEqual("heix"u8) || brand.SequenceEqual("heim"u8) || brand.SequenceEqual("heis"u8)
        || brand.SequenceEqual("hevc"u8) || brand.SequenceEqual("hevx"u8) || brand.SequenceEqual("mif1"u8) || brand.SequenceEqual("msf1"u8)
        || brand.SequenceEqual("avif"u8) || brand.SequenceEqual("avis"u8);

    /// <summary>A known signature that is cut short is a truncated file; formats of which hospitals have files get codes of their own; the rest is unknown.</summary>
    private static string Unreadable(SourceBytes source, ReadOnlySpan<byte> head)
    {
        ReadOnlySpan<byte> png = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];
        if (head.Length < SignatureBytes && (png.StartsWith(head) || head is [0xFF, 0xD8] || "RIFF"u8.StartsWith(head) || "GIF8"u8.StartsWith(head)
            || head is [(byte)'B', (byte)'M', ..] or [(byte)'R', (byte)'I', (byte)'F', (byte)'F', ..] or [(byte)'I', (byte)'I', 42 or 43]
                or [(byte)'M', (byte)'M', 0]))
            return ImageFaults.Truncated;

        if (head is [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', _, _, _, _, ..] && IsPictureBrand(head[8..12]))
            return ImageFaults.Heif;

        // The box of a JP2 file, or a bare codestream.
        if (head is [0, 0, 0, 12, (byte)'j', (byte)'P', (byte)' ', (byte)' ', 0x0D, 0x0A, 0x87, 0x0A, ..] or [0xFF, 0x4F, 0xFF, 0x51, ..])
            return ImageFaults.Jpeg2000;

        if (source.Length >= DicomPreamble + 4 && source.Slice(DicomPreamble, 4).SequenceEqual("DICM"u8))
            return ImageFaults.Dicom;

        return source.Slice(0, (int)Math.Min(PdfHeaderReach, source.Length)).IndexOf("%PDF-"u8) >= 0 ? ImageFaults.Pdf : ImageFaults.UnknownFormat;
    }
}
