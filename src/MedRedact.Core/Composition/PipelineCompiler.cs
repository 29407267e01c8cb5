using System.Collections.Immutable;
using MedRedact.Barrier;
using MedRedact.Detection;
using MedRedact.Egress;
using MedRedact.Ingestion;
using MedRedact.Ink;
using MedRedact.Languages;
using MedRedact.Manifests;
using MedRedact.Redaction;
using MedRedact.Resuming;
using MedRedact.Window;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MedRedact.Composition;

/// <summary>Resolves the parts of a composition and checks that they can do what the policy may decide.</summary>
internal static class PipelineCompiler
{
    public static IngestionPipeline Compile(string name, PipelineParts parts, IServiceProvider services)
    {
        var isolation = services.GetService<IPageIsolation>();
        CompiledPipeline pipeline = Resolve(name, parts, services);
        var missing = MissingParts(pipeline, services);
        if (missing.Count > 0)
            throw new MedRedactException(PipelineFaults.Composition, $"The pipeline lacks: {string.Join("; ", missing)}.");

        if (isolation is not null)
        {
            pipeline = pipeline with
            {
                Engine = isolation.Isolate(pipeline.Engine),
                HandwritingEngine = pipeline.HandwritingEngine is { } writing ? isolation.Isolate(writing) : null,
            };
        }

        var time = services.GetRequiredService<TimeProvider>();
        var memory = services.GetRequiredService<IRasterMemory>();
        var window = services.GetRequiredService<PageWindow>();
        var labels = services.GetRequiredService<ILabelPainter>();
        RedactionOptions options = services.GetRequiredService<IOptions<RedactionOptions>>().Value;
        if (options.Check() is { } wrong)
            throw new MedRedactException(PipelineFaults.Composition, $"{wrong}.");
        var redaction = new PageRedaction(
            new RedactionApplier(pipeline.Policy, pipeline.Redactors, pipeline.Tokenizer, labels, options.BoxWidthStep),
            new ResidueCheck(options.ReReadSurroundings ? pipeline.Engine : null, pipeline.Request, labels, memory));
        var examination = new PageExamination(pipeline);
        ReReading? reReading = pipeline.Remote is { } remote
            ? new ReReading(
                pipeline, remote, new EgressGate(services.GetRequiredService<IOptions<EgressOptions>>(), pipeline.Audit, time), examination, redaction, memory)
            : null;
        SecondReading? secondReading = options.SecondReading == SecondReadingScope.None
            ? null
            : new SecondReading(pipeline, examination, options.SecondReading, options.SecondReadingShare, memory);
        ImmutableArray<IPageReader> readers = [.. services.GetServices<IPageReader>()];
        var preparer = services.GetService<IPagePreparer>();
        var keys = services.GetRequiredService<IKeyProvider>();
        object?[] others = [.. readers, preparer, isolation];
        var keeping = new PageKeeping(
            services.GetRequiredService<IZoneStore>(),
            services.GetRequiredService<IObjectSealer>(),
            new ReadingFingerprint(pipeline, keys, [.. others.OfType<object>().Select(other => other.GetType())]),
            pipeline.ObjectKeys);
        var runs = new RunFactory(
            pipeline,
            services.GetRequiredService<Intake>(),
            readers,
            new PageWorkplace(isolation, preparer, pipeline),
            window,
            new PageFinishing(pipeline, redaction, reReading, secondReading, window, time, memory),
            memory,
            time);
        return new IngestionPipeline(
            pipeline, runs, new IngestionCommit(pipeline, new ManifestSignature(keys), time), keeping, services.GetService<IIngestionJournal>(), time);
    }

