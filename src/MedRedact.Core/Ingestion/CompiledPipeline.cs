using System.Collections.Immutable;
using MedRedact.Barrier;

namespace MedRedact.Ingestion;

/// <summary>A composition with its parts resolved and its limits copied; immutable, shared by all runs.</summary>
internal sealed record CompiledPipeline
{
    public required string Name { get; init; }

    public required PipelineDescriptor Descriptor { get; init; }

    public required PipelineLimits Limits { get; init; }

    public required PreparationPlan Preparation { get; init; }

    public required ImmutableArray<IPageStage> Stages { get; init; }

    public required IOcrEngine Engine { get; init; }

    public required OcrRequest Request { get; init; }

    /// <summary>Reads what is written by hand, if the pipeline has an engine for it.</summary>
    public IOcrEngine? HandwritingEngine { get; init; }

    public OcrRequest HandwritingRequest { get; init; } = new();

    public IDocumentClassifier? Classifier { get; init; }

    public required ImmutableArray<IPhiDetector> Detectors { get; init; }

    public required ImmutableArray<IDocumentDetector> DocumentDetectors { get; init; }

    public required IDispositionPolicy Policy { get; init; }

    public required ImmutableArray<IRedactor> Redactors { get; init; }

    public ITokenizer? Tokenizer { get; init; }

    public required SubjectIds Subjects { get; init; }

    /// <summary>Keys that documents are put under as soon as it is known whose they are; none where the host has no such keys.</summary>
    public IObjectKeys? ObjectKeys { get; init; }

    public ReviewRules? Review { get; init; }

    public IRemoteOcrEngine? Remote { get; init; }

    public AgreementId Agreement { get; init; }

    public Confidence ReReadBelow { get; init; }

    public required ImmutableArray<IFieldExtractor> Extractors { get; init; }

    public required IAuditSink Audit { get; init; }

    public required IRedactedDocumentStore Store { get; init; }

    /// <summary>All that has to do with a document of which nothing was read: its engine is not even started.</summary>
    public ImmutableArray<(string Part, string Version)> OwnVersion { get; } =
        [("medredact", typeof(CompiledPipeline).Assembly.GetName().Version?.ToString(3) ?? "0")];

    /// <summary>Everything whose change may change an outcome, with its version.</summary>
    public ImmutableArray<(string Part, string Version)> Versions =>
    [
        .. OwnVersion,
        ("ocr." + Engine.Id.Value, Engine.Version),
        .. HandwritingEngine is { } writing ? ImmutableArray.Create(("handwriting." + writing.Id.Value, writing.Version)) : [],
        .. Detectors.Select(detector => ("detector." + detector.Info.Id.Value, detector.Info.Version.ToString())),
        .. DocumentDetectors.Select(detector => ("detector." + detector.Info.Id.Value, detector.Info.Version.ToString())),
        .. Extractors.Select(extractor => ("extractor." + extractor.GetType().Name, extractor.Version.ToString())),
    ];
}
