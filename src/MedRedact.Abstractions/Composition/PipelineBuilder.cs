using System.Diagnostics.CodeAnalysis;

namespace MedRedact;

/// <summary>A pipeline under construction. The type argument is what flows at this point, so a step that needs more has not happened yet.</summary>
/// <typeparam name="TPage">What flows.</typeparam>
public sealed class PipelineBuilder<TPage>
    where TPage : Page
{
    internal PipelineBuilder(PipelineParts parts) => Parts = parts;

    internal PipelineParts Parts { get; }
}

/// <summary>Steps on pixels.</summary>
public static class PageImagePhases
{
    extension(PipelineBuilder<PageImage> pages)
    {
        /// <summary>Lets the built-in preparation run; each step measures first whether a page needs it.</summary>
        /// <param name="configure">Names the steps.</param>
        /// <returns>The pipeline; pixels still flow.</returns>
        public PipelineBuilder<PageImage> Prepare(Action<PreparationBuilder> configure)
        {
            ArgumentNullException.ThrowIfNull(configure);
            var preparation = new PreparationBuilder();
            configure(preparation);
            return new(pages.Parts.Step("prepare") with { Preparation = preparation.Plan });
        }

        /// <summary>Runs a step of your own on the pixels, in the host's process.</summary>
        /// <typeparam name="TStage">Resolved from the host's services, or constructed with them.</typeparam>
        /// <returns>The pipeline; pixels still flow.</returns>
        public PipelineBuilder<PageImage> Through<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TStage>()
            where TStage : class, IPageStage =>
            new(pages.Parts.Step("through", typeof(TStage)) with { Stages = pages.Parts.Stages.Add(Part.Of<IPageStage, TStage>()) });

        /// <summary>Reads the pages; from here on text flows, and no pixels.</summary>
        /// <typeparam name="TEngine">Resolved from the host's services.</typeparam>
        /// <param name="request">Languages; by default English.</param>
        /// <returns>The pipeline; recognized pages flow.</returns>
        public PipelineBuilder<RecognizedPage> Recognize<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TEngine>(OcrRequest? request = null)
            where TEngine : class, IOcrEngine =>
            new(pages.Parts.Step("recognize", typeof(TEngine)) with { Engine = Part.Of<IOcrEngine, TEngine>(), Request = request ?? new OcrRequest() });

        /// <summary>Reads the pages, and what is written on them by hand with an engine for that; from here on text flows, and no pixels.</summary>
        /// <typeparam name="TEngine">Resolved from the host's services.</typeparam>
        /// <param name="also">Names the other engine.</param>
        /// <returns>The pipeline; recognized pages flow.</returns>
        public PipelineBuilder<RecognizedPage> Recognize<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TEngine>(Action<RecognitionBuilder> also)
            where TEngine : class, IOcrEngine
        {
            ArgumentNullException.ThrowIfNull(also);
            var recognition = new RecognitionBuilder(pages.Recognize<TEngine>().Parts);
            also(recognition);
            return new(recognition.Parts);
        }
    }
}

/// <summary>Steps on recognized text.</summary>
public static class RecognizedPagePhases
{
    extension(PipelineBuilder<RecognizedPage> pages)
    {
        /// <summary>Tells the type of the document.</summary>
        /// <typeparam name="TClassifier">Resolved from the host's services, or constructed with them.</typeparam>
        /// <returns>The pipeline; recognized pages flow.</returns>
        public PipelineBuilder<RecognizedPage> Classify<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TClassifier>()
            where TClassifier : class, IDocumentClassifier =>
            new(pages.Parts.Step("classify", typeof(TClassifier)) with { Classifier = Part.Of<IDocumentClassifier, TClassifier>() });

        /// <summary>Finds PHI on all pages and crosses the document barrier: what is certain on one page is searched for on all.</summary>
        /// <param name="configure">Names the detectors; at least one.</param>
        /// <returns>The pipeline; examined pages flow.</returns>
        public PipelineBuilder<ExaminedPage> Detect(Action<DetectionBuilder> configure)
        {
            ArgumentNullException.ThrowIfNull(configure);
            var detection = new DetectionBuilder(pages.Parts);
            configure(detection);
            return new(detection.Parts);
        }
    }
}

