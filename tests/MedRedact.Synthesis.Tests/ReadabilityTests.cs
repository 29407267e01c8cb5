using System.Diagnostics;
using System.Globalization;

namespace MedRedact.Synthesis.Tests;

public sealed class ReadabilityTests
{
    [Fact]
    public async Task A_stock_engine_reads_at_least_97_percent_of_the_words_of_clean_pages()
    {
        (int consultFound, int consultWords) = await MeasureAsync(DocumentKind.Consultation, 200);
        (int pathologyFound, int pathologyWords) = await MeasureAsync(DocumentKind.PathologyReport, 200);
        (int operativeFound, int operativeWords) = await MeasureAsync(DocumentKind.OperativeNote, 300);
        int found = consultFound + pathologyFound + operativeFound, words = consultWords + pathologyWords + operativeWords;
        Assert.True(found >= 0.97 * words, $"{found} of {words} words");
    }

    private static async Task<(int Found, int Words)> MeasureAsync(DocumentKind kind, int dpi)
    {
        SyntheticPage page = SyntheticRecords.Create(kind, seed: 7).DrawPages(new DrawOptions { Dpi = dpi })[0];
        string file = Path.Combine(Path.GetTempPath(), $"synthesis-{Environment.ProcessId}-{kind}.png");
        await File.WriteAllBytesAsync(file, page.PngBytes.ToArray(), TestContext.Current.CancellationToken);
        try
        {
            Dictionary<string, int> read = Count((await ReadAsync(file, dpi)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            Dictionary<string, int> truth = Count(page.Words.Select(word => word.Text));
            return (truth.Sum(word => Math.Min(word.Value, read.GetValueOrDefault(word.Key))), page.Words.Count);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static Dictionary<string, int> Count(IEnumerable<string> words) => words.CountBy(word => word).ToDictionary(StringComparer.Ordinal);

    private static async Task<string> ReadAsync(string file, int dpi)
    {
        var start = new ProcessStartInfo("tesseract", [file, "-", "--dpi", dpi.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["OMP_THREAD_LIMIT"] = "1";
        Process? process = null;
        try
        {
            process = Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", "CI lacks the tesseract command.");
            Assert.Skip("The tesseract command is not installed.");
        }

        using Process running = process!;
        Task<string> errors = running.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string text = await running.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await errors;
        await running.WaitForExitAsync(TestContext.Current.CancellationToken);
        return text;
    }
}
