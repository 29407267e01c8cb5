using System.Globalization;

namespace MedRedact.Documents.Pdf;

/// <summary>Reads the text layer of a page with poppler's <c>pdftotext</c>, one process a page: libraries that read PDF within this process can end it.</summary>
internal static class PopplerText
{
    private const int MostBytes = 16 << 20;

    /// <summary>Reads a page's text layer.</summary>
    /// <returns>The layer; the caller owns it.</returns>
    /// <exception cref="PageFaultException">It could not be read.</exception>
    public static async ValueTask<NativeLayer> ReadAsync(string path, PageNumber page, PdfDocumentOptions options, CancellationToken cancellationToken)
    {
        string number = page.Value.ToString(CultureInfo.InvariantCulture);
        (ProgramEnd end, ProgramOutput? output) = await IsolatedProgram.RunAsync(
            PopplerPrograms.Find("pdftotext", options.PopplerFolder),
            ["-bbox-layout", "-cropbox", "-enc", "UTF-8", "-eol", "unix", "-f", number, "-l", number, path, "-"],
            new ProgramLimits(options.Patience, options.ProcessorSeconds / 2, options.MemoryBytes),
            (stream, cancel) => ProgramOutput.ReadAsync(stream, MostBytes, cancel),
            cancellationToken);
        if (end is ProgramEnd.Done or ProgramEnd.Complained && output is not null)
            return NativeLayer.Parse(output.Bytes, output.Length);

        output?.Dispose();
        throw PdfFaults.Page(PdfFaults.TextNotRead);
    }
}

/// <summary>All that a program wrote. It may be PHI: whoever holds it clears it.</summary>
internal sealed class ProgramOutput : IDisposable
{
    private ProgramOutput(byte[] bytes, int length) => (Bytes, Length) = (bytes, length);

    public byte[] Bytes { get; }

    public int Length { get; }

    /// <returns>The output, or <see langword="null"/> where it is longer than <paramref name="most"/>.</returns>
    public static async ValueTask<ProgramOutput?> ReadAsync(Stream stream, int most, CancellationToken cancellationToken)
    {
        byte[] bytes = new byte[64 * 1024];
        int length = 0, read;
        while ((read = await stream.ReadAsync(bytes.AsMemory(length), cancellationToken)) > 0)
        {
            length += read;
            if (length > most)
            {
                Array.Clear(bytes);
                return null;
            }

            if (length < bytes.Length)
                continue;

            byte[] grown = new byte[bytes.Length * 2];
            bytes.CopyTo(grown, 0);
            Array.Clear(bytes);
            bytes = grown;
        }

        return new ProgramOutput(bytes, length);
    }

    public void Dispose() => Array.Clear(Bytes);
}
