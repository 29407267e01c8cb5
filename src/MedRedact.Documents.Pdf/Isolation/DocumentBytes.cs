namespace MedRedact.Documents.Pdf;

/// <summary>The bytes of a document in memory of this process.</summary>
internal sealed class DocumentBytes : IDisposable
{
    private byte[]? _array;
    private readonly int _length;

    private DocumentBytes(byte[] array, int length) => (_array, _length) = (array, length);

    public ReadOnlyMemory<byte> Memory => (_array ?? throw new ObjectDisposedException(nameof(DocumentBytes))).AsMemory(0, _length);

    /// <summary>Reads a document from its start, if it is one: of bytes that do not begin as a PDF only those are read.</summary>
    /// <param name="document">The document.</param>
    /// <param name="maxBytes">A longer one is refused.</param>
    /// <param name="headBytes">How many bytes are looked at first.</param>
    /// <param name="isWanted">Judges the first bytes.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The bytes, or <see langword="null"/> where they are not wanted.</returns>
    /// <exception cref="RejectedException">The document is too long.</exception>
    public static async ValueTask<DocumentBytes?> ReadAsync(
        SourceDocument document, long maxBytes, int headBytes, Func<ReadOnlyMemory<byte>, bool> isWanted, CancellationToken cancellationToken)
    {
        await using Stream stream = await document.RevealAsync(cancellationToken);
        byte[] buffer = new byte[headBytes];
        int length = await stream.ReadAtLeastAsync(buffer, headBytes, throwOnEndOfStream: false, cancellationToken);
        try
        {
            if (!isWanted(buffer.AsMemory(0, length)))
                return null;

            int read = length == headBytes ? 1 : 0;
            while (read > 0)
            {
                if (length == buffer.Length)
                    Grow(ref buffer, stream.CanSeek && stream.Length > length ? Math.Min(stream.Length + 1, maxBytes + 1) : Math.Min(buffer.Length * 2L, maxBytes + 1));
                read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken);
                length += read;
                if (length > maxBytes)
                    throw new RejectedException(PdfFaults.FileTooLarge);
            }

            return new DocumentBytes(buffer, length);
        }
        catch
        {
            Array.Clear(buffer);
            throw;
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _array, null) is { } array)
            Array.Clear(array);
    }

    private static void Grow(ref byte[] buffer, long length)
    {
        byte[] grown = new byte[Math.Max(length, buffer.Length + 1)];
        buffer.CopyTo(grown, 0);
        Array.Clear(buffer);
        buffer = grown;
    }
}
