namespace MedRedact.Redaction;

/// <summary>How redaction checks itself before a page is released.</summary>
public sealed class RedactionOptions
{
    /// <summary>Whether the surroundings of all painted boxes are read again and compared with what was removed. Default: they are.
    /// The clean text and the painted pixels are checked in any case.</summary>
    public bool ReReadSurroundings { get; set; } = true;
}
