using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using MedRedact.Synthesis;

namespace MedRedact.Benchmarks;

/// <summary>What the published tool answers to bad input, how long it takes and how much memory, a process a case. Linux.</summary>
/// <remarks>Bounds: a coded message within 2 s and 200 MiB. Wall time is the least of the rounds, because the machine may be busy; CPU is of the same round.
/// Usage: <c>bad-input [rounds] [tool]</c>, 3 rounds and <c>artifacts/cli/medredact</c> by default.</remarks>
internal static class BadInput
{
    private sealed record Case(string What, string File, string Code)
    {
        public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

        public string[] More { get; init; } = [];
    }

    public static async Task<int> RunAsync(string[] args)
    {
        int rounds = args is [var first, ..] ? int.Parse(first, CultureInfo.InvariantCulture) : 3;
        string tool = Path.GetFullPath(args is [_, var path, ..] ? path : Path.Combine("artifacts", "cli", "medredact"));
        if (!File.Exists(tool))
        {
            Console.WriteLine("Publish the tool first: ./build.sh cli");
            return 2;
        }

        string folder = Directory.CreateTempSubdirectory("medredact-bench").FullName;
        bool good = true;
        try
        {
            foreach (Case each in await CasesAsync(folder))
            {
                TimedProgram? best = null;
                for (int round = 0; round < rounds; round++)
                {
                    TimedProgram measure = await RunAsync(tool, folder, each);
                    best = best is null || measure.Wall < best.Wall ? measure : best;
                }

                bool coded = best!.Output.Contains(each.Code, StringComparison.Ordinal);
                good &= coded && best.Wall < 2 && best.PeakKiB < 200 * 1024;
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"{each.What,-36} {(coded ? each.Code : "no such code"),-12} {best.Wall,5:F2} s wall {best.Cpu,5:F2} s CPU {best.PeakKiB >> 10,4} MiB"));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return good ? 0 : 1;
    }

    private static async Task<Case[]> CasesAsync(string folder)
    {
        IReadOnlyList<SyntheticPage> pages = SyntheticRecords.Create(DocumentKind.FaxCoverSheet, 5).DrawPages();
        Directory.CreateDirectory(Path.Combine(folder, "lib"));
        Directory.CreateDirectory(Path.Combine(folder, "tessdata"));
        await File.WriteAllTextAsync(Path.Combine(folder, "lib", "libtesseract.so.5"), "no library");
        await File.WriteAllBytesAsync(Path.Combine(folder, "page.png"), pages[0].PngBytes.ToArray());
        await File.WriteAllBytesAsync(Path.Combine(folder, "empty.png"), []);
        await File.WriteAllTextAsync(Path.Combine(folder, "text.png"), "This is text, whatever its name says.");
        await File.WriteAllBytesAsync(Path.Combine(folder, "loop.tif"), Looping(PageFiles.TiffG4(pages)));
        await File.WriteAllBytesAsync(Path.Combine(folder, "huge.png"), Huge());
        using (Process pipe = Process.Start("mkfifo", Path.Combine(folder, "pipe.png")))
            await pipe.WaitForExitAsync();
        return
        [
            new("missing native library", "page.png", "MR-OCR-001") { Environment = new Dictionary<string, string> { ["LD_LIBRARY_PATH"] = Path.Combine(folder, "lib") } },
            new("missing language", "page.png", "MR-OCR-004") { More = ["--lang", "xxx"] },
            new("no trained data at all", "page.png", "MR-OCR-003") { More = ["--tessdata", Path.Combine(folder, "tessdata")] },
            new("file that cannot be opened", "absent.png", "MR-SRC-001"),
            new("file without bytes", "empty.png", "MR-SRC-002"),
            new("pipe", "pipe.png", "MR-SRC-002"),
            new("text named .png", "text.png", "MR-SRC-102"),
            new("TIFF whose directories loop", "loop.tif", "MR-SRC-112"),
            new("PNG that claims 100,000 x 100,000", "huge.png", "MR-SRC-106"),
        ];
    }

    private static async Task<TimedProgram> RunAsync(string tool, string folder, Case each)
    {
        string home = Path.Combine(folder, Path.GetRandomFileName());
        return await TimedProgram.RunAsync(tool, ["ingest", Path.Combine(folder, each.File), "--out", home + ".out", "--home", home, "--json", .. each.More], each.Environment);
    }

    /// <summary>A TIFF whose first directory names itself as the next.</summary>
    private static byte[] Looping(byte[] tiff)
    {
        int directory = BinaryPrimitives.ReadInt32LittleEndian(tiff.AsSpan(4));
        int entries = BinaryPrimitives.ReadInt16LittleEndian(tiff.AsSpan(directory));
        BinaryPrimitives.WriteInt32LittleEndian(tiff.AsSpan(directory + 2 + (entries * 12)), directory);
        return tiff;
    }

    private static byte[] Huge()
    {
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, 100_000);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), 100_000);
        header[8] = 8;
        using var data = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionLevel.Fastest, leaveOpen: true))
            zlib.Write(new byte[64]);
        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        WriteChunk(file, "IHDR"u8, header);
        WriteChunk(file, "IDAT"u8, data.ToArray());
        WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static void WriteChunk(MemoryStream file, ReadOnlySpan<byte> type, byte[] data)
    {
        byte[] body = [.. type, .. data];
        byte[] number = new byte[4];
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
