namespace MedRedact.Synthesis;

/// <summary>A clinician.</summary>
internal sealed record Clinician(string Given, string Family, string Credential, string Npi, string Dea)
{
    public Fact Full => new($"{Given} {Family}", FactKind.ClinicianName);

    public Fact Last => new(Family, FactKind.ClinicianName);

    public Fact Initials => new($"{Given[0]}. {Family}", FactKind.ClinicianName);

    public Fact NpiNumber => new(Npi, FactKind.Npi);

    public Fact DeaNumber => new(Dea, FactKind.Dea);

    public static Clinician Create(SeededRandom random, string credential)
    {
        string family = random.Pick(NameLists.ClinicianSurnames);
        string given = random.Pick(random.Chance(0.5) ? NameLists.Women : NameLists.Men);
        return new(given, family, credential, Identifiers.Npi(random), Identifiers.Dea(random, family[0]));
    }
}

/// <summary>A hospital, clinic, laboratory or pharmacy.</summary>
internal sealed record Facility(string Name, string Street, Place Place, string Phone, string Fax, string Website)
{
    public Fact NameFact => new(Name, FactKind.Facility);

    public Fact PhoneFact => new(Phone, FactKind.Phone);

    public Fact FaxFact => new(Fax, FactKind.Fax);

    public Fact Web => new(Website, FactKind.Url);

    public Prose Address =>
        $"{new Fact(Street, FactKind.Street)}, {new Fact(Place.City, FactKind.City)}, {new Fact(Place.State, FactKind.State)} {new Fact(Place.Zip, FactKind.Zip)}";

    public static Facility Create(SeededRandom random, Place place, string? kind = null)
    {
        string name = random.Pick(Places.FacilityNames);
        string site = name.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
        return new(
            $"{name} {kind ?? random.Pick(Places.FacilityKinds)}",
            $"{random.Between(100, 4900)} {random.Pick(Places.Streets)} {random.Pick(Places.StreetKinds)}",
            place,
            Identifiers.Phone(random, place.AreaCode),
            Identifiers.Phone(random, place.AreaCode),
            $"{(random.Chance(0.5) ? "https://" : "www.")}{site}.example.org");
    }
}
