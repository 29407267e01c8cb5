namespace MedRedact.Alerts;

/// <summary>How soon somebody should look.</summary>
public enum AlertSeverity
{
    /// <summary>In the course of the day.</summary>
    Medium = 1,

    /// <summary>Now.</summary>
    High,

    /// <summary>Now, and what is kept cannot be trusted until then.</summary>
    Critical,
}

/// <summary>What events are counted together.</summary>
public enum AlertSubject
{
    /// <summary>All of them.</summary>
    Everything = 0,

    /// <summary>Those of one actor.</summary>
    Actor,

    /// <summary>Those about one document.</summary>
    Document,
}
