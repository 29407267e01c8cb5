namespace MedRedact.Evaluation;

/// <summary>What causes are called.</summary>
public static class LeakWording
{
    /// <summary>In reports for people.</summary>
    /// <param name="cause">The cause.</param>
    /// <returns>A few words.</returns>
    public static string Of(LeakCause cause) => cause switch
    {
        LeakCause.NotRead => "not read",
        LeakCause.Misread => "misread",
        LeakCause.NotDetected => "read, not detected",
        LeakCause.InPart => "covered in part",
        _ => "left in the text",
    };

    /// <summary>In JSON.</summary>
    internal static string Code(LeakCause cause) => cause switch
    {
        LeakCause.NotRead => "not-read",
        LeakCause.Misread => "misread",
        LeakCause.NotDetected => "not-detected",
        LeakCause.InPart => "in-part",
        _ => "in-text",
    };
}
