using System.Globalization;
using System.Text;

namespace MedRedact.Cli;

/// <summary>Writes a report beside its place and moves it there, so that a fault leaves no half report.</summary>
internal static class ReportFile
{
    /// <exception cref="MedRedactException">It cannot be written.</exception>
    public static async Task WriteAsync(string path, byte[] bytes, CancellationToken cancellationToken)
    {
        try
        {
            string partial = path + ".partial";
            await File.WriteAllBytesAsync(partial, bytes, cancellationToken);
            File.Move(partial, path, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Messages of the file system name paths, and a path may name a patient.
            throw Faults.EvaluationFileFailed();
        }
    }

    /// <exception cref="MedRedactException">It cannot be written.</exception>
    public static async Task WriteAsync(string path, Action<TextWriter> write, CancellationToken cancellationToken)
    {
        using var page = new StringWriter(CultureInfo.InvariantCulture);
        write(page);
        await WriteAsync(path, Encoding.UTF8.GetBytes(page.ToString()), cancellationToken);
    }
}
