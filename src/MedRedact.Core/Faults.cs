namespace MedRedact;

/// <summary>The pipeline's codes (<c>MR-PIP</c>), each with the fixed text that says what to do.</summary>
internal static class PipelineFaults
{
    /// <summary>The composition is incomplete or contradicts its policy.</summary>
    public static readonly FaultCode Composition = new("MR-PIP-001");
}
