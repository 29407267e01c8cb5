namespace MedRedact.Redaction;

/// <summary>Which clean pages are read a second time as a whole.</summary>
public enum SecondReadingScope
{
    /// <summary>All.</summary>
    AllPages = 0,

    /// <summary>A share of them, which follows from document and page number.</summary>
    SampledPages,

    /// <summary>None.</summary>
    None,
}
