using System.Diagnostics;
using System.Globalization;

namespace MedRedact.Benchmarks;

/// <summary>The <c>tesseract</c> program as it is installed, on one thread: what a page is read as without us. Linux.</summary>
internal static class StockTesseract
{
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(90);

    /// <summary>Reads an image file.</summary>
    /// <returns>The text, empty where the program ran out of time, and its CPU seconds.</returns>
    public static async Task<(string Text, double Cpu)> ReadAsync(string path)
    {
        double before = CpuOfChildren();
        var start = new ProcessStartInfo("tesseract", [path, "-"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["OMP_THREAD_LIMIT"] = "1";
        using Process program = Process.Start(start)!;
        using var limit = new CancellationTokenSource(MostTime);
        Task<string> text = program.StandardOutput.ReadToEndAsync(), messages = program.StandardError.ReadToEndAsync();
        try
        {
            await program.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            program.Kill();
            await program.WaitForExitAsync();
        }

        await messages;
        return (await text, CpuOfChildren() - before);
    }

    /// <summary>CPU seconds of the children that have ended, in hundredths of a second: fields 16 and 17 of the process' own status.</summary>
    private static double CpuOfChildren()
    {
        string status = File.ReadAllText("/proc/self/stat");
        string[] fields = status[(status.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[13], CultureInfo.InvariantCulture) + long.Parse(fields[14], CultureInfo.InvariantCulture)) / 100.0;
    }
}
