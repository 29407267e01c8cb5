namespace MedRedact.Storage.Tests;

/// <summary>Turns this test program into a small host: for each folder that it is told on standard input it does the same work there, saying what was acknowledged line by line.</summary>
internal static class FaultHost
{
    public const string Variable = "MEDREDACT_STORAGE_HOST";

    /// <summary>Ends the lines of one folder.</summary>
    public const string End = ".";

    /// <summary>Does what the environment variable asks for.</summary>
    /// <returns>Whether it asked for anything.</returns>
    public static async Task<bool> RunAsync()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 })
            return false;

        while (await Console.In.ReadLineAsync() is { } folder)
        {
            using var work = new FaultWork(folder, Console.Out.WriteLine);
            await work.RunAsync();
            Console.WriteLine(End);
        }

        return true;
    }
}
