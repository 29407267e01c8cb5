using System.Collections.Immutable;

namespace MedRedact.Audit;

/// <summary>What the verification of an exported range came to.</summary>
/// <param name="First">The first event that the proof is about; -1 where there is no proof to read.</param>
/// <param name="Last">The last event that the proof is about; -1 where there is no proof to read.</param>
/// <param name="Checkpoint">The signed checkpoint, where its signature holds.</param>
/// <param name="Findings">Everything that is wrong.</param>
public sealed record AuditExportReport(long First, long Last, AuditCheckpoint? Checkpoint, ImmutableArray<AuditExportFinding> Findings)
{
    /// <summary>Whether every event is the ledger's, at its place, under a trusted signature, and nothing else lies in the folder.</summary>
    public bool IsVerified => Findings.IsEmpty && Checkpoint is not null;
}

/// <summary>One thing that is wrong with an exported range. It holds no content and no name but those of <see cref="AuditExportFiles"/>.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="File">The file concerned; <see langword="null"/> for a file that is no part of an export.</param>
/// <param name="Line">The line of the file, 1-based, where there is one.</param>
public sealed record AuditExportFinding(AuditExportFindingKind Kind, string? File = null, long? Line = null)
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Kind}{(File is null ? "" : $", {File}")}{(Line is null ? "" : FormattableString.Invariant($", line {Line}"))}");
}

/// <summary>What can be wrong with an exported range.</summary>
public enum AuditExportFindingKind
{
    /// <summary>A file is missing, or cannot be read.</summary>
    Missing = 1,

    /// <summary>The folder holds something that no export writes.</summary>
    Foreign,

    /// <summary>A file has another form than an export gives it.</summary>
    Malformed,

    /// <summary>None of the given keys signed the checkpoint, or <c>keys.txt</c> names another key than the one that did.</summary>
    UnknownSigner,

    /// <summary>The checkpoint bears the name of a given key, and that key did not sign it.</summary>
    SignatureInvalid,

    /// <summary>A line is no event in canonical form, or not the event that follows.</summary>
    EventMalformed,

    /// <summary>The events do not lead to the root that was signed: some were changed, are missing, or are too many.</summary>
    NotIncluded,
}
