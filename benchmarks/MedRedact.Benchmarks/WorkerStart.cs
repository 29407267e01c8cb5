using System.Globalization;
using MedRedact.Isolation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MedRedact.Benchmarks;

/// <summary>How long a worker process takes from its start to its greeting, library and trained data looked up, and what CPU and memory that costs.</summary>
internal static class WorkerStart
{
    public static async Task<int> RunAsync(string[] args)
    {
        int count = args is [var first, ..] ? int.Parse(first, CultureInfo.InvariantCulture) : 10;
        await using Bench bench = Bench.Start(configure: options => options.PageProcess = PageProcess.Isolated);
        PageWorkerOptions options = bench.Services.GetRequiredService<IOptions<PageWorkerOptions>>().Value;
        var wall = new List<double>();
        var cpu = new List<double>();
        long resident = 0;
        for (int start = 0; start < count; start++)
        {
            double before = Bench.Cpu();
            PageWorkerProbe worker = await PageWorkerProbe.RunAsync(options);
            if (worker.Fault is { } fault)
                throw fault;
            cpu.Add(Bench.Cpu() - before);
            wall.Add(worker.Start.TotalMilliseconds);
            resident = Math.Max(resident, worker.ResidentBytes);
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"worker start: least {wall.Min():F0} ms, median {Bench.Median(wall):F0} ms wall, median {Bench.Median(cpu) * 1000:F0} ms CPU, at most {resident >> 20} MiB resident"));
        return 0;
    }
}
