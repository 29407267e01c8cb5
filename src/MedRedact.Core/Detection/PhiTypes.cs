using System.Collections.Frozen;
using System.Collections.Immutable;

namespace MedRedact.Detection;

/// <summary>Names what detection finds: the category of each kind, and the type that labelled data sets use for a category.</summary>
public static class PhiTypes
{
    private static readonly ImmutableArray<PhiCategory> s_categories = [.. Enum.GetValues<PhiKind>().Select(CategoryOf)];
    private static readonly FrozenDictionary<PhiCategory, int> s_ranks = s_categories.Select((category, rank) => (category, rank)).Skip(1)
        .DistinctBy(pair => pair.category).ToFrozenDictionary(pair => pair.category, pair => pair.rank);

    /// <summary>All categories that text detection finds.</summary>
    public static ImmutableArray<PhiCategory> All { get; } = [.. s_categories.Skip(1).Distinct()];

    /// <summary>The type under which labelled data sets count a category.</summary>
    /// <param name="category">A category; of any taxonomy.</param>
    /// <returns>NAME, DATE, AGE, LOCATION, PHONE, FAX, EMAIL, SSN, ID, ACCOUNT, LICENSE, VEHICLE, DEVICE, URL, IP, BIOMETRIC, ORG or PROFESSION;
    /// ID for what has no type of its own.</returns>
    public static string DataType(PhiCategory category) => category.Name switch
    {
        "name/organization" or "geo/facility" => "ORG",
        "unique/profession" => "PROFESSION",
        _ => category.Class.Name switch
        {
            "name" => "NAME",
            "geo" => "LOCATION",
            "date" => "DATE",
            "age" => "AGE",
            "phone" => "PHONE",
            "fax" => "FAX",
            "email" => "EMAIL",
            "ssn" => "SSN",
            "plan" or "account" => "ACCOUNT",
            "license" => "LICENSE",
            "vehicle" => "VEHICLE",
            "device" => "DEVICE",
            "url" => "URL",
            "ip" => "IP",
            "biometric" => "BIOMETRIC",
            _ => "ID",
        },
    };

    internal static PhiCategory Of(PhiKind kind) => s_categories[(int)kind];

    /// <summary>The kind that bears a category; <see cref="PhiKind.OtherId"/> for one that detection does not know.</summary>
    internal static PhiKind KindOf(PhiCategory category) =>
        s_ranks.TryGetValue(category, out int rank) || s_ranks.TryGetValue(category.Class, out rank) ? (PhiKind)rank : PhiKind.OtherId;

    /// <summary>Where a category stands among those that overlap it: the smallest names the merged finding. Unknown ones come first.</summary>
    internal static int Rank(PhiCategory category) =>
        s_ranks.TryGetValue(category, out int rank) || s_ranks.TryGetValue(category.Class, out rank) ? rank : 0;

    private static PhiCategory CategoryOf(PhiKind kind) => kind switch
    {
        PhiKind.Ssn or PhiKind.Itin => PhiCategory.Ssn,
        PhiKind.SsnLast4 => PhiCategory.SsnLast4,
        PhiKind.Mrn => PhiCategory.Mrn,
        PhiKind.Plan or PhiKind.Medicaid => PhiCategory.Plan,
        PhiKind.Mbi => PhiCategory.Mbi,
        PhiKind.Account => PhiCategory.Account,
        PhiKind.Card or PhiKind.Bank => PhiCategory.Card,
        PhiKind.NationalId => PhiCategory.NationalId,
        PhiKind.Passport => PhiCategory.Passport,
        PhiKind.DriverLicense => PhiCategory.DriverLicense,
        PhiKind.License or PhiKind.Certificate => PhiCategory.License,
        PhiKind.Encounter => PhiCategory.Encounter,
        PhiKind.Accession => PhiCategory.Accession,
        PhiKind.Claim => PhiCategory.Claim,
        PhiKind.Biometric => PhiCategory.Biometric,
        PhiKind.Vin or PhiKind.Plate => PhiCategory.Vehicle,
        PhiKind.Device or PhiKind.MacAddress => PhiCategory.Device,
        PhiKind.Fax => PhiCategory.Fax,
        PhiKind.Phone => PhiCategory.Phone,
        PhiKind.Email => PhiCategory.Email,
        PhiKind.Url => PhiCategory.Url,
        PhiKind.Ip => PhiCategory.Ip,
        PhiKind.Name => PhiCategory.PersonName,
        PhiKind.Clinician => PhiCategory.ClinicianName,
        PhiKind.Room => PhiCategory.Room,
        PhiKind.BirthDate => PhiCategory.BirthDate,
        PhiKind.DeathDate => PhiCategory.DeathDate,
        PhiKind.Street => PhiCategory.Street,
        PhiKind.Zip => PhiCategory.Zip,
        PhiKind.Facility => PhiCategory.Facility,
        PhiKind.Employer => PhiCategory.Organization,
        PhiKind.City => PhiCategory.City,
        PhiKind.County => PhiCategory.County,
        PhiKind.AgeOver89 => PhiCategory.AgeOver89,
        PhiKind.Date or PhiKind.PartialDate => PhiCategory.Date,
        PhiKind.Dea => PhiCategory.Dea,
        PhiKind.Npi => PhiCategory.Npi,
        PhiKind.Profession => PhiCategory.Profession,
        PhiKind.FormNumber => PhiCategory.FormNumber,
        PhiKind.State => PhiCategory.State,
        PhiKind.Country => PhiCategory.Country,
        PhiKind.AddressCountry => PhiCategory.AddressCountry,
        PhiKind.Age => PhiCategory.Age,
        _ => PhiCategory.Unique,
    };
}
