namespace MedRedact.Synthesis;

/// <summary>A clinician of a Spanish hospital.</summary>
internal sealed record SpanishClinician(string Given, string Family, bool IsFemale, string Registration)
{
    public Fact Full => new($"{Given} {Family}", FactKind.ClinicianName);

    public Fact Last => new(Family, FactKind.ClinicianName);

    public Fact RegistrationNumber => new(Registration, FactKind.License);

    /// <summary><c>Dra.</c> or <c>Dr.</c>.</summary>
    public string Title => IsFemale ? "Dra." : "Dr.";

    /// <summary><c>la Dra.</c> or <c>el Dr.</c>.</summary>
    public string TheTitle => IsFemale ? "la Dra." : "el Dr.";

    public static SpanishClinician Create(SeededRandom random, Place place)
    {
        bool female = random.Chance(0.5);
        return new(
            random.Pick(female ? SpanishNames.Women : SpanishNames.Men),
            $"{random.Pick(SpanishNames.Surnames)} {random.Pick(SpanishNames.Surnames)}",
            female,
            SpanishIdentifiers.Registration(random, place.Zip));
    }
}
