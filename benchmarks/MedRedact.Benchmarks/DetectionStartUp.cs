using System.Diagnostics;
using System.Globalization;
using MedRedact.Detection;

namespace MedRedact.Benchmarks;

/// <summary>The first detection of a fresh process, which reads the lexicon and the model: compiled as it runs, and compiled ahead.</summary>
internal static class DetectionStartUp
{
    private const int Rounds = 11;

    /// <summary>Prints one line a program, both measured turn by turn. <paramref name="args"/>: this program compiled ahead, or none.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is ["first-call"])
        {
            FirstCall();
            return 0;
        }

        (string Name, string Program)[] programs = [("compiled as it runs", Environment.ProcessPath!), .. args.Take(1).Select(program => ("compiled ahead", program))];
        List<double>[] wall = [.. programs.Select(_ => new List<double>())], cpu = [.. programs.Select(_ => new List<double>())];
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i < programs.Length; i++)
            {
                string path = programs[i].Program;
                await foreach (string line in OwnProcess.LinesAsync(start => start.FileName = path, "start-up", "first-call"))
                {
                    double[] figures = [.. line.Split(' ').Select(figure => double.Parse(figure, CultureInfo.InvariantCulture))];
                    wall[i].Add(figures[0]);
                    cpu[i].Add(figures[1]);
                }
            }
        }

        for (int i = 0; i < programs.Length; i++)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{programs[i].Name,-20} {Bench.Median(wall[i]):F0} ms ({wall[i].Min():F0} to {wall[i].Max():F0}), {Bench.Median(cpu[i]):F0} ms of CPU on all threads"));
        }

        return 0;
    }

    private static void FirstCall()
    {
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        TextDetection.Detect("Seen by Dr. Osgood in Dayton.");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Stopwatch.GetElapsedTime(start).TotalMilliseconds:F0} {(Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds:F0}"));
    }
}
