using System.Collections.Immutable;

namespace MedRedact.Extraction;

/// <summary>Gathers the fields of one page.</summary>
internal sealed class FieldList
{
    private readonly ImmutableArray<ExtractedField>.Builder _fields = ImmutableArray.CreateBuilder<ExtractedField>();

    public void Add(FieldName field, TextSpan value, double confidence, params ReadOnlySpan<FieldPart> parts) =>
        _fields.Add(new ExtractedField(field, value, Confidence.Of(Math.Clamp(confidence, 0, 1))) { Parts = [.. parts] });

    /// <summary>The fields in the order of the page.</summary>
    public ImmutableArray<ExtractedField> InOrder() => [.. _fields.OrderBy(field => field.Value.Start)
        .ThenBy(field => field.Field.Value, StringComparer.Ordinal)];
}
