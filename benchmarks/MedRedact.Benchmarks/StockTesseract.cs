using MedRedact.Ocr.Tesseract;

namespace MedRedact.Benchmarks;

/// <summary>The <c>tesseract</c> program as it is installed, on one thread: what a page is read as without us. Linux.</summary>
internal sealed class StockTesseract
{
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(90);
    private readonly TesseractProgram _program;

    private StockTesseract(TesseractProgram program) => _program = program;

    public static async Task<StockTesseract> FindAsync() => new(
        await TesseractProgram.FindAsync(MostTime) ?? throw new InvalidOperationException("The tesseract command is missing; ./build.sh test installs it."));

    /// <summary>Reads a page.</summary>
    /// <returns>The text, empty where the program gave up or ran out of time, and its CPU seconds.</returns>
    public async Task<(string Text, double Cpu)> ReadAsync(PageImage page)
    {
        double before = ChildProcesses.CpuSeconds();
        string read = "";
        try
        {
            using PageText text = await _program.RecognizeAsync(page, new OcrRequest());
            read = text.Text.Read(0, static (characters, _) => characters.ToString());
        }
        catch (PageFaultException)
        {
            // Nothing was read.
        }

        return (read, ChildProcesses.CpuSeconds() - before);
    }
}
