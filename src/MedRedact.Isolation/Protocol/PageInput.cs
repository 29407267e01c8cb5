namespace MedRedact.Isolation;

/// <summary>The page of a job.</summary>
internal abstract record PageInput
{
    /// <summary>A page that the worker decodes; it asks for bytes of the document while it does.</summary>
    /// <param name="Document">Known to this pool only: under it a worker keeps a document open from one page to the next.</param>
    /// <param name="Reader">The type of the reader.</param>
    /// <param name="Bytes">The length of the document.</param>
    /// <param name="MediaType">As inspected.</param>
    /// <param name="PageCount">As inspected.</param>
    /// <param name="LargestPagePixels">As inspected.</param>
    /// <param name="Page">The page.</param>
    public sealed record Encoded(
        long Document, string Reader, long Bytes, string MediaType, int PageCount, long LargestPagePixels, int Page) : PageInput
    {
        public Inspection Inspection => new(new MediaType(MediaType), PageCount) { LargestPagePixels = LargestPagePixels };
    }

    /// <summary>Pixels that lie at the start of the shared memory.</summary>
    /// <param name="Shape">How.</param>
    public sealed record Pixels(RasterShape Shape) : PageInput;

    public void Write(PayloadWriter frame)
    {
        frame.Flag(this is Encoded);
        switch (this)
        {
            case Encoded encoded:
                frame.Int64(encoded.Document);
                frame.Text(encoded.Reader);
                frame.Int64(encoded.Bytes);
                frame.Text(encoded.MediaType);
                frame.Int32(encoded.PageCount);
                frame.Int64(encoded.LargestPagePixels);
                frame.Int32(encoded.Page);
                break;
            case Pixels pixels:
                pixels.Shape.Write(frame);
                break;
        }
    }

    public static PageInput Read(ref PayloadReader reader, int inputBytes)
    {
        if (!reader.Flag())
            return new Pixels(RasterShape.Read(ref reader, inputBytes));

        var encoded = new Encoded(
            reader.Int64(), reader.Text(512), reader.Int64(0, long.MaxValue), reader.Text(64), reader.Int32(1, int.MaxValue), reader.Int64(0, long.MaxValue),
            reader.Int32(1, int.MaxValue));
        return encoded.Page <= encoded.PageCount ? encoded : throw new ProtocolException();
    }
}
