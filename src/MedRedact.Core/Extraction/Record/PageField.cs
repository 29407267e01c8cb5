namespace MedRedact.Extraction;

/// <summary>A field with the page it was found on.</summary>
internal sealed record PageField(PageNumber Page, CleanPageText Text, string Extractor, ExtractedField Field)
{
    public const string Header = "header";

    /// <summary>Which part of the record it belongs to.</summary>
    public string Kind => Field.Field.Value switch
    {
        var name when name.StartsWith(ChartFieldNames.VitalSignPrefix, StringComparison.Ordinal) => "vital-sign",
        var name when name.StartsWith(ChartFieldNames.SectionPrefix, StringComparison.Ordinal) => "section",
        "lab" or "medication" or "allergy" or "allergy.none-known" or "condition" or "procedure" or "immunization" => Field.Field.Value,
        _ => Header,
    };

    public ChartValue Whole => Value(Field.Value);

    /// <summary>A part of the value, or <see langword="null"/> where it has none of the name.</summary>
    public ChartValue? Part(string name)
    {
        foreach (FieldPart part in Field.Parts)
        {
            if (part.Name.Value == name)
                return Value(part.Span);
        }

        return null;
    }

    private ChartValue Value(TextSpan span) => new(
        Text.Text.Value.Substring(span.Start, span.Length),
            [new ChartSource(Page, span, Text.Locate(span), Confidence.Of(Math.Round(Field.Confidence.Value, 4)), Extractor)]);
}
