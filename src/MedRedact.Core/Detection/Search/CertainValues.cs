namespace MedRedact.Detection;

/// <summary>Which findings are sure enough that their values are looked for elsewhere.</summary>
internal static class CertainValues
{
    /// <summary>What the tagger judges by its surroundings in one place says little about other places: only its surest names are looked for.</summary>
    private const double SureOfName = 0.95;

    public static void Add(ValueSearch search, ReadOnlySpan<char> value, PhiCategory category, double confidence, RuleId rule)
    {
        if (value.Length > 64 || (Rules.IsTagger(rule) && !(category.IsA(PhiCategory.PersonName) && category != PhiCategory.Organization && confidence >= SureOfName)))
            return;
        if (category.IsA(PhiCategory.PersonName) && category != PhiCategory.Organization)
        {
            if (confidence >= 0.75)
                search.AddWords(value, category == PhiCategory.ClinicianName ? PhiKind.Clinician : PhiKind.Name, certain: false, initials: confidence >= 0.94);
        }
        else if (category == PhiCategory.Organization || category == PhiCategory.Facility)
        {
            if (confidence >= 0.75)
                search.AddWords(value, PhiTypes.KindOf(category), certain: false);
        }
        else if (category == PhiCategory.City)
        {
            if (confidence >= 0.85)
                search.AddWords(value, PhiKind.City, certain: false);
        }
        else if (confidence >= 0.8 && IsCode(category))
        {
            search.AddCode(value, PhiTypes.KindOf(category));
        }
    }

    public static bool IsCode(PhiCategory category) =>
        category.Taxonomy != PhiCategory.PersonName.Taxonomy
        || (category.Class.Name is "mrn" or "ssn" or "plan" or "account" or "license" or "phone" or "fax" or "device" or "vehicle" or "biometric" or "unique"
        && category != PhiCategory.Profession);
}
