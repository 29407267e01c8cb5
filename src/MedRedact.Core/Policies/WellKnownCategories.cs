using System.Collections.Frozen;

namespace MedRedact.Policies;

/// <summary>The categories that <see cref="PhiCategory"/> names: a policy that names another one in their taxonomy has a typing error.</summary>
internal static class WellKnownCategories
{
    public static FrozenSet<PhiCategory> All { get; } = new[]
    {
        PhiCategory.PersonName, PhiCategory.ClinicianName, PhiCategory.Organization,
        PhiCategory.Geography, PhiCategory.Street, PhiCategory.City, PhiCategory.County, PhiCategory.Zip, PhiCategory.State,
        PhiCategory.Country, PhiCategory.AddressCountry,
        PhiCategory.Facility, PhiCategory.Room,
        PhiCategory.Date, PhiCategory.BirthDate, PhiCategory.DeathDate, PhiCategory.Age, PhiCategory.AgeOver89,
        PhiCategory.Phone, PhiCategory.Fax, PhiCategory.Email, PhiCategory.Ssn, PhiCategory.SsnLast4, PhiCategory.Mrn,
        PhiCategory.Plan, PhiCategory.Mbi, PhiCategory.Account, PhiCategory.Card, PhiCategory.Encounter, PhiCategory.Claim,
        PhiCategory.License, PhiCategory.DriverLicense, PhiCategory.Npi, PhiCategory.Dea, PhiCategory.Passport,
        PhiCategory.Vehicle, PhiCategory.Device, PhiCategory.Url, PhiCategory.Ip, PhiCategory.Biometric, PhiCategory.Photo,
        PhiCategory.Unique, PhiCategory.Accession, PhiCategory.NationalId, PhiCategory.Profession, PhiCategory.FormNumber, PhiCategory.Barcode, PhiCategory.Signature, PhiCategory.UnreadInk,
    }.ToFrozenSet();
}
