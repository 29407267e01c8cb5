using System.Globalization;

namespace MedRedact.Synthesis;

/// <summary>Everybody and everything one document speaks of, offered as facts ready to be planted.</summary>
internal sealed class Scene
{
    private readonly string _numeric, _written;

    public Scene(SyntheticPatient patient, ClinicalCase @case, SeededRandom random)
    {
        (Patient, Case, Random) = (patient, @case, random);
        Place place = random.Chance(0.7) ? Places.All.First(p => p.AreaCode == AreaOf(patient)) : random.Pick(Places.All);
        Facility = Facility.Create(random, place);
        Attending = Clinician.Create(random, "MD");
        Consultant = Clinician.Create(random, random.Pick<string>(["MD", "DO", "MD, FACP"]));
        PrimaryCare = Clinician.Create(random, random.Pick<string>(["MD", "DO", "NP"]));
        Nurse = Clinician.Create(random, "RN");
        Admitted = new DateOnly(random.Between(2021, 2025), 1, 1).AddDays(random.Between(0, 364));
        Discharged = Admitted.AddDays(random.Between(2, 9));
        _numeric = random.Pick(DateForms.Numeric);
        _written = random.Pick(DateForms.Written);
    }

    public SyntheticPatient Patient { get; }

    public ClinicalCase Case { get; }

    public SeededRandom Random { get; }

    public Facility Facility { get; }

    public Clinician Attending { get; }

    public Clinician Consultant { get; }

    public Clinician PrimaryCare { get; }

    public Clinician Nurse { get; }

    public DateOnly Admitted { get; }

    public DateOnly Discharged { get; }

    /// <summary>What the record says in coded, clinical terms.</summary>
    public ClinicalTruth Truth { get; } = new();

    public Fact Name => PatientName(Patient.FullName);

    /// <summary><c>FAMILY, GIVEN M</c>, as systems print it.</summary>
    public Fact NameLastFirst => PatientName(Random.Chance(0.6)
        ? $"{Patient.FamilyName.ToUpperInvariant()}, {Patient.GivenName.ToUpperInvariant()} {Patient.MiddleInitial}"
        : $"{Patient.FamilyName}, {Patient.GivenName} {Patient.MiddleInitial}.");

    public Fact Last => PatientName(Patient.FamilyName);

    public Fact Given => PatientName(Patient.GivenName);

    public string Title => Patient.IsFemale ? Random.Pick<string>(["Ms.", "Mrs."]) : "Mr.";

    public string Sex => Patient.IsFemale ? "female" : "male";

    public string SexLetter => Patient.IsFemale ? "F" : "M";

    public string He => Patient.IsFemale ? "She" : "He";

    public string HeLower => Patient.IsFemale ? "she" : "he";

    public string His => Patient.IsFemale ? "her" : "his";

    public Fact Born => new(DateForms.Write(Patient.BirthDate, _numeric), FactKind.BirthDate);

    public Fact Mrn => new(Patient.Mrn, FactKind.Mrn);

    public Fact Account => new(Patient.AccountNumber, FactKind.Account);

    public Fact Ssn => new(Patient.Ssn, FactKind.Ssn);

    /// <summary>The age in words of a heading: <c>67-year-old</c>, <c>67 y.o.</c>, <c>67yo</c>.</summary>
    public Fact AgeOld => Aged(Random.Pick<string>(["{0}-year-old", "{0}-year-old", "{0} y.o.", "{0} year old", "{0}yo"]));

    public Fact Age => Aged("{0}");

    public Fact KinName => new(Patient.RelativeName, FactKind.RelativeName);

    public Fact KinGiven => new(Patient.RelativeName.Split(' ')[0], FactKind.RelativeName);

    public Fact KinPhone => new(Patient.RelativePhone, FactKind.Phone);

    public Fact HomePhone => new(Patient.HomePhone, FactKind.Phone);

    public Fact MobilePhone => new(Patient.MobilePhone, FactKind.Phone);

    public Fact Email => new(Patient.Email, FactKind.Email);

    public Fact City => new(Patient.City, FactKind.City);

    public Fact Street => new(Patient.Street, FactKind.Street);

    public Fact State => new(Patient.State, FactKind.State);

    public Fact Zip => new(Patient.Zip, FactKind.Zip);

    public Prose Address => $"{Street}, {City}, {State} {Zip}";

    public Fact Employer => new(Patient.Employer, FactKind.Employer);

    public Fact Profession => new(Patient.Profession, FactKind.Profession);

    public Fact Insurer => new(Patient.Insurer, FactKind.Insurer);

    public Fact MemberId => new(Patient.MemberId, FactKind.Beneficiary);

    public Fact Group => new(Patient.GroupNumber, FactKind.GroupNumber);

    public Fact Medicare => new(Patient.MedicareId, FactKind.MedicareId);

    public Fact On(DateOnly day) => new(DateForms.Write(day, _numeric), FactKind.Date);

    public Fact OnWritten(DateOnly day) => new(DateForms.Write(day, _written), FactKind.Date);

    /// <summary>A day as hurried notes write it: <c>3/14</c>.</summary>
    public static Fact OnShort(DateOnly day) => new(DateForms.Write(day, "M/d"), FactKind.Date);

    /// <summary>A month of a year: <c>March 2019</c>.</summary>
    public static Fact In(DateOnly day) => new(DateForms.Write(day, "MMMM yyyy"), FactKind.Date);

    public static Fact Year(int year) => new(year.ToString(CultureInfo.InvariantCulture), FactKind.Year);

    /// <summary>A relative's age.</summary>
    public static Fact KinAge(int age) => new(age.ToString(CultureInfo.InvariantCulture), age > 89 ? FactKind.AgeOver89 : FactKind.Age);

    public Prose At(DateOnly day) => $"{On(day)} {Clock()}";

    public string Clock(int from = 0, int to = 23) => string.Create(CultureInfo.InvariantCulture, $"{Random.Between(from, to):00}:{Random.Between(0, 59):00}");

    /// <summary>First name of a woman who appears once: a mother, an aunt.</summary>
    public Fact SomeWoman() => Somebody(NameLists.Women);

    /// <summary>First name of a man who appears once.</summary>
    public Fact SomeMan() => Somebody(NameLists.Men);

    public Fact Accession(string prefix) => new($"{prefix}{Admitted.Year % 100:00}-{Random.Digits(Random.Between(5, 7))}", FactKind.Accession);

    private Fact Somebody(string[] names) => new(Random.Pick([.. names.Where(name => name != Patient.GivenName)]), FactKind.RelativeName);

    private static Fact PatientName(string value) => new(value, FactKind.PatientName);

    private static string AreaOf(SyntheticPatient patient) =>
        Array.Find(Places.All, place => place.Zip == patient.Zip)?.AreaCode ?? Places.All[0].AreaCode;

    private Fact Aged(string form)
    {
        int age = Patient.AgeOn(Admitted);
        return new(string.Format(CultureInfo.InvariantCulture, form, age), age > 89 ? FactKind.AgeOver89 : FactKind.Age);
    }
}
