using System.Diagnostics.CodeAnalysis;

namespace MedRedact;

/// <summary>Names the built-in preparation steps. They run in a fixed order, each only where a page needs it.</summary>
public sealed class PreparationBuilder
{
    internal PreparationBuilder()
    {
    }

    internal PreparationPlan Plan { get; private set; } = PreparationPlan.None;

    /// <summary>Turns pages that lie on their side or upside down.</summary>
    /// <returns>This builder.</returns>
    public PreparationBuilder Orient() => With(Plan with { Orient = true });

    /// <summary>Straightens up to 15 degrees of skew, and flattens a sheet that was photographed from aside; what lay around the sheet is cut off.</summary>
    /// <returns>This builder.</returns>
    public PreparationBuilder Deskew() => With(Plan with { Deskew = true });

    /// <summary>Filters noise where noise is measured, and paints over black margins and the shadows of punch holes in the pixels that are read.</summary>
    /// <returns>This builder.</returns>
    public PreparationBuilder Denoise() => With(Plan with { Denoise = true });

    /// <summary>Evens out light and contrast.</summary>
    /// <returns>This builder.</returns>
    public PreparationBuilder NormalizeContrast() => With(Plan with { NormalizeContrast = true });

    /// <summary>Scales small text up by its measured height.</summary>
    /// <param name="pixels">The height of a line of text to aim at, 8 to 200 pixels.</param>
    /// <returns>This builder.</returns>
    public PreparationBuilder ScaleToTextHeight(int pixels = 32)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pixels, 8);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pixels, 200);
        return With(Plan with { TextHeight = pixels });
    }

    private PreparationBuilder With(PreparationPlan plan)
    {
        Plan = plan;
        return this;
    }
}

/// <summary>Says what reads beside the engine of the pages.</summary>
public sealed class RecognitionBuilder
{
    internal RecognitionBuilder(PipelineParts parts) => Parts = parts;

    internal PipelineParts Parts { get; private set; }

    /// <summary>Says how the pages are read.</summary>
    /// <param name="request">Languages and layout; by default English and whole pages.</param>
    /// <returns>This builder.</returns>
    public RecognitionBuilder Request(OcrRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        Parts = Parts with { Request = request };
        return this;
    }

    /// <summary>Lets another engine read ink that looks like handwriting and that the engine of the pages left unread. Detection sees its words; they never make
    /// ink clean, so a policy that redacts unread ink still covers all of it. Signatures, bar codes and photographs are not read.</summary>
    /// <typeparam name="TEngine">Resolved from the host's services, or constructed with them. It gets small pages, each with one piece of writing.</typeparam>
    /// <param name="request">Languages; by default those of the pages. The layout is always <see cref="OcrLayout.SingleBlock"/>.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="InvalidOperationException">There is one already.</exception>
    public RecognitionBuilder Handwriting<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TEngine>(OcrRequest? request = null)
        where TEngine : class, IOcrEngine
    {
        if (Parts.HandwritingEngine is not null)
            throw new InvalidOperationException("Handwriting may be written once.");

        Parts = Parts.Step("recognize handwriting", typeof(TEngine)) with
        {
            HandwritingEngine = Part.Of<IOcrEngine, TEngine>(),
            HandwritingRequest = request,
        };
        return this;
    }
}

/// <summary>Names the detectors of a pipeline.</summary>
public sealed class DetectionBuilder
{
    internal DetectionBuilder(PipelineParts parts) => Parts = parts;

    internal PipelineParts Parts { get; private set; }

    /// <summary>Adds a detector that sees one page at a time.</summary>
    /// <typeparam name="TDetector">Resolved from the host's services, or constructed with them.</typeparam>
    /// <returns>This builder.</returns>
    public DetectionBuilder With<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TDetector>()
        where TDetector : class, IPhiDetector
    {
        Parts = Parts.Step("detect", typeof(TDetector)) with { Detectors = Parts.Detectors.Add(Part.Of<IPhiDetector, TDetector>()) };
        return this;
    }

    /// <summary>Adds a detector that sees all pages at the document barrier.</summary>
    /// <typeparam name="TDetector">Resolved from the host's services, or constructed with them.</typeparam>
    /// <returns>This builder.</returns>
    public DetectionBuilder AcrossPages<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TDetector>()
        where TDetector : class, IDocumentDetector
    {
        Parts = Parts.Step("detect across pages", typeof(TDetector)) with { DocumentDetectors = Parts.DocumentDetectors.Add(Part.Of<IDocumentDetector, TDetector>()) };
        return this;
    }
}

