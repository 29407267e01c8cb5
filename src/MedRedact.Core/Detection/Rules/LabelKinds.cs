using System.Collections.Frozen;

namespace MedRedact.Detection;

/// <summary>Which label of the built-in rules announces a category, so that a phrase of the user's works like one of ours.</summary>
internal static class LabelKinds
{
    private static readonly FrozenDictionary<PhiCategory, PhraseKind> s_kinds = new Dictionary<PhiCategory, PhraseKind>
    {
        [PhiCategory.PersonName] = PhraseKind.Name,
        [PhiCategory.ClinicianName] = PhraseKind.ClinicianName,
        [PhiCategory.Organization] = PhraseKind.Employer,
        [PhiCategory.Geography] = PhraseKind.Address,
        [PhiCategory.Street] = PhraseKind.Address,
        [PhiCategory.City] = PhraseKind.City,
        [PhiCategory.State] = PhraseKind.State,
        [PhiCategory.Zip] = PhraseKind.Zip,
        [PhiCategory.Facility] = PhraseKind.Facility,
        [PhiCategory.Room] = PhraseKind.Room,
        [PhiCategory.Date] = PhraseKind.Date,
        [PhiCategory.BirthDate] = PhraseKind.BirthDate,
        [PhiCategory.DeathDate] = PhraseKind.DeathDate,
        [PhiCategory.Age] = PhraseKind.Age,
        [PhiCategory.Phone] = PhraseKind.Phone,
        [PhiCategory.Fax] = PhraseKind.Fax,
        [PhiCategory.Email] = PhraseKind.Email,
        [PhiCategory.Ssn] = PhraseKind.Ssn,
        [PhiCategory.SsnLast4] = PhraseKind.SsnLast4,
        [PhiCategory.Mrn] = PhraseKind.Mrn,
        [PhiCategory.Plan] = PhraseKind.Plan,
        [PhiCategory.Mbi] = PhraseKind.Mbi,
        [PhiCategory.Account] = PhraseKind.Account,
        [PhiCategory.Card] = PhraseKind.Card,
        [PhiCategory.Encounter] = PhraseKind.Encounter,
        [PhiCategory.Claim] = PhraseKind.Claim,
        [PhiCategory.License] = PhraseKind.License,
        [PhiCategory.DriverLicense] = PhraseKind.DriverLicense,
        [PhiCategory.Npi] = PhraseKind.Npi,
        [PhiCategory.Dea] = PhraseKind.Dea,
        [PhiCategory.Passport] = PhraseKind.Passport,
        [PhiCategory.Vehicle] = PhraseKind.Vin,
        [PhiCategory.Device] = PhraseKind.Device,
        [PhiCategory.Url] = PhraseKind.Url,
        [PhiCategory.Ip] = PhraseKind.Ip,
        [PhiCategory.Biometric] = PhraseKind.Biometric,
        [PhiCategory.Unique] = PhraseKind.OtherId,
        [PhiCategory.Accession] = PhraseKind.Accession,
        [PhiCategory.NationalId] = PhraseKind.NationalId,
        [PhiCategory.Profession] = PhraseKind.Profession,
    }.ToFrozenDictionary();

    public static bool TryFind(PhiCategory category, out PhraseKind kind) => s_kinds.TryGetValue(category, out kind);
}
