using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace MedRedact.Ocr.Tesseract;

/// <summary>The <c>tesseract</c> program as it is installed, on one thread and with its own defaults: another reader than this package's engine, for measuring.
/// It shares neither preparation, nor binding, nor process with it.</summary>
/// <remarks>Thread-safe; a process a page. Pixels go in and words come out through pipes: nothing is written to disk.</remarks>
public sealed class TesseractProgram : IOcrEngine
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(180);
    private readonly TimeSpan _patience;

    private TesseractProgram(string version, TimeSpan patience) => (Version, _patience) = (version, patience);

    /// <summary><c>tesseract-program</c>.</summary>
    public EngineId Id { get; } = new("tesseract-program");

    /// <summary>What the program says of itself, such as <c>5.3.0</c>.</summary>
    public string Version { get; }

    /// <summary>Looks for the program in the folders of <c>PATH</c>.</summary>
    /// <param name="patience">How long one page may take. Default: 180 seconds.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The reader, or <see langword="null"/> where the program is not installed.</returns>
    public static async Task<TesseractProgram?> FindAsync(TimeSpan? patience = null, CancellationToken cancellationToken = default)
    {
        try
        {
            using Process program = Start(["--version"]);
            program.StandardInput.Close();
            Task<string> said = program.StandardOutput.ReadToEndAsync(cancellationToken);
            await program.StandardError.ReadToEndAsync(cancellationToken);
            await program.WaitForExitAsync(cancellationToken);
            string first = (await said).Split('\n')[0].Trim();
            return program.ExitCode == 0 && first.StartsWith("tesseract ", StringComparison.Ordinal) ? new TesseractProgram(first["tesseract ".Length..].TrimStart('v'), patience ?? s_patience) : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    /// <summary>Reads a page.</summary>
    /// <param name="page">Borrowed for the call; its pixels as they are, with their resolution.</param>
    /// <param name="request">Languages. The layout is always found by the program itself.</param>
    /// <param name="cancellationToken">Ends the process.</param>
    /// <returns>Words with boxes on the original page; the caller owns it.</returns>
    /// <exception cref="PageFaultException"><see cref="Faults.RecognitionFailed"/>, <see cref="Faults.PageTimeLimitReached"/> or <see cref="Faults.PageTooLarge"/>.</exception>
    public async ValueTask<PageText> RecognizeAsync(PageImage page, OcrRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(page);
        ArgumentNullException.ThrowIfNull(request);
        Raster raster = page.Reveal();
        if (Math.Max(raster.Width, raster.Height) > short.MaxValue)
            throw Faults.TooLarge();

        using var limit = new CancellationTokenSource(_patience);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        string dpi = Math.Clamp((int)Math.Round(raster.Dpi.Value), 70, 2400).ToString(CultureInfo.InvariantCulture);
        using Process program = Start(["stdin", "stdout", "--dpi", dpi, "-l", LanguageSet.Of(request.Languages).Joined, "--psm", "3", "tsv"]);
        try
        {
            Task<string> answer = program.StandardOutput.ReadToEndAsync(stop.Token), messages = program.StandardError.ReadToEndAsync(stop.Token);
            await WriteAsync(raster, program.StandardInput.BaseStream, stop.Token);
            program.StandardInput.Close();
            await program.WaitForExitAsync(stop.Token);
            await messages;
            return program.ExitCode == 0 ? TsvWords.Read(await answer, page.ToOriginal) : throw Faults.NotRecognized();
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Faults.OutOfTime();
        }
        catch (IOException)
        {
            // It closed its end: it gave up.
            throw Faults.NotRecognized();
        }
        finally
        {
            if (!program.HasExited)
                program.Kill();
        }
    }

    /// <summary>Writes the pixels as a portable grey map, which every Leptonica reads.</summary>
    private static async Task WriteAsync(Raster raster, Stream pipe, CancellationToken cancellationToken)
    {
        using GrayImage image = GrayImage.Of(raster);
        byte[] header = System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"P5\n{image.Width} {image.Height}\n255\n"));
        await pipe.WriteAsync(header, cancellationToken);
        for (int y = 0; y < image.Height; y++)
            await pipe.WriteAsync(image.Pixels.Slice(y * image.Stride, image.Width), cancellationToken);
        await pipe.FlushAsync(cancellationToken);
    }

    private static Process Start(string[] arguments)
    {
        var start = new ProcessStartInfo("tesseract", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["OMP_THREAD_LIMIT"] = "1";
        return Process.Start(start) ?? throw new Win32Exception();
    }
}
