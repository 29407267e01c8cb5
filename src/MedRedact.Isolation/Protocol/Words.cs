using System.Runtime.InteropServices;

namespace MedRedact.Isolation;

/// <summary>The text of a page on its way, word by word. The receiver builds the text anew with a <see cref="PageTextBuilder"/>, so spans, lines and boxes cannot
/// contradict each other, whoever sent them.</summary>
internal static class Words
{
    private const byte Same = 0, NewLine = 1, NewBlock = 2;
    private const int MostWords = 2_000_000, Farthest = ushort.MaxValue;

    public static void Write(PayloadWriter frame, PageText? text)
    {
        frame.Flag(text is not null);
        if (text is not null)
            text.Text.Read((frame, text.Layout), static (characters, to) => Write(to.frame, characters, to.Layout));
    }

    /// <param name="reader">Read from.</param>
    /// <param name="toOriginal">From the pixels that were read to the original page.</param>
    public static PageText? Read(ref PayloadReader reader, PageTransform toOriginal)
    {
        if (!reader.Flag())
            return null;

        var builder = new PageTextBuilder(toOriginal);
        for (int left = reader.Int32(0, MostWords); left > 0; left--)
        {
            switch (reader.Byte())
            {
                case Same:
                    break;
                case NewLine:
                    builder.BreakLine();
                    break;
                case NewBlock:
                    builder.BreakBlock();
                    break;
                default:
                    throw new ProtocolException();
            }

            var box = new Box(reader.Int32(-Farthest, Farthest), reader.Int32(-Farthest, Farthest), reader.Int32(1, Farthest), reader.Int32(1, Farthest));
            if (!toOriginal.Reaches(box))
                throw new ProtocolException();   // as below: no place

            double confidence = reader.Double();
            ReadOnlySpan<char> word = MemoryMarshal.Cast<byte, char>(reader.Take(checked(reader.Int32(1, MostWords) * sizeof(char))));
            builder.AddWord(word, box, confidence is >= 0 and <= 1 ? Confidence.Of(confidence) : throw new ProtocolException());
        }

        PageText text = builder.Build();
        if (!text.Layout.Lines.Any(line => line.Words.Any(word => word.Box.IsEmpty)))
            return text;

        // A map that shrinks words to nothing: what has no place could not be painted over.
        text.Dispose();
        throw new ProtocolException();
    }

    private static void Write(PayloadWriter frame, ReadOnlySpan<char> characters, PageLayout layout)
    {
        frame.Int32(layout.Lines.Sum(line => line.Words.Length));
        int block = 0;
        foreach ((int index, LayoutLine line) in layout.Lines.Index())
        {
            byte step = index == 0 ? Same : line.Block == block ? NewLine : NewBlock;
            block = line.Block;
            foreach (LayoutWord word in line.Words)
            {
                frame.Byte(step);
                step = Same;
                foreach (int edge in (ReadOnlySpan<int>)[word.Box.Left, word.Box.Top, word.Box.Width, word.Box.Height])
                    frame.Int32(edge);
                frame.Double(word.Confidence.Value);
                frame.Int32(word.Span.Length);
                MemoryMarshal.AsBytes(characters.Slice(word.Span.Start, word.Span.Length)).CopyTo(frame.Take(word.Span.Length * sizeof(char)));
            }
        }
    }
}
