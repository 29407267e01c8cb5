namespace MedRedact.Isolation.Tests;

/// <summary>A host whose worker is busy with a bad page: it says which process that is, and waits to be killed.</summary>
internal static class DyingHost
{
    public static async Task<int> RunAsync(string manner)
    {
        await using var workers = new Workers(manner);
        await workers.Pool.IntroduceAsync(CancellationToken.None);
        int worker = workers.Pool.IdleProcesses.Single();
        Task<PageText> reading = workers.ReadAsync(Workers.Black, CancellationToken.None);
        Console.WriteLine(worker);
        await Console.Out.FlushAsync();
        await reading;
        return 1;
    }
}
