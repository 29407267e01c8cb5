namespace MedRedact.Evaluation;

/// <summary>Why something of an identifier is left on a page that was released. Zero is the least known.</summary>
public enum LeakCause
{
    /// <summary>The pipeline's engine read nothing where it stands, and the ink was not covered either.</summary>
    NotRead = 0,

    /// <summary>The engine read something else there, in which nothing was found.</summary>
    Misread,

    /// <summary>The engine read it rightly, and no detector found it.</summary>
    NotDetected,

    /// <summary>It was found, and some of it stays: the paint leaves ink uncovered, or what is drawn there says it again.</summary>
    InPart,

    /// <summary>Its pixels are covered, and the released text still holds its value, there or elsewhere.</summary>
    InText,
}
