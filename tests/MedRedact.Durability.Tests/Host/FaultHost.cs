namespace MedRedact.Durability.Tests;

/// <summary>Turns this test program into a small host for a moment: a child that the tests start under <c>strace</c>, so that the real
/// system calls of the real runtime fail. It prints one line an outcome and ends before any test runs.</summary>
internal static class FaultHost
{
    public const string Variable = "MEDREDACT_DURABILITY_HOST";

    /// <summary>Does what the environment variable asks for.</summary>
    /// <returns>Whether it asked for anything.</returns>
    public static bool Run()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } request)
            return false;

        string[] parts = request.Split('|');
        switch (parts[0])
        {
            case "append":
                Append(parts[1]);
                break;
            case "atomic":
                Try("commit", () => AtomicFile.Write(parts[1], "new"u8));
                break;
            case "lock":
                Try("lock", () => FileLock.Acquire(parts[1]));
                Console.Out.Flush();
                Console.In.ReadLine();
                break;
        }

        return true;
    }

    private static void Append(string path)
    {
        using DurableAppendFile file = DurableAppendFile.Open(path, 0);
        Try("append", () => file.Append("event"u8));
        Try("sync", file.Sync);
        Try("sync", file.Sync);
        Try("append", () => file.Append("event"u8));
    }

    private static void Try(string step, Action action)
    {
        try
        {
            action();
            Console.WriteLine($"{step} ok");
        }
        catch (DurabilityException fault)
        {
            Console.WriteLine($"{step} {fault.Operation} {fault.Fault} {fault.NativeError}");
        }
    }
}
