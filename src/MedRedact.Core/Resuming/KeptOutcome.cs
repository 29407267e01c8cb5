namespace MedRedact.Resuming;

/// <summary>What became of a page that was, or should have been, kept.</summary>
internal enum KeptOutcome
{
    /// <summary>It was sealed.</summary>
    Kept = 0,

    /// <summary>It was not read again.</summary>
    Resumed,

    /// <summary>Something that shaped it is another now: it is read again.</summary>
    Outdated,

    /// <summary>It did not open or verify: it is read again.</summary>
    Unreadable,

    /// <summary>Keeping failed; the run goes on without.</summary>
    Failed,

    /// <summary>Erasing failed; the sealed pages lie beside the original.</summary>
    Left,
}
