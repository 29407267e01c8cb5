namespace MedRedact.Synthesis;

/// <summary>Invents people with two surnames who live in Spain.</summary>
internal static class SpanishPatients
{
    private static readonly string[] s_femaleKin = ["hija", "sobrina", "esposa", "hermana", "madre"];
    private static readonly string[] s_maleKin = ["hijo", "sobrino", "marido", "hermano", "padre"];

    public static SyntheticPatient Create(SeededRandom random)
    {
        bool female = random.Chance(0.5);
        string given = random.Pick(female ? SpanishNames.Women : SpanishNames.Men);
        string family = $"{random.Pick(SpanishNames.Surnames)} {random.Pick(SpanishNames.Surnames)}";
        Place place = random.Pick(SpanishPlaces.All);
        int birthYear = random.Chance(1.0 / 6) ? random.Between(1925, 1930) : random.Between(1938, 2002);
        DateOnly born = new DateOnly(birthYear, 1, 1).AddDays(random.Between(0, 364));
        (string relation, string kin) = Kin(random, birthYear < 1965, female, given);
        string mail = SpanishIdentifiers.Plain($"{given.Split(' ')[0]}.{family.Split(' ')[^1]}").ToLowerInvariant();
        return new()
        {
            GivenName = given,
            MiddleInitial = "",
            FamilyName = family,
            IsFemale = female,
            BirthDate = born,
            Street = SpanishPlaces.Street(random),
            City = place.City,
            State = place.State,
            Zip = place.Zip,
            HomePhone = SpanishIdentifiers.Phone(random, place.AreaCode),
            MobilePhone = SpanishIdentifiers.Phone(random),
            Email = $"{mail}{(random.Chance(0.4) ? random.Digits(2) : "")}@example.{(random.Chance(0.7) ? "org" : "com")}",
            Ssn = SpanishIdentifiers.SocialSecurity(random),
            Mrn = random.Between(0, 2) switch { 0 => random.Digits(6), 1 => random.Digits(7), _ => "0" + random.Digits(7) },
            AccountNumber = random.Digits(random.Between(8, 10)),
            MedicareId = SpanishIdentifiers.HealthCard(random, family, female, born),
            MemberId = random.Digits(10),
            GroupNumber = random.Digits(6),
            Insurer = random.Pick(SpanishPlaces.Insurers),
            DriverLicense = SpanishIdentifiers.NationalId(random),
            Employer = random.Pick(SpanishPlaces.Employers),
            Profession = random.Pick(SpanishPlaces.Professions),
            RelativeName = $"{kin} {random.Pick(SpanishNames.Surnames)} {random.Pick(SpanishNames.Surnames)}",
            Relation = relation,
            RelativePhone = SpanishIdentifiers.Phone(random),
        };
    }

    /// <summary>The old have children, the young have parents, and everybody a spouse or sibling.</summary>
    private static (string Relation, string Given) Kin(SeededRandom random, bool isOld, bool isFemale, string given)
    {
        bool kinIsFemale = random.Chance(0.5);
        string[] relations = kinIsFemale ? s_femaleKin : s_maleKin;
        string relation = random.Pick(isOld ? relations[..4] : relations[2..]);
        if (relation is "esposa" or "marido")
            (relation, kinIsFemale) = isFemale ? ("marido", false) : ("esposa", true);
        return (relation, random.Pick([.. (kinIsFemale ? SpanishNames.Women : SpanishNames.Men).Where(name => name != given)]));
    }
}
