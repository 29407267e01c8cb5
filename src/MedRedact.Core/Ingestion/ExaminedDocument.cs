using System.Collections.Immutable;
using MedRedact.Barrier;
using MedRedact.Redaction;

namespace MedRedact.Ingestion;

/// <summary>A document behind the barrier.</summary>
/// <param name="Run">What its steps share.</param>
/// <param name="Type">Its type, if a page told.</param>
/// <param name="Search">Looks for what its pages revealed.</param>
/// <param name="Subject">Whose record it is.</param>
/// <param name="Certain">Values that must not be left on any of its pages.</param>
internal sealed record ExaminedDocument(
    RunContext Run, DocumentType? Type, DocumentSearch Search, Phi<string> Subject, ImmutableArray<RemovedValue> Certain)
{
    /// <summary>Whose keys close what belongs to this person alone; <see langword="null"/> where no record number is known.</summary>
    public SubjectId? SubjectId { get; init; }

    /// <summary>All values that were found, where the policy lets something be invented; otherwise empty.</summary>
    public ImmutableArray<Phi<string>> Found { get; init; } = [];
}
