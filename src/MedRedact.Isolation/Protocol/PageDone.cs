namespace MedRedact.Isolation;

/// <summary>What a worker made of a page; its pixels, where they are new, lie in the shared memory behind those that came.</summary>
/// <param name="Raster">How they lie; <see langword="null"/>: the pixels that came are as they were.</param>
/// <param name="ToOriginal">From the pixels that were read to those that came or were decoded.</param>
/// <param name="Original">The size of those.</param>
/// <param name="Digest">Of decoded pixels.</param>
/// <param name="Text">What was read, with boxes on the original page.</param>
/// <param name="NativeText">The text layer of a decoded page.</param>
internal sealed record PageDone(
    RasterShape? Raster, PageTransform ToOriginal, PageSize Original, Digest256 Digest, PageText? Text, PageText? NativeText) : IDisposable
{
    /// <summary>Writes the answer. <see cref="Text"/> has its boxes on the pixels that were read: the receiver maps them.</summary>
    public PayloadWriter Write()
    {
        var frame = new PayloadWriter(FrameKind.Done);
        frame.Flag(Raster is not null);
        Raster?.Write(frame);
        (double m11, double m12, double m21, double m22, double dx, double dy, double wx, double wy) = ToOriginal.Matrix;
        foreach (double number in (ReadOnlySpan<double>)[m11, m12, m21, m22, dx, dy, wx, wy])
            frame.Double(number);
        frame.Int32(Original.Width);
        frame.Int32(Original.Height);
        Digest.CopyTo(frame.Take(Digest256.Size));
        Words.Write(frame, Text);
        Words.Write(frame, NativeText);
        return frame;
    }

    /// <param name="frame">Read from.</param>
    /// <param name="room">The bytes that the pixels have.</param>
    /// <param name="beyond">From the pixels that came to the original page.</param>
    public static PageDone Read(Frame frame, int room, PageTransform beyond)
    {
        var reader = new PayloadReader(frame.Payload);
        RasterShape? raster = reader.Flag() ? RasterShape.Read(ref reader, room) : null;
        PageTransform toOriginal = ReadTransform(ref reader, beyond);
        var original = new PageSize(reader.Int32(1, ushort.MaxValue), reader.Int32(1, ushort.MaxValue));
        if (!toOriginal.Reaches(new Box(0, 0, raster?.Width ?? original.Width, raster?.Height ?? original.Height)))
            throw new ProtocolException();
        var digest = Digest256.From(reader.Take(Digest256.Size));
        PageText? text = Words.Read(ref reader, toOriginal), native = null;
        try
        {
            native = Words.Read(ref reader, PageTransform.Identity);
            reader.End();
            return new PageDone(raster, toOriginal, original, digest, text, native);
        }
        catch
        {
            text?.Dispose();
            native?.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Text?.Dispose();
        NativeText?.Dispose();
    }

    private static PageTransform ReadTransform(ref PayloadReader reader, PageTransform beyond)
    {
        try
        {
            return PageTransform.FromMatrix(
                reader.Double(), reader.Double(), reader.Double(), reader.Double(), reader.Double(), reader.Double(), reader.Double(), reader.Double()).Then(beyond);
        }
        catch (ArgumentException)
        {
            throw new ProtocolException();
        }
    }
}
