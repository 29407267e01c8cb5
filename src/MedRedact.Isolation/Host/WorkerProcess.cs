using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace MedRedact.Isolation;

/// <summary>A process of ours that is killed rather than asked, and waited for, so that none is left over.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    // What native libraries say is not kept. A worker that says more than this for one page is out of hand.
    private const long MostNoise = 1 << 20;
    private const int KeeperStack = 256 << 10;

    // A program that the worker started may hold the other end of its error stream for ever.
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    private readonly Process _process;
    private readonly Stream _errors;
    private readonly TaskCompletionSource _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _noise;

    private WorkerProcess(Process process)
    {
        _process = process;
        Id = process.Id;
        Input = process.StandardInput.BaseStream;
        Output = process.StandardOutput.BaseStream;
        _errors = process.StandardError.BaseStream;
        Drained = DrainAsync(_errors);
    }

    public int Id { get; }

    /// <summary>What the worker reads.</summary>
    public Stream Input { get; }

    /// <summary>What the worker writes.</summary>
    public Stream Output { get; }

    public bool HasExited => _exited.Task.IsCompleted;

    public bool IsTooNoisy => Interlocked.Read(ref _noise) > MostNoise;

    private Task Drained { get; }

    /// <summary>Resident memory in bytes; 0 once it has ended.</summary>
    public long ResidentBytes
    {
        get
        {
            try
            {
                string[] pages = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{Id}/statm")).Split(' ');
                return long.Parse(pages[1], CultureInfo.InvariantCulture) * Environment.SystemPageSize;
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or FormatException or IndexOutOfRangeException)
            {
                return 0;
            }
        }
    }

    /// <summary>Starts a process on a thread that waits until it has ended: a worker asks the kernel to be killed when its parent ends, and to the
    /// kernel the parent is the thread that started it, which must not be one that a pool may retire.</summary>
    /// <exception cref="MedRedactException"><see cref="Faults.NotStarted"/>.</exception>
    public static Task<WorkerProcess> StartAsync(ProcessStartInfo start)
    {
        var started = new TaskCompletionSource<WorkerProcess>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() => Keep(start, started), KeeperStack) { IsBackground = true, Name = "MedRedact worker" }.Start();
        return started.Task;
    }

    /// <summary>A new page may be as noisy as the one before.</summary>
    public void ForgetNoise() => Interlocked.Exchange(ref _noise, 0);

    public void Kill()
    {
        try
        {
            if (!HasExited)
                _process.Kill();
        }
        catch (Exception fault) when (fault is InvalidOperationException or Win32Exception)
        {
            // It has ended by itself.
        }
    }

    public async ValueTask DisposeAsync()
    {
        Kill();
        await _exited.Task;
        await Task.WhenAny(Drained, Task.Delay(LastWords));
        await _errors.DisposeAsync();
        await Output.DisposeAsync();
        try
        {
            await Input.DisposeAsync();
        }
        catch (IOException)
        {
            // Something unsent for a process that is gone.
        }

        _process.Dispose();
    }

    private static void Keep(ProcessStartInfo start, TaskCompletionSource<WorkerProcess> started)
    {
        WorkerProcess worker;
        try
        {
            worker = new WorkerProcess(Process.Start(start)!);
        }
        catch (Exception fault) when (fault is Win32Exception or InvalidOperationException or IOException)
        {
            started.SetException(Faults.NoStart());
            return;
        }

        started.SetResult(worker);
        worker._process.WaitForExit();
        worker._exited.SetResult();
    }

    /// <summary>Reads what it says and keeps nothing, or a full pipe would stop it; ends what says too much.</summary>
    private async Task DrainAsync(Stream errors)
    {
        byte[] bytes = new byte[4096];
        try
        {
            int read;
            while ((read = await errors.ReadAsync(bytes)) > 0)
            {
                if (Interlocked.Add(ref _noise, read) > MostNoise)
                    Kill();
            }
        }
        catch (Exception fault) when (fault is IOException or ObjectDisposedException)
        {
            // Nothing more is said.
        }
        finally
        {
            Array.Clear(bytes);
        }
    }
}
