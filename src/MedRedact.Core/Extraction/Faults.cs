namespace MedRedact.Extraction;

/// <summary>The codes of extraction.</summary>
public static class ExtractionFaults
{
    /// <summary><c>MR-EXT-001</c>: a clinical record cannot be read: damaged, or of a version that this release does not know.
    /// What to do: restore it from a copy, extract the document again, or update.</summary>
    public static FaultCode UnreadableRecord { get; } = new("MR-EXT-001");

    internal static MedRedactException Unreadable() =>
        new(UnreadableRecord, "The clinical record is damaged or of an unknown version. Restore it from a copy, extract the document again, or update.");
}
