using System.Globalization;

namespace MedRedact.Synthesis;

/// <summary>Everybody and everything one Spanish document speaks of, offered as facts ready to be planted.</summary>
internal sealed class SpanishScene
{
    private readonly string _numeric;
    private readonly int _written;

    public SpanishScene(SyntheticPatient patient, SpanishCase @case, SeededRandom random)
    {
        (Patient, Case, Random) = (patient, @case, random);
        Place place = random.Chance(0.7) ? Array.Find(SpanishPlaces.All, each => each.Zip == patient.Zip) ?? SpanishPlaces.All[0] : random.Pick(SpanishPlaces.All);
        string name = random.Pick(SpanishPlaces.FacilityNames);
        string site = SpanishIdentifiers.Plain(name.Replace(" ", "", StringComparison.Ordinal)).ToLowerInvariant();
        Facility = new(
            $"{random.Pick(SpanishPlaces.FacilityKinds)} {name}", SpanishPlaces.Street(random), place,
            SpanishIdentifiers.Phone(random, place.AreaCode), SpanishIdentifiers.Phone(random, place.AreaCode), $"www.{site}.example.org");
        Attending = SpanishClinician.Create(random, place);
        Consultant = SpanishClinician.Create(random, place);
        PrimaryCare = SpanishClinician.Create(random, place);
        Nurse = SpanishClinician.Create(random, place);
        Admitted = new DateOnly(random.Between(2021, 2025), 1, 1).AddDays(random.Between(0, 364));
        Discharged = Admitted.AddDays(random.Between(2, 9));
        _numeric = random.Pick(SpanishDates.Numeric);
        _written = random.Between(0, 3);
    }

    public SyntheticPatient Patient { get; }

    public SpanishCase Case { get; }

    public SeededRandom Random { get; }

    public Facility Facility { get; }

    public SpanishClinician Attending { get; }

    public SpanishClinician Consultant { get; }

    public SpanishClinician PrimaryCare { get; }

    public SpanishClinician Nurse { get; }

    public DateOnly Admitted { get; }

    public DateOnly Discharged { get; }

    /// <summary>What the record says in coded, clinical terms.</summary>
    public ClinicalTruth Truth { get; } = new();

    public Fact Name => new($"{Patient.GivenName} {Patient.FamilyName}", FactKind.PatientName);

    /// <summary><c>APELLIDOS, NOMBRE</c>, as systems print it.</summary>
    public Fact NameLastFirst => new(
        Random.Chance(0.6) ? $"{Patient.FamilyName}, {Patient.GivenName}".ToUpperInvariant() : $"{Patient.FamilyName}, {Patient.GivenName}", FactKind.PatientName);

    public Fact Last => new(Patient.FamilyName, FactKind.PatientName);

    public Fact Given => new(Patient.GivenName, FactKind.PatientName);

    public string Title => Patient.IsFemale ? Random.Pick<string>(["Dña.", "D.ª", "Sra."]) : Random.Pick<string>(["D.", "Sr."]);

    public string Sex => Patient.IsFemale ? "Mujer" : Random.Pick<string>(["Varón", "Hombre"]);

    /// <summary>The ending of participles: <c>ingresado</c>, <c>ingresada</c>.</summary>
    public string O => Patient.IsFemale ? "a" : "o";

    public Fact Born => new(SpanishDates.Write(Patient.BirthDate, _numeric), FactKind.BirthDate);

    public Fact Age
    {
        get
        {
            int age = Patient.AgeOn(Admitted);
            return new(string.Create(CultureInfo.InvariantCulture, $"{age} años"), age > 89 ? FactKind.AgeOver89 : FactKind.Age);
        }
    }

    public Fact Mrn => new(Patient.Mrn, FactKind.Mrn);

    public Fact Episode => new(Patient.AccountNumber, FactKind.Account);

    public Fact SocialSecurity => new(Patient.Ssn, FactKind.Beneficiary);

    public Fact HealthCard => new(Patient.MedicareId, FactKind.Beneficiary);

    public Fact NationalId => new(Patient.DriverLicense, FactKind.NationalId);

    public Fact KinName => new(Patient.RelativeName, FactKind.RelativeName);

    public Fact KinPhone => new(Patient.RelativePhone, FactKind.Phone);

    public Fact HomePhone => new(Patient.HomePhone, FactKind.Phone);

    public Fact MobilePhone => new(Patient.MobilePhone, FactKind.Phone);

    public Fact Email => new(Patient.Email, FactKind.Email);

    public Fact Street => new(Patient.Street, FactKind.Street);

    public Fact City => new(Patient.City, FactKind.City);

    public Fact Province => new(Patient.State, FactKind.Region);

    public Fact Zip => new(Patient.Zip, FactKind.Zip);

    public Fact Employer => new(Patient.Employer, FactKind.Employer);

    public Fact Profession => new(Patient.Profession, FactKind.Profession);

    public Fact Insurer => new(Patient.Insurer, FactKind.Insurer);

    public Fact MemberId => new(Patient.MemberId, FactKind.Beneficiary);

    public Prose FacilityAddress =>
        $"{new Fact(Facility.Street, FactKind.Street)}. {new Fact(Facility.Place.Zip, FactKind.Zip)} {new Fact(Facility.Place.City, FactKind.City)} ({new Fact(Facility.Place.State, FactKind.Region)})";

    public Fact On(DateOnly day) => new(SpanishDates.Write(day, _numeric), FactKind.Date);

    public Fact OnWritten(DateOnly day) => new(SpanishDates.Written(day, _written), FactKind.Date);

    public static Fact OnShort(DateOnly day) => new(SpanishDates.Short(day), FactKind.Date);

    public static Fact In(DateOnly day) => new(SpanishDates.Month(day), FactKind.Date);

    public Prose At(DateOnly day) => $"{On(day)} {Clock()}";

    public string Clock() => string.Create(CultureInfo.InvariantCulture, $"{Random.Between(0, 23):00}:{Random.Between(0, 59):00}");

    /// <summary>First name of a woman who appears once.</summary>
    public Fact SomeWoman() => new(Random.Pick([.. SpanishNames.Women.Where(name => name != Patient.GivenName)]), FactKind.RelativeName);

    public Fact Request(string prefix) => new($"{prefix}{Admitted.Year % 100:00}{Random.Digits(Random.Between(5, 7))}", FactKind.Accession);
}
