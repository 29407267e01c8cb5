using System.Diagnostics;
using System.Globalization;

namespace MedRedact.Documents.Pdf;

/// <summary>What a program may take.</summary>
/// <param name="Patience">Wall clock.</param>
/// <param name="ProcessorSeconds">Processor time.</param>
/// <param name="MemoryBytes">Address space.</param>
internal sealed record ProgramLimits(TimeSpan Patience, int ProcessorSeconds, long MemoryBytes);

/// <summary>How a program ended.</summary>
internal enum ProgramEnd
{
    /// <summary>With an error of its own, or by a crash.</summary>
    Failed = 0,

    /// <summary>At a limit.</summary>
    Limited,

    /// <summary>As it should, but it complained of errors.</summary>
    Complained,

    /// <summary>As it should.</summary>
    Done,
}

/// <summary>Runs a program on untrusted bytes: under limits, without our environment, and never longer than it is waited for. What it says on standard
/// error may hold content and is only searched for the word that marks errors.</summary>
internal static class IsolatedProgram
{
    private const int KilledByProcessorLimit = 128 + 24, Killed = 128 + 9;

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    // The limits hold for the program because the shell becomes the program.
    private const string UnderLimits = "ulimit -c 0; ulimit -t \"$1\"; ulimit -v \"$2\" 2>/dev/null; shift 2; exec \"$@\"";

    /// <summary>Runs a program.</summary>
    /// <param name="program">Its path.</param>
    /// <param name="arguments">Its arguments: no content.</param>
    /// <param name="limits">What it may take.</param>
    /// <param name="read">Reads its output; what it does not read is not waited for.</param>
    /// <param name="cancellationToken">Ends the program.</param>
    /// <returns>How it ended, and what was read; nothing where reading failed or was cut short.</returns>
    public static async ValueTask<(ProgramEnd End, T? Output)> RunAsync<T>(
        string program, IEnumerable<string> arguments, ProgramLimits limits, Func<Stream, CancellationToken, ValueTask<T?>> read, CancellationToken cancellationToken)
        where T : class
    {
        using Process process = Start(program, arguments, limits);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(limits.Patience);
        T? output = null;
        try
        {
            Task<bool> complaints = ComplainsAsync(process.StandardError.BaseStream, patience.Token);
            output = await read(process.StandardOutput.BaseStream, patience.Token);
            bool isCutShort = output is null && !await ExitsSoonAsync(process, patience.Token);
            if (isCutShort)
                End(process);

            await process.WaitForExitAsync(patience.Token);
            bool complained = await complaints;
            ProgramEnd end = process.ExitCode switch
            {
                _ when isCutShort => ProgramEnd.Failed,
                0 => complained ? ProgramEnd.Complained : ProgramEnd.Done,
                KilledByProcessorLimit or Killed => ProgramEnd.Limited,
                _ => ProgramEnd.Failed,
            };
            return (end, output);
        }
        catch (Exception fault) when (fault is OperationCanceledException or IOException)
        {
            (output as IDisposable)?.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            return (fault is OperationCanceledException ? ProgramEnd.Limited : ProgramEnd.Failed, null);
        }
        finally
        {
            End(process);
        }
    }

    private static Process Start(string program, IEnumerable<string> arguments, ProgramLimits limits)
    {
        var start = new ProcessStartInfo { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        if (OperatingSystem.IsWindows())
        {
            start.FileName = program;
        }
        else
        {
            start.FileName = "/bin/sh";
            foreach (string part in (string[])["-c", UnderLimits, "sh", Text(limits.ProcessorSeconds), Text(limits.MemoryBytes >> 10), program])
                start.ArgumentList.Add(part);
            start.Environment.Clear();
            start.Environment["LC_ALL"] = "C";
            start.Environment["HOME"] = "/nonexistent";
        }

        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        try
        {
            Process process = Process.Start(start)!;
            process.StandardInput.Close();
            return process;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw PdfFaults.Document(PdfFaults.PopplerMissing);
        }
    }

    /// <summary>Reads to the end, or a full pipe would stop the program; keeps a few bytes at a time.</summary>
    private static async Task<bool> ComplainsAsync(Stream errors, CancellationToken cancellationToken)
    {
        byte[] window = new byte[4096];
        int kept = 0, read;
        bool complains = false;
        while ((read = await errors.ReadAsync(window.AsMemory(kept), cancellationToken)) > 0)
        {
            ReadOnlySpan<byte> seen = window.AsSpan(0, kept + read);
            complains |= seen.IndexOf("Error"u8) >= 0 || seen.IndexOf("ut of memory"u8) >= 0;
            kept = Math.Min(seen.Length, 16);
            seen[^kept..].CopyTo(window);
        }

        Array.Clear(window);
        return complains;
    }

    /// <summary>A program whose output ended is about to end, and then says itself how; one that goes on writing does not.</summary>
    private static async Task<bool> ExitsSoonAsync(Process process, CancellationToken cancellationToken)
    {
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        soon.CancelAfter(Grace);
        try
        {
            await process.WaitForExitAsync(soon.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private static void End(Process process)
    {
        try
        {
            if (!process.HasExited)
                process.Kill();
        }
        catch (Exception fault) when (fault is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It has ended by itself.
        }
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
