namespace MedRedact.Durability;

/// <summary>A durable operation failed. The message names the step and the kind of fault, never a path: a file name can be content.</summary>
public sealed class DurabilityException : IOException
{
    /// <summary>Makes a fault.</summary>
    /// <param name="operation">The step that failed.</param>
    /// <param name="fault">Why.</param>
    /// <param name="nativeError">The operating system's error number, or 0 where there is none.</param>
    public DurabilityException(FileOperation operation, DurabilityFault fault, int nativeError = 0)
        : base($"A durable file operation failed: {operation}, {fault} (system error {nativeError}).")
    {
        Operation = operation;
        Fault = fault;
        NativeError = nativeError;
    }

    /// <summary>The step that failed.</summary>
    public FileOperation Operation { get; }

    /// <summary>Why it failed.</summary>
    public DurabilityFault Fault { get; }

    /// <summary>The operating system's error number (<c>errno</c> or a Win32 code), or 0.</summary>
    public int NativeError { get; }

    /// <summary>Translates what the runtime throws. The original is not attached: its message holds the path.</summary>
    internal static DurabilityException From(FileOperation operation, Exception exception) => exception switch
    {
        DurabilityException known => known,
        FileNotFoundException or DirectoryNotFoundException => new(operation, DurabilityFault.NotFound),
        UnauthorizedAccessException => new(operation, DurabilityFault.AccessDenied),
        // On Unix the runtime stores errno as it is, on Windows as 0x8007xxxx.
        _ => FromNative(operation, OperatingSystem.IsWindows() ? exception.HResult & 0xFFFF : exception.HResult),
    };

    internal static DurabilityException FromNative(FileOperation operation, int error) => new(operation, NativeErrors.Classify(error), error);
}
