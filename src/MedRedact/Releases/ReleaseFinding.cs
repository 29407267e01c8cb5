namespace MedRedact.Releases;

/// <summary>One thing that is wrong with an exported document.</summary>
/// <param name="Code">What is wrong: one of <see cref="Faults"/>.</param>
/// <param name="File">The file it is wrong with; <see langword="null"/> where its name may say anything and nobody asked for such names.</param>
/// <param name="Message">What is wrong with it, without content.</param>
public sealed record ReleaseFinding(FaultCode Code, string? File, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => File is null ? $"{Message} [{Code}]" : $"{File} {Message} [{Code}]";
}
