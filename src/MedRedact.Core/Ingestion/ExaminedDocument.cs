using System.Collections.Immutable;
using MedRedact.Redaction;

namespace MedRedact.Ingestion;

/// <summary>A document behind the barrier.</summary>
/// <param name="Run">What its steps share.</param>
/// <param name="Pages">Its examined pages, where a step needs them all; else none.</param>
/// <param name="Subject">Whose record it is.</param>
/// <param name="Certain">Values that must not be left on any of its pages.</param>
internal sealed record ExaminedDocument(
    RunContext Run, ImmutableArray<ExaminedPage> Pages, Phi<string> Subject, ImmutableArray<RemovedValue> Certain);
