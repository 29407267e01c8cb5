namespace MedRedact.Durability.Simulation;

/// <summary>All that can go wrong at one operation, for tests that hold whatever does.</summary>
public sealed class EveryDiskFault : TheoryData<DiskFault>
{
    /// <summary>Lists them.</summary>
    public EveryDiskFault()
        : base(Enum.GetValues<DiskFault>())
    {
    }
}
