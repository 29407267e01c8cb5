using MedRedact.Durability;

namespace MedRedact.KeyManagement;

/// <summary>Lets one process at a time read-and-change the file. Whoever comes second waits a little: a change takes milliseconds.</summary>
internal sealed class KeyRingLock(string path, TimeProvider time, IFileOperations operations)
{
    private const int Attempts = 250;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public async ValueTask<FileLock> AcquireAsync(bool createFolder, CancellationToken cancellationToken)
    {
        try
        {
            string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
            if (createFolder)
                DurableDirectory.Create(folder, operations);
            else if (!operations.Exists(folder))
                throw Faults.Refuse(Faults.NoRing);

            for (int attempt = 1; ; attempt++)
            {
                try
                {
                    return FileLock.Acquire(path, operations);
                }
                catch (DurabilityException fault) when (fault.Fault == DurabilityFault.Locked && attempt < Attempts)
                {
                    await Task.Delay(Pause, time, cancellationToken);
                }
            }
        }
        catch (DurabilityException fault)
        {
            throw Faults.Refuse(fault.Fault == DurabilityFault.Locked ? Faults.Busy : Faults.StorageFailed, fault);
        }
    }
}
