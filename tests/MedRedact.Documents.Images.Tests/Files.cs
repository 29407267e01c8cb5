using System.Buffers.Binary;
using System.IO.Compression;

namespace MedRedact.Documents.Images.Tests;

/// <summary>Files made byte by byte, right and wrong.</summary>
internal static partial class Files
{
    public static byte[] Png(params byte[][] chunks) => [0x89, .. "PNG\r\n\u001a\n"u8, .. chunks.SelectMany(chunk => chunk)];

    public static byte[] Chunk(string type, params byte[] body)
    {
        byte[] typed = [.. type.Select(letter => (byte)letter), .. body];
        return [.. Big32((uint)body.Length), .. typed, .. Big32(Crc32.Of(typed))];
    }

    public static byte[] PngHeader(uint width, uint height, byte depth = 8, byte colour = 0) =>
        Chunk("IHDR", [.. Big32(width), .. Big32(height), depth, colour, 0, 0, 0]);

    /// <summary>Compressed rows, each with filter 0.</summary>
    public static byte[] PngData(byte[] rows, int rowBytes)
    {
        using var memory = new MemoryStream();
        using (var zlib = new ZLibStream(memory, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (int at = 0; at < rows.Length; at += rowBytes)
            {
                zlib.WriteByte(0);
                zlib.Write(rows.AsSpan(at, rowBytes));
            }
        }

        return Chunk("IDAT", memory.ToArray());
    }

    public static byte[] PngEnd => Chunk("IEND");

    /// <summary>Puts a chunk right after IHDR.</summary>
    public static byte[] WithChunk(byte[] png, byte[] chunk) => [.. png[..33], .. chunk, .. png[33..]];

    /// <summary>Puts a segment right after SOI.</summary>
    public static byte[] WithSegment(byte[] jpeg, byte marker, byte[] body) =>
        [.. jpeg[..2], 0xFF, marker, (byte)((body.Length + 2) >> 8), (byte)(body.Length + 2), .. body, .. jpeg[2..]];

    /// <summary>A baseline JPEG of eight by eight equal pixels of four components, under an Adobe segment that says CMYK.</summary>
    public static byte[] CmykJpeg(byte[] components, byte transform = 0)
    {
        var bits = new System.Text.StringBuilder();
        foreach (byte component in components)
        {
            // With steps of eight, the one coefficient is the value less 128: its length as a code of four bits, its bits, and the code that ends the block.
            int value = component - 128;
            int length = value == 0 ? 0 : (int)Math.Log2(Math.Abs(value)) + 1;
            bits.Append(Convert.ToString(length, 2).PadLeft(4, '0'));
            if (length > 0)
                bits.Append(Convert.ToString((value < 0 ? value - 1 : value) & ((1 << length) - 1), 2).PadLeft(length, '0'));
            bits.Append('0');
        }

        while (bits.Length % 8 != 0)
            bits.Append('1');
        IEnumerable<byte> scan = Enumerable.Range(0, bits.Length / 8).Select(at => Convert.ToByte(bits.ToString(at * 8, 8), 2))
            .SelectMany(value => value == 0xFF ? new byte[] { 0xFF, 0 } : [value]);
        return
        [
            0xFF, 0xD8,
            0xFF, 0xEE, 0, 14, .. "Adobe"u8, 0, 100, 0, 0, 0, 0, transform,
            0xFF, 0xDB, 0, 67, 0, .. Enumerable.Repeat((byte)8, 64),
            0xFF, 0xC0, 0, 20, 8, 0, 8, 0, 8, 4, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 4, 0x11, 0,
            0xFF, 0xC4, 0, 28, 0x00, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8,
            0xFF, 0xC4, 0, 20, 0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
            0xFF, 0xDA, 0, 14, 4, 1, 0, 2, 0, 3, 0, 4, 0, 0, 63, 0,
            .. scan,
            0xFF, 0xD9,
        ];
    }

    /// <summary>An EXIF block that says orientation and resolution, in either byte order.</summary>
    public static byte[] Exif(int orientation, bool bigEndian = false, uint dpi = 300)
    {
        byte[] exif = new byte[8 + 2 + (3 * 12) + 4 + 8];
        (bigEndian ? "MM\0*"u8 : "II*\0"u8).CopyTo(exif);
        Put32(4, 8);
        Put16(8, 3);
        Entry(10, 0x112, 3, 1);
        Put16(18, (ushort)orientation);
        Entry(22, 0x11A, 5, 1);
        Put32(30, 50);
        Entry(34, 0x128, 3, 1);
        Put16(42, 2);
        Put32(50, dpi);
        Put32(54, 1);
        return exif;

        void Entry(int at, ushort tag, ushort type, uint count)
        {
            Put16(at, tag);
            Put16(at + 2, type);
            Put32(at + 4, count);
        }

        void Put16(int at, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(exif.AsSpan(at), bigEndian ? BinaryPrimitives.ReverseEndianness(value) : value);

        void Put32(int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(exif.AsSpan(at), bigEndian ? BinaryPrimitives.ReverseEndianness(value) : value);
    }

    /// <summary>An 8-bit bitmap with a grey palette, bottom row first.</summary>
    public static byte[] Bmp(byte[] gray, int width, int height)
    {
        int rowBytes = (width + 3) / 4 * 4;
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory);
        writer.Write("BM"u8);
        writer.Write(14 + 40 + 1024 + (rowBytes * height));
        writer.Write(0);
        writer.Write(14 + 40 + 1024);
        writer.Write(40);
        writer.Write(width);
        writer.Write(height);
        writer.Write((short)1);
        writer.Write((short)8);
        writer.Write(0);
        writer.Write(rowBytes * height);
        writer.Write(11_811);
        writer.Write(11_811);
        writer.Write(256);
        writer.Write(0);
        for (int i = 0; i < 256; i++)
            writer.Write(i * 0x010101);

        for (int y = height - 1; y >= 0; y--)
        {
            writer.Write(gray, y * width, width);
            writer.Write(new byte[rowBytes - width]);
        }

        return memory.ToArray();
    }

    /// <summary>A bitmap of BGRA pixels, top row first where the height is negative, with channel masks where compression is 3.</summary>
    public static byte[] Bmp32(byte[] bgra, int width, int height, int headerBytes, int compression)
    {
        int masks = compression == 3 && headerBytes == 40 ? 12 : 0, start = 14 + headerBytes + masks;
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory);
        writer.Write("BM"u8);
        foreach (int value in (int[])[start + bgra.Length, 0, start, headerBytes, width, height])
            writer.Write(value);

        writer.Write((short)1);
        writer.Write((short)32);
        foreach (int value in (int[])[compression, bgra.Length, 0, 0, 0, 0, 0xFF0000, 0xFF00, 0xFF, unchecked((int)0xFF000000)])
            writer.Write(value);

        memory.SetLength(start);
        memory.Position = start;
        writer.Write(bgra);
        return memory.ToArray();
    }

    /// <summary>A GIF with a 128-entry grey palette, coded without growth: 8-bit codes, cleared before the width would change.</summary>
    public static byte[] Gif(int width, int height, int frames = 1, Func<int, byte>? pixel = null)
    {
        pixel ??= i => (byte)(i % 128);
        using var memory = new MemoryStream();
        memory.Write("GIF89a"u8);
        memory.Write([(byte)width, (byte)(width >> 8), (byte)height, (byte)(height >> 8), 0xF6, 0, 0]);
        for (int i = 0; i < 128; i++)
            memory.Write([(byte)(i * 2), (byte)(i * 2), (byte)(i * 2)]);

        for (int frame = 0; frame < frames; frame++)
        {
            memory.Write([0x2C, 0, 0, 0, 0, (byte)width, (byte)(width >> 8), (byte)height, (byte)(height >> 8), 0, 7]);
            var codes = new List<byte>();
            for (int i = 0; i < width * height; i++)
            {
                if (i % 120 == 0)
                    codes.Add(128);

                codes.Add(pixel(i));
            }

            codes.Add(129);
            foreach (byte[] block in codes.Chunk(255))
            {
                memory.WriteByte((byte)block.Length);
                memory.Write(block);
            }

            memory.WriteByte(0);
        }

        memory.WriteByte(0x3B);
        return memory.ToArray();
    }

    public static byte[] Big32(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }
}
