using System.Diagnostics;
using System.Globalization;

namespace MedRedact.Benchmarks;

/// <summary>A word that the foreign reader read, in pixels.</summary>
internal sealed record ForeignWord(string Normal, int Left, int Top, int Width, int Height);

/// <summary>Reads a page with the <c>tesseract</c> command, not with our binding, our preparation or our process.</summary>
internal static class ForeignReader
{
    public static async Task<IReadOnlyList<ForeignWord>> ReadAsync(byte[] png)
    {
        var start = new ProcessStartInfo("tesseract") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in new[] { "stdin", "stdout", "--psm", "3", "tsv" })
            start.ArgumentList.Add(argument);
        start.Environment["OMP_THREAD_LIMIT"] = "1";
        using Process tesseract = Process.Start(start) ?? throw new InvalidOperationException("The tesseract command is missing; ./build.sh test installs it.");
        Task<string> output = tesseract.StandardOutput.ReadToEndAsync();
        Task<string> errors = tesseract.StandardError.ReadToEndAsync();
        await tesseract.StandardInput.BaseStream.WriteAsync(png);
        tesseract.StandardInput.Close();
        await tesseract.WaitForExitAsync();
        await errors;

        var words = new List<ForeignWord>();
        foreach (string line in (await output).Split('\n').Skip(1))
        {
            string[] columns = line.Split('\t');
            if (columns.Length < 12 || columns[0] != "5")
                continue;
            string normal = ReleaseTally.Normal(columns[11]);
            if (normal.Length > 0)
                words.Add(new ForeignWord(normal, Number(columns[6]), Number(columns[7]), Number(columns[8]), Number(columns[9])));
        }

        return words;
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
