namespace MedRedact.Synthesis;

/// <summary>What a planted value is; <see cref="FactKinds"/> says how each is labelled.</summary>
internal enum FactKind
{
    PatientName, RelativeName, ClinicianName, Date, BirthDate, Age, AgeOver89, Year, Street, City, Zip, State, Room, Phone, Fax, Email, Ssn, Mrn, Account, Beneficiary, MedicareId,
    GroupNumber, DriverLicense, License, Npi, Dea, Vehicle, Device, Url, IpAddress, Accession, Facility, Employer, Insurer, Profession,
}

internal static class FactKinds
{
    /// <summary>Type, category and whether strict Safe Harbor asks for removal.</summary>
    public static (string Type, string Category, bool IsPhi) Label(this FactKind kind) => kind switch
    {
        FactKind.PatientName => ("NAME", "name", true),
        FactKind.RelativeName => ("NAME", "name/relative", true),
        FactKind.ClinicianName => ("NAME", "name/clinician", true),
        FactKind.Date => ("DATE", "date", true),
        FactKind.BirthDate => ("DATE", "date/birth", true),
        FactKind.Age => ("AGE", "age", false),
        FactKind.AgeOver89 => ("AGE", "age/over-89", true),
        FactKind.Year => ("OTHER", "date/year", false),
        FactKind.Street => ("LOCATION", "geo/street", true),
        FactKind.City => ("LOCATION", "geo/city", true),
        FactKind.Zip => ("LOCATION", "geo/zip", true),
        FactKind.State => ("OTHER", "geo/state", false),
        FactKind.Room => ("LOCATION", "geo/room", true),
        FactKind.Phone => ("PHONE", "phone", true),
        FactKind.Fax => ("FAX", "fax", true),
        FactKind.Email => ("EMAIL", "email", true),
        FactKind.Ssn => ("SSN", "ssn", true),
        FactKind.Mrn => ("ID", "mrn", true),
        FactKind.Account => ("ACCOUNT", "account", true),
        FactKind.Beneficiary => ("ID", "plan", true),
        FactKind.MedicareId => ("ID", "plan/mbi", true),
        FactKind.GroupNumber => ("ID", "plan/group", true),
        FactKind.DriverLicense => ("LICENSE", "license/driver", true),
        FactKind.License => ("LICENSE", "license", true),
        FactKind.Npi => ("LICENSE", "license/npi", true),
        FactKind.Dea => ("LICENSE", "license/dea", true),
        FactKind.Vehicle => ("VEHICLE", "vehicle", true),
        FactKind.Device => ("DEVICE", "device", true),
        FactKind.Url => ("URL", "url", true),
        FactKind.IpAddress => ("IP", "ip", true),
        FactKind.Accession => ("ID", "unique/accession", true),
        FactKind.Facility => ("ORG", "geo/facility", true),
        FactKind.Employer => ("ORG", "name/organization", true),
        FactKind.Insurer => ("OTHER", "name/insurer", false),
        FactKind.Profession => ("PROFESSION", "unique/profession", false),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
