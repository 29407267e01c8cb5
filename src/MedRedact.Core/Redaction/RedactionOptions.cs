namespace MedRedact.Redaction;

/// <summary>How redaction checks itself before a page is released, and how wide its boxes are. Checked when a pipeline is composed.</summary>
public sealed class RedactionOptions
{
    /// <summary>Whether the surroundings of all painted boxes are read again and compared with what was removed. Default: they are.
    /// The clean text and the painted pixels are checked in any case.</summary>
    public bool ReReadSurroundings { get; set; } = true;

    /// <summary>Which pages are read a second time as a whole, at another size, before they are released. A page on which a detector then finds anything
    /// that the policy removes, or on which a removed value can be read, is withheld (<c>MR-RED-013</c>). Default: none, for it costs about
    /// as much again as the first reading.</summary>
    public SecondReadingScope SecondReading { get; set; } = SecondReadingScope.None;

    /// <summary>The share of pages that <see cref="SecondReadingScope.SampledPages"/> reads again, 0 to 1. Default: 0.1. Which ones follows from the document's id.
    /// A file that is handed in anew is chosen from anew: a sample measures, and only <see cref="SecondReadingScope.AllPages"/> protects each page.</summary>
    public double SecondReadingShare { get; set; } = 0.1;

    /// <summary>A fixed step, in inches, to a multiple of which boxes are widened where no word that stays is in the way: first to the right, then to the left.
    /// 0 to 8. Default: 0, which widens to one and a half times the height of the text, to the right. With 2, nearly all names, dates and numbers
    /// that have room have boxes of one width.</summary>
    public double BoxWidthStep { get; set; }

    internal string? Check() => this switch
    {
        { SecondReadingShare: not (>= 0 and <= 1) } => "RedactionOptions.SecondReadingShare is 0 to 1",
        { BoxWidthStep: not (>= 0 and <= 8) } => "RedactionOptions.BoxWidthStep is 0 to 8",
        _ => null,
    };
}
