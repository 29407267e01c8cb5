namespace MedRedact.Releases;

/// <summary>The shape of <c>text.txt</c>: the clean text of each released page in UTF-8 and a line feed, form feeds between pages. Clean text holds no
/// form feed, so the pages come apart again.</summary>
internal static class ReleasedText
{
    private const byte LineFeed = (byte)'\n', FormFeed = (byte)'\f';

    /// <summary>Adds a page.</summary>
    public static void Append(Stream file, ReadOnlySpan<byte> page)
    {
        if (file.Length > 0)
            file.WriteByte(FormFeed);
        file.Write(page);
        file.WriteByte(LineFeed);
    }

    /// <summary>The pages; none where the shape is another.</summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Split(ReadOnlyMemory<byte> file)
    {
        var pages = new List<ReadOnlyMemory<byte>>();
        for (ReadOnlyMemory<byte> left = file; ;)
        {
            int end = left.Span.IndexOf(FormFeed);
            ReadOnlyMemory<byte> page = end < 0 ? left : left[..end];
            if (page.IsEmpty || page.Span[^1] != LineFeed)
                return [];

            pages.Add(page[..^1]);
            if (end < 0)
                return pages;
            left = left[(end + 1)..];
        }
    }
}
