namespace MedRedact;

/// <summary>Where untrusted images are decoded, prepared and read.</summary>
public enum PageProcess
{
    /// <summary>In worker processes. Where none can be started no page is read: <c>MR-ISO-001</c>.</summary>
    Isolated = 0,

    /// <summary>In worker processes where the worker program lies beside the host's program, its runtime is at hand and the system has memory files (Linux);
    /// else in the host's process.</summary>
    IsolatedWhereFound,

    /// <summary>In the host's process: a fault in a native library ends it.</summary>
    InHost,
}
