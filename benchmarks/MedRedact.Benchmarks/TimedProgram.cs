using System.Diagnostics;
using System.Globalization;

namespace MedRedact.Benchmarks;

/// <summary>What a program and all that it started and waited for used. Linux, with GNU time.</summary>
/// <param name="Wall">Seconds.</param>
/// <param name="Cpu">Seconds on all processors.</param>
/// <param name="PeakKiB">The most resident memory of any one of the processes.</param>
/// <param name="Output">What it printed, errors last.</param>
internal sealed record TimedProgram(double Wall, double Cpu, long PeakKiB, string Output)
{
    public static async Task<TimedProgram> RunAsync(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        string timed = Path.GetTempFileName();
        try
        {
            var start = new ProcessStartInfo("/usr/bin/time") { RedirectStandardOutput = true, RedirectStandardError = true };
            foreach (string argument in new[] { "-q", "-o", timed, "-f", "%e %U %S %M", program }.Concat(arguments))
                start.ArgumentList.Add(argument);
            foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
                start.Environment[name] = value;
            using Process process = Process.Start(start) ?? throw new InvalidOperationException("GNU time is missing: apt-get install time.");
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            double[] figures = [.. (await File.ReadAllTextAsync(timed)).Trim().Split(' ').Select(figure => double.Parse(figure, CultureInfo.InvariantCulture))];
            return new TimedProgram(figures[0], figures[1] + figures[2], (long)figures[3], output + await errors);
        }
        finally
        {
            File.Delete(timed);
        }
    }
}
