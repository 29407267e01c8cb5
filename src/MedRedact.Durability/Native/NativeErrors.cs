namespace MedRedact.Durability;

/// <summary>The few system errors that call for different remedies; every other one is an I/O fault.</summary>
internal static class NativeErrors
{
    public const int Interrupted = 4;

    public static DurabilityFault Classify(int error) =>
        OperatingSystem.IsWindows() ? ClassifyWindows(error)
        : OperatingSystem.IsMacOS() ? ClassifyMac(error)
        : ClassifyLinux(error);

    private static DurabilityFault ClassifyLinux(int errno) => errno switch
    {
        28 or 122 => DurabilityFault.NoSpace,                    // ENOSPC, EDQUOT
        11 => DurabilityFault.Locked,                            // EWOULDBLOCK
        _ => ClassifyUnix(errno),
    };

    private static DurabilityFault ClassifyMac(int errno) => errno switch
    {
        28 or 69 => DurabilityFault.NoSpace,                     // ENOSPC, EDQUOT
        35 => DurabilityFault.Locked,                            // EWOULDBLOCK
        _ => ClassifyUnix(errno),
    };

    private static DurabilityFault ClassifyUnix(int errno) => errno switch
    {
        1 or 13 or 30 => DurabilityFault.AccessDenied,           // EPERM, EACCES, EROFS
        2 or 20 => DurabilityFault.NotFound,                     // ENOENT, ENOTDIR
        17 or 39 or 66 => DurabilityFault.AlreadyExists,         // EEXIST, ENOTEMPTY (Linux, macOS)
        _ => DurabilityFault.Io,
    };

    private static DurabilityFault ClassifyWindows(int error) => error switch
    {
        39 or 112 or 1295 => DurabilityFault.NoSpace,            // HANDLE_DISK_FULL, DISK_FULL, DISK_QUOTA_EXCEEDED
        32 or 33 => DurabilityFault.Locked,                      // SHARING_VIOLATION, LOCK_VIOLATION
        5 or 19 => DurabilityFault.AccessDenied,                 // ACCESS_DENIED, WRITE_PROTECT
        2 or 3 => DurabilityFault.NotFound,                      // FILE_NOT_FOUND, PATH_NOT_FOUND
        80 or 183 => DurabilityFault.AlreadyExists,              // FILE_EXISTS, ALREADY_EXISTS
        _ => DurabilityFault.Io,
    };
}
