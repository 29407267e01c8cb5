using System.Globalization;

namespace MedRedact.Benchmarks;

/// <summary>CPU of worker processes and programs that a measure started. Linux; elsewhere there are none.</summary>
internal static class ChildProcesses
{
    private const double TicksASecond = 100;

    // Fields of /proc/<pid>/stat behind the name, which may hold spaces: state, parent, ..., user, system, user and system of children that were waited for.
    private const int Parent = 1, User = 11, System = 12, ChildrenUser = 13, ChildrenSystem = 14;

    public static double CpuSeconds()
    {
        if (!OperatingSystem.IsLinux())
            return 0;

        string[] own = Stat("self")!;
        string self = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        double ended = Ticks(own, ChildrenUser) + Ticks(own, ChildrenSystem);
        double alive = Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(name => char.IsAsciiDigit(name![0]))
            .Select(name => Stat(name!)).Where(stat => stat is not null && stat[Parent] == self).Sum(stat => Ticks(stat!, User) + Ticks(stat!, System));
        return (ended + alive) / TicksASecond;
    }

    private static double Ticks(string[] stat, int field) => double.Parse(stat[field], CultureInfo.InvariantCulture);

    private static string[]? Stat(string process)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{process}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }
}
