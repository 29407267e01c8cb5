using System.Collections.Immutable;

namespace MedRedact.Extraction;

/// <summary>A field as it was read on its page: the text of the value and of its parts, with their places. Holds nothing else of the page, which is let go.</summary>
internal sealed record PageField(string Name, ChartValue Whole, ImmutableArray<(string Name, ChartValue Value)> Parts)
{
    public const string Header = "header";

    /// <summary>Which part of the record it belongs to.</summary>
    public string Kind => Name switch
    {
        var name when name.StartsWith(ChartFieldNames.VitalSignPrefix, StringComparison.Ordinal) => "vital-sign",
        var name when name.StartsWith(ChartFieldNames.SectionPrefix, StringComparison.Ordinal) => "section",
        "lab" or "medication" or "allergy" or "allergy.none-known" or "condition" or "procedure" or "immunization" => Name,
        _ => Header,
    };

    /// <summary>Reads a field off its page.</summary>
    public static PageField Of(PageNumber page, CleanPageText text, string extractor, ExtractedField field)
    {
        return new PageField(field.Field.Value, Value(field.Value), [.. field.Parts.Select(part => (part.Name.Value, Value(part.Span)))]);

        ChartValue Value(TextSpan span) => new(
            text.Text.Value.Substring(span.Start, span.Length),
            [new ChartSource(page, span, text.Locate(span), Confidence.Of(Math.Round(field.Confidence.Value, 4)), extractor)]);
    }

    /// <summary>A part of the value, or <see langword="null"/> where it has none of the name.</summary>
    public ChartValue? Part(string name)
    {
        foreach ((string known, ChartValue value) in Parts)
        {
            if (known == name)
                return value;
        }

        return null;
    }
}