/// <summary>Registers what can be done; the policy names which of it is done.</summary>
public sealed class RedactionBuilder
{
    internal RedactionBuilder(PipelineParts parts) => Parts = parts;

    internal PipelineParts Parts { get; private set; }

    /// <summary>Adds a redactor.</summary>
    /// <typeparam name="TRedactor">Resolved from the host's services, or constructed with them.</typeparam>
    /// <returns>This builder.</returns>
    public RedactionBuilder Use<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TRedactor>()
        where TRedactor : class, IRedactor
    {
        Parts = Parts.Step("redact", typeof(TRedactor)) with { Redactors = Parts.Redactors.Add(Part.Of<IRedactor, TRedactor>()) };
        return this;
    }

    /// <summary>Makes tokens where the policy decides to tokenize.</summary>
    /// <typeparam name="TTokenizer">Resolved from the host's services.</typeparam>
    /// <returns>This builder.</returns>
    public RedactionBuilder TokenizeWith<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TTokenizer>()
        where TTokenizer : class, ITokenizer
    {
        Parts = Parts.Step("tokenize", typeof(TTokenizer)) with { Tokenizer = Part.Of<ITokenizer, TTokenizer>() };
        return this;
    }
}

/// <summary>Which pages wait for a person. The zero value lets all wait.</summary>
public enum ReviewMode
{
    /// <summary>Every page.</summary>
    HoldAll = 0,

    /// <summary>Pages that were read badly, and pages the policy sends to review.</summary>
    HoldUncertain,

    /// <summary>Only pages the policy sends to review.</summary>
    ReleaseConfident,
}

/// <summary>Says which pages wait for a person.</summary>
public sealed class ReviewBuilder
{
    internal ReviewBuilder()
    {
    }

    internal ReviewRules Rules { get; private set; } = new(ReviewMode.HoldAll, Confidence.Of(0.8));

    /// <summary>Chooses the mode.</summary>
    /// <param name="mode">Which pages wait.</param>
    /// <returns>This builder.</returns>
    public ReviewBuilder Mode(ReviewMode mode)
    {
        Rules = Rules with { Mode = mode };
        return this;
    }

    /// <summary>Holds pages whose mean word is less sure than this: what was read badly may hide what nobody found.</summary>
    /// <param name="confidence">0 to 1.</param>
    /// <returns>This builder.</returns>
    public ReviewBuilder ConfidenceBelow(double confidence)
    {
        Rules = new ReviewRules(ReviewMode.HoldUncertain, Confidence.Of(confidence));
        return this;
    }
}

/// <summary>Says under which agreement, and which pages, a remote engine may read.</summary>
public sealed class EgressBuilder
{
    internal EgressBuilder()
    {
    }

    internal AgreementId? Agreement { get; private set; }

    internal Confidence Below { get; private set; } = Confidence.Certain;

    /// <summary>Names the agreement; it must be registered and in force when a page leaves.</summary>
    /// <param name="agreement">Its id, e.g. <c>baa-2026-014</c>.</param>
    /// <returns>This builder.</returns>
    public EgressBuilder Under(string agreement)
    {
        Agreement = new AgreementId(agreement);
        return this;
    }

    /// <summary>Sends only pages whose mean word is less sure than this.</summary>
    /// <param name="confidence">0 to 1.</param>
    /// <returns>This builder.</returns>
    public EgressBuilder OnlyBelow(double confidence)
    {
        Below = Confidence.Of(confidence);
        return this;
    }
}

/// <summary>Names the extractors of a pipeline.</summary>
public sealed class ExtractionBuilder
{
    internal ExtractionBuilder(PipelineParts parts) => Parts = parts;

    internal PipelineParts Parts { get; private set; }

    /// <summary>Adds an extractor.</summary>
    /// <typeparam name="TExtractor">Resolved from the host's services, or constructed with them.</typeparam>
    /// <returns>This builder.</returns>
    public ExtractionBuilder With<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TExtractor>()
        where TExtractor : class, IFieldExtractor
    {
        Parts = Parts.Step("extract", typeof(TExtractor)) with { Extractors = Parts.Extractors.Add(Part.Of<IFieldExtractor, TExtractor>()) };
        return this;
    }
}
