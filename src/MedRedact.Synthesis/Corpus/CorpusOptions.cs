namespace MedRedact.Synthesis;

/// <summary>Image formats of a corpus.</summary>
public enum CorpusFormat
{
    /// <summary>PNG, a file a page.</summary>
    Png = 0,

    /// <summary>JPEG, a file a page.</summary>
    Jpeg,

    /// <summary>Bilevel TIFF in CCITT group 4, one file a document.</summary>
    TiffG4,

    /// <summary>Grey TIFF in LZW, one file a document.</summary>
    TiffGrey,

    /// <summary>PDF with one image a page and no text layer, as document scanners write it; one file a document.</summary>
    Pdf,
}

/// <summary>How a corpus is written.</summary>
public sealed record CorpusOptions
{
    /// <summary>Pixels an inch at drawing, 72 to 600.</summary>
    public int Dpi { get; init => field = value is >= 72 and <= 600 ? value : throw new ArgumentOutOfRangeException(nameof(value)); } = 200;

    /// <summary>How worn the pages are; clean by default.</summary>
    public ScanGrade Grade { get; init; } = ScanGrade.Clean;

    /// <summary>What the documents are written in; English by default.</summary>
    public DocumentLanguage Language { get; init; }

    /// <summary>Image format; PNG by default.</summary>
    public CorpusFormat Format { get; init; }

    /// <summary>Quality of JPEG files, 1 to 100.</summary>
    public int JpegQuality { get; init; } = 85;
}
