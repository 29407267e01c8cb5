namespace MedRedact.Synthesis;

/// <summary>An invented person, and what a hospital would know about them. Change single values with <c>with</c> before a record is made.</summary>
public sealed record SyntheticPatient
{
    /// <summary>First name.</summary>
    public required string GivenName { get; init; }

    /// <summary>Initial of the middle name, without a full stop; empty for people who have none.</summary>
    public required string MiddleInitial { get; init; }

    /// <summary>Surname, of Spaniards both; it may hold spaces, hyphens, apostrophes and accents.</summary>
    public required string FamilyName { get; init; }

    /// <summary>Whether the records call the patient a woman.</summary>
    public required bool IsFemale { get; init; }

    /// <summary>Date of birth.</summary>
    public required DateOnly BirthDate { get; init; }

    /// <summary>House number and street.</summary>
    public required string Street { get; init; }

    /// <summary>Town.</summary>
    public required string City { get; init; }

    /// <summary>Two-letter state code; in Spain the province.</summary>
    public required string State { get; init; }

    /// <summary>Five-digit ZIP code.</summary>
    public required string Zip { get; init; }

    /// <summary>Telephone at home; 555-01xx, kept for fiction; in Spain a number of no exchange.</summary>
    public required string HomePhone { get; init; }

    /// <summary>Mobile telephone; 555-01xx.</summary>
    public required string MobilePhone { get; init; }

    /// <summary>E-mail address at example.org.</summary>
    public required string Email { get; init; }

    /// <summary>Social security number of an area that is never issued (900–999); in Spain of a province that there is not (80–89).</summary>
    public required string Ssn { get; init; }

    /// <summary>Medical record number.</summary>
    public required string Mrn { get; init; }

    /// <summary>Hospital account or encounter number.</summary>
    public required string AccountNumber { get; init; }

    /// <summary>Medicare beneficiary identifier (its shape; the number is invented); in Spain the code of the health card (CIP).</summary>
    public required string MedicareId { get; init; }

    /// <summary>Member number at the insurer.</summary>
    public required string MemberId { get; init; }

    /// <summary>Group number at the insurer.</summary>
    public required string GroupNumber { get; init; }

    /// <summary>Name of the insurer.</summary>
    public required string Insurer { get; init; }

    /// <summary>Driver's licence number; in Spain that of the identity document (DNI, NIE), which is the same.</summary>
    public required string DriverLicense { get; init; }

    /// <summary>Employer.</summary>
    public required string Employer { get; init; }

    /// <summary>Occupation.</summary>
    public required string Profession { get; init; }

    /// <summary>Full name of the next of kin.</summary>
    public required string RelativeName { get; init; }

    /// <summary>Relation of the next of kin, e.g. <c>daughter</c>.</summary>
    public required string Relation { get; init; }

    /// <summary>Telephone of the next of kin.</summary>
    public required string RelativePhone { get; init; }

    /// <summary><c>Given M. Family</c>.</summary>
    public string FullName => MiddleInitial.Length == 0 ? $"{GivenName} {FamilyName}" : $"{GivenName} {MiddleInitial}. {FamilyName}";

    /// <summary>Age in whole years on a day.</summary>
    /// <param name="day">The day.</param>
    /// <returns>Years completed.</returns>
    public int AgeOn(DateOnly day) => day.Year - BirthDate.Year - (day.DayOfYear < BirthDate.DayOfYear ? 1 : 0);

    /// <summary>Invents a person. The same seed gives the same person.</summary>
    /// <param name="seed">Any number.</param>
    /// <returns>The person.</returns>
    public static SyntheticPatient Create(int seed) => PatientFactory.Create(SeededRandom.For("patient", seed));
}
