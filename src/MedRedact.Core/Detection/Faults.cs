namespace MedRedact.Detection;

/// <summary>The codes of detection.</summary>
public static class DetectionFaults
{
    /// <summary><c>MR-DET-001</c>: a tagger's model is damaged, or of a version that this release does not know.
    /// What to do: restore the file from a copy, train it again with this release, or leave the path out to use the model that ships.</summary>
    public static FaultCode UnreadableModel { get; } = new("MR-DET-001");

    /// <summary><c>MR-DET-002</c>: the file of a tagger's model cannot be opened.
    /// What to do: check that the path exists and that the process may read it.</summary>
    public static FaultCode MissingModel { get; } = new("MR-DET-002");

    /// <summary><c>MR-DET-003</c>: labels of a training text lie outside it or overlap.
    /// What to do: count positions in UTF-16 code units, and keep labels apart.</summary>
    public static FaultCode UnusableLabels { get; } = new("MR-DET-003");
}

/// <summary>Makes the faults of the tagger.</summary>
internal static class TaggingFaults
{
    public static MedRedactException Damaged() => new(
        DetectionFaults.UnreadableModel, "The tagger's model is damaged or of an unknown version. Restore it, train it again, or leave the path out.");

    public static MedRedactException Missing() => new(
        DetectionFaults.MissingModel, "The file of the tagger's model cannot be opened. Check that it exists and may be read.");

    public static MedRedactException Labels() => new(
        DetectionFaults.UnusableLabels, "Labels of a training text lie outside it or overlap. Count in UTF-16 code units and keep labels apart.");
}