/// <summary>Steps on examined pages.</summary>
public static class ExaminedPagePhases
{
    extension(PipelineBuilder<ExaminedPage> pages)
    {
        /// <summary>Redacts as the named policy decides. A capability that the policy needs and nobody registered fails when the host starts.</summary>
        /// <param name="policy">The policy's name, e.g. <c>safe-harbor</c>.</param>
        /// <param name="with">Registers what can be done.</param>
        /// <returns>The pipeline; clean pages flow.</returns>
        public PipelineBuilder<RedactedPage> Redact(string policy, Action<RedactionBuilder> with)
        {
            ArgumentException.ThrowIfNullOrEmpty(policy);
            ArgumentNullException.ThrowIfNull(with);
            var redaction = new RedactionBuilder(pages.Parts.Step("redact") with { Policy = policy });
            with(redaction);
            return new(redaction.Parts);
        }
    }
}

/// <summary>Steps on clean pages. The three optional ones may each be written once and run where they are written.</summary>
public static class RedactedPagePhases
{
    extension(PipelineBuilder<RedactedPage> pages)
    {
        /// <summary>Lets pages wait for a person. Without this step, whatever the policy sends to review is withheld.</summary>
        /// <param name="configure">Says which pages.</param>
        /// <returns>The pipeline; clean pages flow.</returns>
        public PipelineBuilder<RedactedPage> Review(Action<ReviewBuilder> configure)
        {
            ArgumentNullException.ThrowIfNull(configure);
            Once(pages.Parts.Review is null, "Review");
            var review = new ReviewBuilder();
            configure(review);
            return new(pages.Parts.Step("review") with { Review = review.Rules });
        }

        /// <summary>Lets a remote engine read clean pages again; its answer is PHI until it was examined and redacted.</summary>
        /// <typeparam name="TRemoteEngine">Resolved from the host's services.</typeparam>
        /// <param name="egress">Names the agreement: without one nothing leaves.</param>
        /// <returns>The pipeline; clean pages flow.</returns>
        public PipelineBuilder<RedactedPage> ReRead<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TRemoteEngine>(Action<EgressBuilder> egress)
            where TRemoteEngine : class, IRemoteOcrEngine
        {
            ArgumentNullException.ThrowIfNull(egress);
            Once(pages.Parts.RemoteEngine is null, "ReRead");
            var gate = new EgressBuilder();
            egress(gate);
            return new(pages.Parts.Step("re-read", typeof(TRemoteEngine)) with
            {
                RemoteEngine = Part.Of<IRemoteOcrEngine, TRemoteEngine>(),
                Agreement = gate.Agreement ?? throw new InvalidOperationException("ReRead needs an agreement: egress.Under(\"…\")."),
                ReReadBelow = gate.Below,
            });
        }

        /// <summary>Extracts fields from clean text with layout.</summary>
        /// <param name="configure">Names the extractors.</param>
        /// <returns>The pipeline; clean pages flow.</returns>
        public PipelineBuilder<RedactedPage> Extract(Action<ExtractionBuilder> configure)
        {
            ArgumentNullException.ThrowIfNull(configure);
            Once(pages.Parts.Extractors.IsEmpty, "Extract");
            var extraction = new ExtractionBuilder(pages.Parts);
            configure(extraction);
            return new(extraction.Parts);
        }

        /// <summary>Records each release durably before it happens.</summary>
        /// <typeparam name="TSink">Resolved from the host's services.</typeparam>
        /// <returns>A pipeline that only needs a store.</returns>
        public AuditedPipelineBuilder AuditTo<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TSink>()
            where TSink : class, IAuditSink =>
            new(pages.Parts.Step("audit", typeof(TSink)) with { AuditSink = Part.Of<IAuditSink, TSink>() });
    }

    private static void Once(bool first, string phase)
    {
        if (!first)
            throw new InvalidOperationException($"{phase} may be written once.");
    }
}

/// <summary>A pipeline that records releases: only the store is missing, and it comes after the record.</summary>
public sealed class AuditedPipelineBuilder
{
    private readonly PipelineParts _parts;

    internal AuditedPipelineBuilder(PipelineParts parts) => _parts = parts;

    /// <summary>Stores clean documents.</summary>
    /// <typeparam name="TStore">Resolved from the host's services.</typeparam>
    /// <returns>The complete pipeline.</returns>
    public PipelineDefinition StoreIn<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TStore>()
        where TStore : class, IRedactedDocumentStore =>
        new(_parts.Step("store", typeof(TStore)) with { Store = Part.Of<IRedactedDocumentStore, TStore>() });
}
