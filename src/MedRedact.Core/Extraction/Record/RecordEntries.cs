namespace MedRedact.Extraction;

/// <summary>Turns fields into entries of the record, numbers and units normalized. A field that lacks what its entry needs gives none.</summary>
internal static class RecordEntries
{
    public static VitalSign? VitalSign(PageField field)
    {
        string kind = field.Name[ChartFieldNames.VitalSignPrefix.Length..];
        string? unit = field.Part("unit") is { } printed ? VitalRanges.UcumOf(printed.Text) : null;
        if (kind == "blood-pressure")
        {
            return Number(field.Part("systolic")) is { } systolic && Number(field.Part("diastolic")) is { } diastolic
                ? new VitalSign(kind, field.Whole, systolic, diastolic, "mm[Hg]")
                : null;
        }

        if (kind == "body-height" && FeetAndInches.TryRead(field.Whole.Text, out decimal inches))
            return new VitalSign(kind, field.Whole, inches, null, "[in_i]");

        return Number(field.Part("value")) is { } value
            ? new VitalSign(kind, field.Whole, value, null, unit ?? VitalRanges.UsualUnit(kind, value))
            : null;
    }

    public static LabResult? Lab(PageField field)
    {
        if (field.Part("name") is not { } name || field.Part("value") is not { } value)
            return null;

        (string? comparator, decimal? number) = LabNumbers.Read(value.Text);
        ChartValue? range = field.Part("range");
        (decimal? low, decimal? high) = range is null ? (null, null) : LabNumbers.ReadRange(range.Text);
        return new LabResult(
            field.Whole, name, value, number, comparator, field.Part("unit"), range, low, high, field.Part("flag"), field.Part("panel"));
    }

    public static Medication? Medication(PageField field) => field.Part("drug") is not { } drug ? null : new(
        field.Whole, drug, field.Part("strength"), field.Part("form"), field.Part("dose"), field.Part("route"), field.Part("frequency"),
        field.Part("prn"), field.Part("duration"), field.Part("quantity"), field.Part("refills"));

    public static Allergy? Allergy(PageField field) =>
        field.Part("substance") is not { } substance ? null : new(field.Whole, substance, field.Part("reaction"), field.Part("severity"));

    public static Condition? Condition(PageField field)
    {
        ChartValue? code = field.Part("code");
        string read = "";
        bool isCode = code is not null && IcdCode.TryRead(code.Text.Replace(" ", "", StringComparison.Ordinal), isTold: true, out read);
        return code is null && field.Part("text") is null ? null : new Condition(field.Whole, isCode ? read : null, code, field.Part("text"));
    }

    public static Procedure Procedure(PageField field) => new(field.Whole, field.Part("code"), field.Part("text"));

    public static Immunization? Immunization(PageField field) =>
        field.Part("vaccine") is not { } vaccine ? null : new(field.Whole, vaccine, field.Part("date"), field.Part("lot"));

    public static ChartSection Section(PageField field) =>
        new(field.Name[ChartFieldNames.SectionPrefix.Length..], field.Part("title") ?? field.Whole, field.Whole);

    /// <summary>What makes two results the same one.</summary>
    public static string Key(LabResult lab) => $"{lab.Name.Text}|{lab.Value.Text}|{lab.Unit?.Text}|{lab.Range?.Text}|{lab.Panel?.Text}";

    public static string Key(Medication drug) =>
        $"{drug.Drug.Text}|{drug.Strength?.Text}|{drug.Dose?.Text}|{drug.Route?.Text}|{drug.Frequency?.Text}";

    public static string Key(Allergy allergy) => $"{allergy.Substance.Text}|{allergy.Reaction?.Text}";

    public static string Key(Condition condition) => condition.Icd10Cm ?? $"|{condition.Text?.Text}";

    public static string Key(Procedure procedure) => $"{procedure.Code?.Text}|{procedure.Text?.Text}";

    public static string Key(Immunization given) => $"{given.Vaccine.Text}|{given.Date?.Text}|{given.Lot?.Text}";

    private static decimal? Number(ChartValue? value) => value is not null
        && ChartNumber.TryRead(value.Text.AsSpan().TrimEnd('%'), out decimal number) ? number : null;
}
