using Microsoft.Win32.SafeHandles;

namespace MedRedact.Isolation;

/// <summary>The main loop of a worker program: confines the process, greets, then does page after page until the host is gone.</summary>
public static class PageWorkerProgram
{
    private const int Done = 0, Refused = 3;

    /// <summary>Runs until the host closes the pipes or dies; the process then ends at once, whatever it is at.</summary>
    /// <param name="compose">Makes the parts from the host's settings. What it throws as a <see cref="MedRedactException"/> reaches the host's user with its
    /// remedy, because no page has been seen yet.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(Func<IReadOnlyDictionary<string, string>, PageWorkerParts> compose)
    {
        ArgumentNullException.ThrowIfNull(compose);
        using var channel = new HostChannel(Console.OpenStandardInput(), Console.OpenStandardOutput());
        using (SafeFileHandle nowhere = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
            Confinement.CloseStandardStreams(nowhere);
        PageWorkerParts parts;
        using (Frame first = channel.Next(FrameKind.Hello))
        {
            var hello = Hello.Read(first);
            if (!Confinement.DiesWithHost(hello.Host))
                return Refused;

            Confinement.Apply(hello.MemoryCeiling);
            try
            {
                parts = compose(hello.Settings.ToDictionary(StringComparer.Ordinal));
                using PayloadWriter ready = parts.Introduce().Write();
                channel.Send(ready);
            }
            catch (MedRedactException fault)
            {
                using PayloadWriter refusal = WorkerFault.Of(fault).Write();
                channel.Send(refusal);
                return Refused;
            }
        }

        await using var work = new PageWorkbench(parts, channel);
        while (true)
        {
            using Frame frame = channel.Next(FrameKind.Job);
            using PayloadWriter answer = await AnswerAsync(work, PageJob.Read(frame));
            channel.Send(answer);
        }
    }

    private static async Task<PayloadWriter> AnswerAsync(PageWorkbench work, PageJob job)
    {
        try
        {
            using PageDone done = await work.DoAsync(job);
            return done.Write();
        }
        catch (Exception fault)
        {
            return WorkerFault.Of(fault).Write();
        }
    }
}
