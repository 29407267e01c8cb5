using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;

namespace MedRedact;

/// <summary>Registers the parts of MedRedact with a host.</summary>
public interface IMedRedactBuilder
{
    /// <summary>The host's services.</summary>
    IServiceCollection Services { get; }
}

/// <summary>A complete pipeline. Only <see cref="AuditedPipelineBuilder.StoreIn{TStore}"/> makes one.</summary>
public sealed class PipelineDefinition
{
    internal PipelineDefinition(PipelineParts parts) => Parts = parts;

    internal PipelineParts Parts { get; }

    /// <summary>What was composed, for tests and diagnostics.</summary>
    /// <returns>The description.</returns>
    public PipelineDescriptor Describe() => new(Parts.Policy, [.. Parts.Steps]);
}

/// <summary>What was composed.</summary>
/// <param name="Policy">The named policy.</param>
/// <param name="Steps">In the order of the data.</param>
public sealed record PipelineDescriptor(string Policy, ImmutableArray<PipelineStep> Steps);

/// <summary>One step.</summary>
/// <param name="Phase">The verb, e.g. <c>recognize</c>.</param>
/// <param name="Implementation">Who does it, or <see langword="null"/> for a step that is data only.</param>
public sealed record PipelineStep(string Phase, Type? Implementation);

/// <summary>Who plays a role in a pipeline, and how it is had from the host's services.</summary>
/// <typeparam name="TRole">The role.</typeparam>
internal sealed record Part<TRole>(Type Implementation, Func<IServiceProvider, TRole> Resolve)
    where TRole : class;

/// <summary>Makes parts; the annotation keeps constructors alive when a host is trimmed.</summary>
internal static class Part
{
    /// <summary>The registered service, or an instance constructed from the host's services.</summary>
    public static Part<TRole> Of<TRole, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TImplementation>()
        where TRole : class
        where TImplementation : class, TRole =>
        new(typeof(TImplementation), static services =>
            services.GetService<TImplementation>() ?? (typeof(TImplementation).IsAbstract
                ? services.GetRequiredService<TImplementation>()
                : ActivatorUtilities.CreateInstance<TImplementation>(services)));
}

/// <summary>What the builders gather; copied when the pipeline is built.</summary>
internal sealed record PipelineParts
{
    public PreparationPlan Preparation { get; init; } = PreparationPlan.None;

    public ImmutableArray<Part<IPageStage>> Stages { get; init; } = [];

    public Part<IOcrEngine>? Engine { get; init; }

    public OcrRequest Request { get; init; } = new();

    public Part<IOcrEngine>? HandwritingEngine { get; init; }

    public OcrRequest? HandwritingRequest { get; init; }

    public Part<IDocumentClassifier>? Classifier { get; init; }

    public ImmutableArray<Part<IPhiDetector>> Detectors { get; init; } = [];

    public ImmutableArray<Part<IDocumentDetector>> DocumentDetectors { get; init; } = [];

    public string Policy { get; init; } = "";

    public ImmutableArray<Part<IRedactor>> Redactors { get; init; } = [];

    public Part<ITokenizer>? Tokenizer { get; init; }

    public ReviewRules? Review { get; init; }

    public Part<IRemoteOcrEngine>? RemoteEngine { get; init; }

    public AgreementId? Agreement { get; init; }

    public Confidence ReReadBelow { get; init; } = Confidence.Certain;

    public ImmutableArray<Part<IFieldExtractor>> Extractors { get; init; } = [];

    public Part<IAuditSink>? AuditSink { get; init; }

    public Part<IRedactedDocumentStore>? Store { get; init; }

    public ImmutableArray<PipelineStep> Steps { get; init; } = [];

    public PipelineParts Step(string phase, Type? implementation = null) => this with { Steps = Steps.Add(new PipelineStep(phase, implementation)) };
}

/// <summary>When a page waits for a person.</summary>
internal sealed record ReviewRules(ReviewMode Mode, Confidence HoldBelow);
