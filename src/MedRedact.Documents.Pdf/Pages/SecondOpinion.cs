using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace MedRedact.Documents.Pdf;

/// <summary>Asks poppler's <c>pdfinfo</c> how many pages there are, and how large. Where it sees others than our walk did, a page could get lost or be shown
/// otherwise than it was judged.</summary>
internal static class SecondOpinion
{
    private const int MostBytes = 1 << 20;

    /// <summary>Compares.</summary>
    /// <returns>The code of a rejection, or <see langword="null"/> where both agree.</returns>
    public static async ValueTask<string?> DissentAsync(
        string path, ImmutableArray<PdfPage> pages, PdfDocumentOptions options, CancellationToken cancellationToken)
    {
        string last = pages.Length.ToString(CultureInfo.InvariantCulture);
        (ProgramEnd end, ProgramOutput? output) = await IsolatedProgram.RunAsync(
            PopplerPrograms.Find("pdfinfo", options.PopplerFolder),
            ["-f", "1", "-l", last, path],
            new ProgramLimits(options.Patience, options.ProcessorSeconds / 2, options.MemoryBytes),
            (stream, cancel) => ProgramOutput.ReadAsync(stream, MostBytes, cancel),
            cancellationToken);
        using (output)
        {
            return end switch
            {
                ProgramEnd.Limited => PdfFaults.TooComplex,
                ProgramEnd.Failed => PdfFaults.Malformed,
                _ => output is not null && Agrees(Encoding.Latin1.GetString(output.Bytes, 0, output.Length), pages) ? null : PdfFaults.Ambiguous,
            };
        }
    }

    private static bool Agrees(string said, ImmutableArray<PdfPage> pages)
    {
        // Titles come first and may say anything; of each line the last one counts, which is the program's own.
        var lines = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string line in said.Split('\n'))
        {
            if (line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon)
                lines[string.Join(' ', line[..colon].Split(' ', StringSplitOptions.RemoveEmptyEntries))] = line[(colon + 1)..];
        }

        return Numbers(lines, "Pages") is [var count, ..] && count == pages.Length && pages.Select((page, index) => (page, index)).All(each =>
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"Page {each.index + 1}");
            return Numbers(lines, name + " size") is [var width, var height, ..] && IsNear(width, each.page.Width) && IsNear(height, each.page.Height)
                && Numbers(lines, name + " rot") is [var turn, ..] && turn == each.page.Rotation;
        });
    }

    private static double[] Numbers(Dictionary<string, string> lines, string name) => lines.TryGetValue(name, out string? value)
        ? [.. value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(part => part != "x").Select(part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : double.NaN)]
        : [];

    private static bool IsNear(double said, double ours) => Math.Abs(said - ours) <= 0.01 + (ours * 1e-4);
}
