namespace MedRedact.Documents.Images;

/// <summary>The most that one coded byte can stand for. These are properties of the codecs, not guesses: a blank page stays far below.</summary>
internal static class CodecRatio
{
    /// <summary>Deflate: 258 bytes from two bits at best.</summary>
    public const int Deflate = 1_032;

    /// <summary>LZW of GIF and TIFF: 12-bit codes that grow by one up to 4,096 bytes.</summary>
    public const int Lzw = 2_731;

    /// <summary>PackBits: 128 bytes from two.</summary>
    public const int PackBits = 64;

    /// <summary>JPEG: each block of 64 samples takes a bit or more of its first scan.</summary>
    public const int JpegBlocks = 8;

    /// <summary>CCITT: each row takes a bit or more.</summary>
    public const int FaxRows = 8;
}