    private static CompiledPipeline Resolve(string name, PipelineParts parts, IServiceProvider services)
    {
        try
        {
            return new CompiledPipeline
            {
                Name = name,
                Descriptor = new PipelineDescriptor(parts.Policy, parts.Steps),
                Limits = Copy(services.GetRequiredService<IOptions<PipelineLimits>>().Value),
                Preparation = parts.Preparation,
                Stages = [.. parts.Stages.Select(part => part.Resolve(services))],
                Engine = parts.Engine!.Resolve(services),
                Request = parts.Request,
                HandwritingEngine = parts.HandwritingEngine?.Resolve(services),
                HandwritingRequest = (parts.HandwritingRequest ?? parts.Request) with { Layout = OcrLayout.SingleBlock },
                Classifier = parts.Classifier?.Resolve(services),
                Detectors = WithUnreadInk([.. parts.Detectors.Select(part => part.Resolve(services))]),
                // What is certain on one page is always searched for on all: no composition can leave it out.
                DocumentDetectors = [.. parts.DocumentDetectors.Select(part => part.Resolve(services)), new ValuePropagation()],
                Policy = services.GetKeyedService<IDispositionPolicy>(parts.Policy)
                    ?? throw new MedRedactException(PipelineFaults.Composition, "No policy is registered under the name the pipeline gives."),
                Redactors = [.. parts.Redactors.Select(part => part.Resolve(services))],
                Tokenizer = parts.Tokenizer?.Resolve(services),
                Subjects = new SubjectIds(services.GetRequiredService<IKeyProvider>()),
                ObjectKeys = services.GetService<IObjectKeys>(),
                Review = parts.Review,
                Remote = parts.RemoteEngine?.Resolve(services),
                Agreement = parts.Agreement ?? default,
                ReReadBelow = parts.ReReadBelow,
                Extractors = [.. parts.Extractors.Select(part => part.Resolve(services))],
                Audit = parts.AuditSink!.Resolve(services),
                Store = parts.Store!.Resolve(services),
            };
        }
        catch (InvalidOperationException fault)
        {
            // The container names the service type it misses; a type name holds no content.
            throw new MedRedactException(PipelineFaults.Composition, fault.Message, fault);
        }
    }

    /// <summary>Ink that nobody read is PHI in every pipeline: no composition can leave that out either.</summary>
    private static ImmutableArray<IPhiDetector> WithUnreadInk(ImmutableArray<IPhiDetector> detectors) =>
        detectors.IsEmpty || detectors.Any(detector => detector.Info.NeedsPixels && detector.Info.Categories.Contains(PhiCategory.UnreadInk))
            ? detectors
            : detectors.Add(new UnreadInk());

    private static List<string> MissingParts(CompiledPipeline pipeline, IServiceProvider services)
    {
        var missing = new List<string>();
        if (!services.GetServices<IPageReader>().Any())
            missing.Add("a page reader");
        if (services.GetService<ILabelPainter>() is null)
            missing.Add("a label painter");
        if (pipeline.Detectors.IsEmpty)
            missing.Add("a detector");
        if (pipeline.Preparation != PreparationPlan.None && services.GetService<IPagePreparer>() is null)
            missing.Add("a page preparer");
        missing.AddRange(PageLanguages.Untold(pipeline.Request).Select(language => $"words to tell the language '{language}' by: read it without a choice"));
        foreach (Disposition disposition in pipeline.Policy.Uses)
        {
            bool served = disposition switch
            {
                Disposition.Redact or Disposition.Keep or Disposition.Review => true,
                Disposition.Tokenize => pipeline.Tokenizer is not null,
                _ => pipeline.Redactors.Any(redactor => redactor.Serves == disposition),
            };
            if (!served)
                missing.Add($"a capability for '{disposition}', which the policy uses");
        }

        return missing;
    }

    private static PipelineLimits Copy(PipelineLimits limits) => new()
    {
        MaxPagesInFlight = limits.MaxPagesInFlight,
        MaxPagesInFlightPerProcess = limits.MaxPagesInFlightPerProcess,
        MaxPixelBytes = limits.MaxPixelBytes,
        MaxPixelsPerPage = limits.MaxPixelsPerPage,
        MaxPages = limits.MaxPages,
        MaxFileBytes = limits.MaxFileBytes,
        PageTimeout = limits.PageTimeout,
    };
}
