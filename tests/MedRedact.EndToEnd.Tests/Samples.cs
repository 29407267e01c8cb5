using System.Buffers.Binary;
using System.IO.Compression;
using MedRedact.Synthesis;

namespace MedRedact.EndToEnd.Tests;

/// <summary>Files that hospitals send, good and bad.</summary>
internal static class Samples
{
    public static byte[] Png(DocumentKind kind, int seed) => SyntheticRecords.Create(kind, seed).DrawPages()[0].PngBytes.ToArray();

    public static byte[] Tiff(DocumentKind kind, int seed) => PageFiles.TiffG4(SyntheticRecords.Create(kind, seed).DrawPages());

    /// <summary>A PNG whose header claims 100,000 × 100,000 pixels.</summary>
    public static byte[] HugePng()
    {
        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, 100_000);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), 100_000);
        (header[8], header[9]) = (8, 0);
        Chunk(file, "IHDR", header);
        using var data = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionLevel.Fastest, leaveOpen: true))
            zlib.Write(new byte[64]);
        Chunk(file, "IDAT", data.ToArray());
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    /// <summary>A PNG of grey rows without padding.</summary>
    public static byte[] GreyPng(byte[] pixels, int width, int height, int dpi = 200)
    {
        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 0);
        Chunk(file, "IHDR", header);
        byte[] resolution = new byte[9];
        int dotsPerMetre = (int)Math.Round(dpi / 0.0254);
        BinaryPrimitives.WriteInt32BigEndian(resolution, dotsPerMetre);
        BinaryPrimitives.WriteInt32BigEndian(resolution.AsSpan(4), dotsPerMetre);
        resolution[8] = 1;
        Chunk(file, "pHYs", resolution);
        using var data = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (int y = 0; y < height; y++)
            {
                zlib.WriteByte(0);
                zlib.Write(pixels.AsSpan(y * width, width));
            }
        }

        Chunk(file, "IDAT", data.ToArray());
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    /// <summary>A TIFF whose first directory names itself as the next.</summary>
    public static byte[] LoopingTiff()
    {
        byte[] good = Tiff(DocumentKind.FaxCoverSheet, 5);
        int directory = BinaryPrimitives.ReadInt32LittleEndian(good.AsSpan(4));
        int entries = BinaryPrimitives.ReadInt16LittleEndian(good.AsSpan(directory));
        BinaryPrimitives.WriteInt32LittleEndian(good.AsSpan(directory + 2 + (entries * 12)), directory);
        return good;
    }

    private static void Chunk(Stream file, string type, byte[] data)
    {
        byte[] body = [.. System.Text.Encoding.ASCII.GetBytes(type), .. data];
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(body));
        file.Write(number);
    }

    private static uint Crc(byte[] bytes)
    {
        uint crc = 0xFFFFFFFF;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
        }

        return ~crc;
    }
}
