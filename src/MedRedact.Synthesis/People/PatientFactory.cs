using System.Globalization;
using System.Text;

namespace MedRedact.Synthesis;

internal static class PatientFactory
{
    private static readonly string[] s_femaleKin = ["daughter", "niece", "wife", "sister", "mother"];
    private static readonly string[] s_maleKin = ["son", "nephew", "husband", "brother", "father"];

    public static SyntheticPatient Create(SeededRandom random)
    {
        bool female = random.Chance(0.5);
        string given = random.Pick(female ? NameLists.Women : NameLists.Men), family = random.Pick(NameLists.Surnames);
        Place place = random.Pick(Places.All);

        // One in six is ninety or older: the age rule of Safe Harbor needs patients.
        int birthYear = random.Chance(1.0 / 6) ? random.Between(1925, 1930) : random.Between(1938, 2002);

        // The old have children, the young have parents, and everybody a spouse or sibling.
        string[] kin = random.Chance(0.5) ? s_femaleKin : s_maleKin;
        string relation = birthYear < 1965 ? random.Pick(kin[..4]) : random.Pick(kin[2..]);
        if (relation is "wife" or "husband")
            relation = female ? "husband" : "wife";
        string kinGiven = random.Pick([.. (Array.IndexOf(s_maleKin, relation) >= 0 ? NameLists.Men : NameLists.Women).Where(name => name != given)]);
        return new()
        {
            GivenName = given,
            MiddleInitial = random.Letters(1, "ABCDEGHJKLMNPRSTW"),
            FamilyName = family,
            IsFemale = female,
            BirthDate = new DateOnly(birthYear, 1, 1).AddDays(random.Between(0, 364)),
            Street = Street(random),
            City = place.City,
            State = place.State,
            Zip = place.Zip,
            HomePhone = Identifiers.Phone(random, place.AreaCode),
            MobilePhone = Identifiers.Phone(random, place.AreaCode),
            Email = $"{Plain(given)}{(random.Chance(0.5) ? "." : "_")}{Plain(family)}{(random.Chance(0.4) ? random.Digits(2) : "")}@example.{(random.Chance(0.7) ? "org" : "com")}",
            Ssn = Identifiers.Ssn(random),
            Mrn = Identifiers.Mrn(random),
            AccountNumber = random.Digits(random.Between(9, 11)),
            MedicareId = Identifiers.Mbi(random),
            MemberId = Identifiers.MemberId(random),
            GroupNumber = random.Chance(0.5) ? random.Digits(6) : $"{random.Digits(5)}-{random.Digits(2)}",
            Insurer = random.Pick(Places.Insurers),
            DriverLicense = Identifiers.DriverLicense(random),
            Employer = random.Pick(Places.Employers),
            Profession = random.Pick(Places.Professions),
            RelativeName = $"{kinGiven} {(random.Chance(0.75) ? family : random.Pick(NameLists.Surnames))}",
            Relation = relation,
            RelativePhone = Identifiers.Phone(random, place.AreaCode),
        };
    }

    internal static string Street(SeededRandom random)
    {
        string street = string.Create(CultureInfo.InvariantCulture, $"{random.Between(11, 9880)} {random.Pick(Places.Streets)} {random.Pick(Places.StreetKinds)}");
        return random.Between(0, 9) switch
        {
            0 or 1 => $"{street}, Apt {random.Between(1, 40)}{random.Letters(1, "ABCD")}",
            2 => $"P.O. Box {random.Between(100, 9900)}",
            _ => street,
        };
    }

    private static string Plain(string name)
    {
        var plain = new StringBuilder();
        foreach (char c in name)
        {
            char lower = char.ToLowerInvariant(c);
            if (lower is >= 'a' and <= 'z') plain.Append(lower);
            else if ("éáíóúñ".IndexOf(lower, StringComparison.Ordinal) is >= 0 and int index) plain.Append("eaioun"[index]);
        }

        return plain.ToString();
    }
}
