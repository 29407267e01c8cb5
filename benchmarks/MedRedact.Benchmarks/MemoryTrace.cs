using System.Globalization;
using System.Runtime.InteropServices;

namespace MedRedact.Benchmarks;

/// <summary>Prints at growing page numbers of what the process's memory consists, so that growth has a name: the collector's heap, the native heap, files.</summary>
internal sealed partial class MemoryTrace : IProgress<IngestionProgress>
{
    private readonly Lock _gate = new();

    public void Report(IngestionProgress value)
    {
        int page = Math.Max(value.PagesExamined, value.PagesFinished);
        bool finishing = value.PagesFinished > 0;
        int at = finishing ? value.PagesFinished : page;
        if (at is not (1 or 3 or 10 or 30 or 60 or 100 or 200 or 300 or 500 or 700) && at != value.PageCount)
            return;

        lock (_gate)
            Console.WriteLine($"{(finishing ? "finished" : "examined"),8} {at,5}: {Describe()}");
    }

    private static string Describe()
    {
        Dictionary<string, string> status = File.ReadLines("/proc/self/status").Select(line => line.Split(':', 2)).ToDictionary(line => line[0], line => line[1].Trim());
        GCMemoryInfo info = GC.GetGCMemoryInfo(GCKind.Any);
        NativeHeap heap = MallInfo();
        return string.Create(CultureInfo.InvariantCulture,
            $"peak {Of("VmHWM")} MiB, resident {Of("VmRSS")} (anonymous {Of("RssAnon")}, files {Of("RssFile")}); threads {status["Threads"]}; managed live {GC.GetTotalMemory(false) >> 20}, committed {info.TotalCommittedBytes >> 20} "
            + $"(gen0 {info.GenerationInfo[0].SizeAfterBytes >> 10}K gen1 {info.GenerationInfo[1].SizeAfterBytes >> 10}K gen2 {info.GenerationInfo[2].SizeAfterBytes >> 20} LOH {info.GenerationInfo[3].SizeAfterBytes >> 20} POH {info.GenerationInfo[4].SizeAfterBytes >> 20}), "
            + $"collections {GC.CollectionCount(0)}/{GC.CollectionCount(1)}/{GC.CollectionCount(2)}; native used {heap.Used >> 20}, free {heap.Free >> 20}, mapped {heap.Mapped >> 20}");

        long Of(string name) => long.Parse(status[name].Split(' ')[0], CultureInfo.InvariantCulture) >> 10;
    }

    [LibraryImport("libc", EntryPoint = "mallinfo2")]
    private static partial NativeHeap MallInfo();

    /// <summary>glibc's <c>struct mallinfo2</c>: the sums over all arenas.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct NativeHeap
    {
        public readonly nuint Arena, FreeChunks, FastChunks, MappedChunks, Mapped, MostUsed, FastFree, Used, Free, Trimmable;
    }
}
