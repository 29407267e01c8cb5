namespace MedRedact.Synthesis;

/// <summary>Languages that records can be made up in.</summary>
public enum DocumentLanguage
{
    /// <summary>As hospitals of the United States write; all kinds.</summary>
    English = 0,

    /// <summary>As hospitals of Spain write: discharge summary, laboratory report, referral letter, prescription and intake form.</summary>
    Spanish,
}
