using System.Collections.Immutable;
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

/// <summary>What the builders gather; copied when the pipeline is built.</summary>
internal sealed record PipelineParts
{
    public PreparationPlan Preparation { get; init; } = PreparationPlan.None;

    public ImmutableArray<Type> Stages { get; init; } = [];

    public Type? Engine { get; init; }

    public OcrRequest Request { get; init; } = new();

    public Type? Classifier { get; init; }

    public ImmutableArray<Type> Detectors { get; init; } = [];

    public ImmutableArray<Type> DocumentDetectors { get; init; } = [];

    public string Policy { get; init; } = "";

    public ImmutableArray<Type> Redactors { get; init; } = [];

    public Type? Tokenizer { get; init; }

    public ReviewRules? Review { get; init; }

    public Type? RemoteEngine { get; init; }

    public AgreementId? Agreement { get; init; }

    public Confidence ReReadBelow { get; init; } = Confidence.Certain;

    public ImmutableArray<Type> Extractors { get; init; } = [];

    public Type? AuditSink { get; init; }

    public Type? Store { get; init; }

    public ImmutableArray<PipelineStep> Steps { get; init; } = [];

    public PipelineParts Step(string phase, Type? implementation = null) => this with { Steps = Steps.Add(new PipelineStep(phase, implementation)) };
}

/// <summary>When a page waits for a person.</summary>
internal sealed record ReviewRules(ReviewMode Mode, Confidence HoldBelow);
