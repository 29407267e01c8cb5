namespace MedRedact.Synthesis;

/// <summary>What a planted value is; <see cref="FactKinds"/> says how each is labelled.</summary>
internal enum FactKind
{
    PatientName, RelativeName, ClinicianName, Date, Age, AgeOver89, Year, Street, City, Zip, State, Phone, Fax, Email, Ssn, Mrn, Account, Beneficiary,
    GroupNumber, DriverLicense, ProviderNumber, Vehicle, Device, Url, IpAddress, Accession, Facility, Employer, Profession, Biometric,
}

internal static class FactKinds
{
    /// <summary>Type, category and whether strict Safe Harbor asks for removal.</summary>
    public static (string Type, string Category, bool IsPhi) Label(this FactKind kind) => kind switch
    {
        FactKind.PatientName => ("NAME", "name", true),
        FactKind.RelativeName => ("NAME", "relative-name", true),
        FactKind.ClinicianName => ("NAME", "clinician-name", true),
        FactKind.Date => ("DATE", "date", true),
        FactKind.Age => ("AGE", "age", false),
        FactKind.AgeOver89 => ("AGE", "age-over-89", true),
        FactKind.Year => ("OTHER", "year", false),
        FactKind.Street => ("LOCATION", "street-address", true),
        FactKind.City => ("LOCATION", "city", true),
        FactKind.Zip => ("LOCATION", "zip-code", true),
        FactKind.State => ("OTHER", "state", false),
        FactKind.Phone => ("PHONE", "telephone-number", true),
        FactKind.Fax => ("FAX", "fax-number", true),
        FactKind.Email => ("EMAIL", "email-address", true),
        FactKind.Ssn => ("SSN", "social-security-number", true),
        FactKind.Mrn => ("ID", "medical-record-number", true),
        FactKind.Account => ("ACCOUNT", "account-number", true),
        FactKind.Beneficiary => ("ID", "health-plan-beneficiary-number", true),
        FactKind.GroupNumber => ("ID", "group-number", true),
        FactKind.DriverLicense => ("LICENSE", "certificate-or-license-number", true),
        FactKind.ProviderNumber => ("LICENSE", "provider-number", true),
        FactKind.Vehicle => ("VEHICLE", "vehicle-identifier", true),
        FactKind.Device => ("DEVICE", "device-identifier", true),
        FactKind.Url => ("URL", "url", true),
        FactKind.IpAddress => ("IP", "ip-address", true),
        FactKind.Accession => ("ID", "other-unique-identifier", true),
        FactKind.Facility => ("ORG", "facility-name", true),
        FactKind.Employer => ("ORG", "employer-name", true),
        FactKind.Profession => ("PROFESSION", "profession", false),
        FactKind.Biometric => ("BIOMETRIC", "biometric-identifier", true),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
