namespace MedRedact.Detection;

/// <summary>What a phrase of the label lexicons announces, or is.</summary>
internal enum PhraseKind : byte
{
    None = 0,

    // Labels: a value of this kind follows.
    Name,
    ClinicianName,
    BirthDate,
    DeathDate,
    Date,
    Age,
    Mrn,
    Encounter,
    Accession,
    Claim,
    Certificate,
    Plan,
    Mbi,
    Medicaid,
    Account,
    Card,
    Bank,
    Ssn,
    SsnLast4,
    Itin,
    Npi,
    Dea,
    License,
    DriverLicense,
    Passport,
    Vin,
    Plate,
    Device,
    Phone,
    Fax,
    Email,
    Url,
    Ip,
    Biometric,
    NationalId,
    OtherId,
    Address,
    City,
    State,
    Zip,
    Country,
    Profession,
    Employer,
    Facility,
    RelativeName,
    Room,

    /// <summary>A label of a user's rule.</summary>
    Declared,

    /// <summary>A label whose value is no identifier; it ends the value before it.</summary>
    Neutral,

    // Things themselves.
    StateName,
    CountryName,
    CityName,
    FacilityName,
    Holiday,
    Clinical,
}

/// <summary>How sure a label is of its value.</summary>
internal enum LabelStrength : byte
{
    /// <summary>Needs a colon, a number sign or a line of its own.</summary>
    Marked = 0,

    /// <summary>Announces a value by itself.</summary>
    Free,
}
