using System.Collections.Immutable;

namespace MedRedact;

/// <summary>Finds fields on a clean page, identifiers standing as tokens or labels. A thread-safe singleton.</summary>
public interface IFieldExtractor
{
    /// <summary>Its version, for manifests.</summary>
    Version Version { get; }

    /// <summary>Extracts the fields of one page.</summary>
    /// <param name="page">Clean; borrowed for the call.</param>
    /// <param name="cancellationToken">Stops the extraction.</param>
    /// <returns>Fields in the order of the page.</returns>
    ValueTask<ImmutableArray<ExtractedField>> ExtractAsync(RedactedPage page, CancellationToken cancellationToken = default);
}

/// <summary>A field and where its value stands.</summary>
/// <param name="Field">Which field, e.g. <c>patient.birth-date</c> or <c>lab</c>.</param>
/// <param name="Value">Its value, in the clean text of the page.</param>
/// <param name="Confidence">How sure.</param>
public sealed record ExtractedField(FieldName Field, TextSpan Value, Confidence Confidence)
{
    /// <summary>Parts of a structured value, e.g. <c>name</c>, <c>value</c>, <c>unit</c> of a laboratory result.</summary>
    public ImmutableArray<FieldPart> Parts { get; init; } = [];
}

/// <summary>A part of a structured value.</summary>
/// <param name="Name">Which part.</param>
/// <param name="Span">Where it stands in the clean text.</param>
public readonly record struct FieldPart(FieldName Name, TextSpan Span);
