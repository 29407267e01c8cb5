namespace MedRedact.Cli;

/// <summary>What the process returns.</summary>
internal static class ExitCodes
{
    /// <summary>Done; every document was released, everything verified, nothing is red.</summary>
    public const int Done = 0;

    /// <summary>Done, but a document was withheld, held or rejected; or something due for deletion was held or failed, or there was no hold to release.</summary>
    public const int NotAllReleased = 1;

    /// <summary>The command line or an input file cannot be understood.</summary>
    public const int Usage = 2;

    /// <summary>The areas of codes that mean <see cref="Usage"/>: command line, policy file, labelled set, alert rules.</summary>
    public static readonly string[] UsageAreas = ["MR-CLI", "MR-POL", "MR-EVA", "MR-ALR-00"];

    /// <summary>The machine lacks something: a library, a language, a key, a folder.</summary>
    public const int Environment = 3;

    /// <summary>Verification found damage.</summary>
    public const int Damaged = 4;

    /// <summary>Cancelled.</summary>
    public const int Cancelled = 130;
}
