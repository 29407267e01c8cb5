namespace MedRedact.Durability;

/// <summary>One owner a folder. The operating system holds the lock, so a crash leaves none behind: the file stays, the lock does not.</summary>
/// <remarks>The lock is advisory on Unix (<c>flock</c>): it keeps out owners that ask for it. The lock file is never deleted,
/// because a deleted file could be locked by one owner while another creates and locks its successor.</remarks>
public sealed class FileLock : IDisposable
{
    private readonly IDisposable _held;

    private FileLock(IDisposable held) => _held = held;

    /// <summary>Takes the lock at once or refuses.</summary>
    /// <param name="path">The lock file; its folder exists.</param>
    /// <param name="operations">The file system; this machine's by default.</param>
    /// <returns>The lock; disposing releases it.</returns>
    /// <exception cref="DurabilityException"><see cref="DurabilityFault.Locked"/>: another owner holds it.</exception>
    public static FileLock Acquire(string path, IFileOperations? operations = null) =>
        new((operations ?? PhysicalFileOperations.Instance).Lock(path));

    /// <summary>Takes the lock, waiting for an owner who holds it briefly.</summary>
    /// <param name="path">The lock file; its folder exists.</param>
    /// <param name="patience">How long to wait.</param>
    /// <param name="time">Measures the wait.</param>
    /// <param name="operations">The file system; this machine's by default.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The lock; disposing releases it.</returns>
    /// <exception cref="DurabilityException"><see cref="DurabilityFault.Locked"/>: the other owner did not let go in time.</exception>
    public static async ValueTask<FileLock> AcquireAsync(
        string path, TimeSpan patience, TimeProvider time, IFileOperations? operations = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(time);
        long started = time.GetTimestamp();
        while (true)
        {
            try
            {
                return Acquire(path, operations);
            }
            catch (DurabilityException fault) when (fault.Fault == DurabilityFault.Locked && time.GetElapsedTime(started) < patience)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10), time, cancellationToken);
            }
        }
    }

    /// <summary>Releases the lock.</summary>
    public void Dispose() => _held.Dispose();
}
