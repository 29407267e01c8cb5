using System.Collections.Frozen;

namespace MedRedact.Storage;

/// <summary>The letters a token begins with. They say what kind of identifier stood there, as a label would; a kind of its own is <c>PHI</c>.</summary>
internal static class TokenTypes
{
    private const string Other = "PHI";

    private static readonly FrozenDictionary<PhiCategory, string> ByClass = new Dictionary<PhiCategory, string>
    {
        [PhiCategory.PersonName] = "NAME",
        [PhiCategory.Geography] = "PLACE",
        [PhiCategory.Date] = "DATE",
        [PhiCategory.Age] = "AGE",
        [PhiCategory.Phone] = "PHONE",
        [PhiCategory.Fax] = "FAX",
        [PhiCategory.Email] = "MAIL",
        [PhiCategory.Ssn] = "SSN",
        [PhiCategory.Mrn] = "MRN",
        [PhiCategory.Plan] = "PLAN",
        [PhiCategory.Account] = "ACCT",
        [PhiCategory.License] = "LIC",
        [PhiCategory.Vehicle] = "CAR",
        [PhiCategory.Device] = "DEV",
        [PhiCategory.Url] = "URL",
        [PhiCategory.Ip] = "IP",
        [PhiCategory.Biometric] = "BIO",
        [PhiCategory.Photo] = "PHOTO",
        [PhiCategory.Unique] = "ID",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> ByText =
        ByClass.Values.Append(Other).ToFrozenDictionary(type => type, StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    public static string Of(PhiCategory category) => ByClass.GetValueOrDefault(category.Class, Other);

    /// <summary>The type in its printed form, or null.</summary>
    public static string? Find(ReadOnlySpan<char> text) => ByText.TryGetValue(text, out string? type) ? type : null;
}
