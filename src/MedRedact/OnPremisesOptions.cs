namespace MedRedact;

/// <summary>What a host chooses about the on-premises preset; everything else has a safe default.</summary>
public sealed class OnPremisesOptions
{
    /// <summary>The name of the pipeline, under which hosts resolve it. Default: <c>charts</c>.</summary>
    public string Pipeline { get; set; } = "charts";

    /// <summary>The folder of keys, store, vault and ledger. Default: <c>.medredact</c> in the current folder.</summary>
    public string Home { get; set; } = ".medredact";

    /// <summary>The policy that decides. Default: <c>safe-harbor</c>.</summary>
    public string Policy { get; set; } = "safe-harbor";

    /// <summary>Languages of the records, as the OCR engine names them. Default: <c>eng</c>.</summary>
    public IList<string> Languages { get; set; } = ["eng"];

    /// <summary>Languages that a record may be in instead: <c>eng</c> and <c>spa</c> can be told. A page whose words say so is read once more in that language,
    /// or in both where it is printed in both; their trained data must be installed. Default: none.</summary>
    public IList<string> AlternativeLanguages { get; set; } = [];

    /// <summary>The folder of the engine's trained data; by default the usual folders are searched.</summary>
    public string? TessdataPath { get; set; }

    /// <summary>Where images are decoded and pages read. Default: <see cref="PageProcess.IsolatedWhereFound"/>.</summary>
    public PageProcess PageProcess { get; set; } = PageProcess.IsolatedWhereFound;

    /// <summary>Pages whose mean word confidence is below this wait for a person, 0 to 1. Default: 0.6.</summary>
    public double HoldBelow { get; set; } = 0.6;
}
