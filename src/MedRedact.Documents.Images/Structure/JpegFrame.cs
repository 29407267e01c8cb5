using System.Buffers.Binary;
using System.Collections.Immutable;

namespace MedRedact.Documents.Images;

/// <summary>A component of a JPEG frame: its id and its sampling factors.</summary>
internal readonly record struct JpegComponent(byte Id, int Across, int Down);

/// <summary>The facts of a JPEG frame header (ITU-T T.81, B.2.2).</summary>
internal sealed record JpegFrame(int Width, int Height, bool IsProgressive, ImmutableArray<JpegComponent> Components)
{
    public int MaxAcross => Components.Max(component => component.Across);

    public int MaxDown => Components.Max(component => component.Down);

    /// <summary>The longer side of a block of the component that is coded smallest, in pixels of the page. A single component is coded in plain blocks, whatever its factors say.</summary>
    public int BlockSide => Components.Length == 1 ? 8 : 8 * Math.Max(MaxAcross, MaxDown);

    /// <summary>Blocks of the component that has most: the least number of bits that the scans must have.</summary>
    public long Blocks => ((Width + 7L) / 8) * ((Height + 7L) / 8);

    /// <summary>Reads the segment of a frame marker (0xC0 to 0xCF without 0xC4, 0xC8 and 0xCC), from after its length on.</summary>
    public static JpegFrame Read(byte marker, ReadOnlySpan<byte> body, StructureLimits limits)
    {
        // Baseline, extended sequential and progressive, all Huffman-coded; lossless, hierarchical and arithmetic ones are not read.
        if (marker is not (0xC0 or 0xC1 or 0xC2))
            throw new RejectedException(ImageFaults.UnsupportedVariant);

        if (body.Length < 6 || body[5] == 0 || body.Length != 6 + (body[5] * 3))
            throw new RejectedException(ImageFaults.Malformed);

        limits.CheckSize(BinaryPrimitives.ReadUInt16BigEndian(body[3..]), BinaryPrimitives.ReadUInt16BigEndian(body[1..]));
        if (body[0] != 8 || body[5] == 2)
            throw new RejectedException(ImageFaults.UnsupportedVariant);

        if (body[5] > 4)
            throw new RejectedException(ImageFaults.Malformed);

        var components = ImmutableArray.CreateBuilder<JpegComponent>(body[5]);
        for (int at = 6; at < body.Length; at += 3)
        {
            var component = new JpegComponent(body[at], body[at + 1] >> 4, body[at + 1] & 15);
            bool isTaken = components.Any(other => other.Id == component.Id);
            if (component.Across is < 1 or > 4 || component.Down is < 1 or > 4 || body[at + 2] > 3 || isTaken)
                throw new RejectedException(ImageFaults.Malformed);

            components.Add(component);
        }

        return new(BinaryPrimitives.ReadUInt16BigEndian(body[3..]), BinaryPrimitives.ReadUInt16BigEndian(body[1..]), marker == 0xC2, components.MoveToImmutable());
    }
}
