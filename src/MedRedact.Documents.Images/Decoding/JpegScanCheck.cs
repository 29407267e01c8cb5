using System.Buffers.Binary;

namespace MedRedact.Documents.Images;

/// <summary>Reads every code word of a JPEG without computing a pixel, to see that nothing is missing. The decoder fills a page that ends early with
/// grey and reports success, so a lost half of a page would pass for blank paper.</summary>
/// <remarks>The bytes were walked before: markers and segment lengths are sound, all up to the end marker is there.</remarks>
internal sealed class JpegScanCheck
{
    private readonly JpegHuffmanTable?[] _dc = new JpegHuffmanTable?[4], _ac = new JpegHuffmanTable?[4];
    private JpegScanLayout? _layout;
    private int _restartInterval;

    private JpegScanCheck()
    {
    }

    /// <exception cref="PageFaultException">Code words are missing or damaged.</exception>
    public static void Run(ReadOnlySpan<byte> jpeg) => new JpegScanCheck().Walk(jpeg);

    private void Walk(ReadOnlySpan<byte> jpeg)
    {
        for (int at = 2; at + 4 <= jpeg.Length;)
        {
            byte marker = jpeg[at + 1];
            int length = BinaryPrimitives.ReadUInt16BigEndian(jpeg[(at + 2)..]);
            ReadOnlySpan<byte> body = jpeg.Slice(at + 4, length - 2);
            at += 2 + length;
            switch (marker)
            {
                case 0xC0 or 0xC1 or 0xC2:
                    _layout = new JpegScanLayout(JpegFrame.Read(marker, body, Unlimited));
                    break;
                case 0xC4:
                    ReadTables(body);
                    break;
                case 0xDD:
                    _restartInterval = body.Length >= 2 ? BinaryPrimitives.ReadUInt16BigEndian(body) : throw Damaged();
                    break;
                case 0xDA:
                    JpegScan scan = JpegScan.Read(body, _layout ?? throw Damaged(), _dc, _ac);
                    var bits = new JpegBitReader(jpeg, at);
                    scan.Run(ref bits, _restartInterval);
                    at = NextMarker(jpeg, at);
                    break;
            }
        }

        if (_layout is null || !_layout.IsCovered)
            throw ImageFaults.Page(ImageFaults.PixelsMissing);
    }

    private void ReadTables(ReadOnlySpan<byte> body)
    {
        while (!body.IsEmpty)
        {
            int symbols = 0;
            for (int i = 1; i <= 16 && body.Length >= 17; i++)
                symbols += body[i];

            if (body.Length < 17 + symbols || body[0] >> 4 > 1 || (body[0] & 15) > 3 || symbols is 0 or > 256)
                throw Damaged();

            (body[0] >> 4 == 0 ? _dc : _ac)[body[0] & 15] = new JpegHuffmanTable(body[1..17], body.Slice(17, symbols));
            body = body[(17 + symbols)..];
        }
    }

    /// <summary>Steps over fill bytes, so that the next marker starts with the last 0xFF.</summary>
    private static int NextMarker(ReadOnlySpan<byte> jpeg, int at)
    {
        while (at + 1 < jpeg.Length && !(jpeg[at] == 0xFF && jpeg[at + 1] is not (0x00 or 0xFF or (>= 0xD0 and <= 0xD7))))
            at++;

        return at;
    }

    private static PageFaultException Damaged() => ImageFaults.Page(ImageFaults.PixelsDamaged);

    private static StructureLimits Unlimited { get; } = new(long.MaxValue, int.MaxValue, long.MaxValue, int.MaxValue, int.MaxValue);
}
