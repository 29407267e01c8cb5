using System.Collections.Immutable;
using MedRedact.Synthesis;

namespace MedRedact.Testing;

/// <summary>A person whose every identifier is a string that occurs nowhere else. Run a chart of this person through the code under test;
/// whatever a <see cref="CanaryWatch"/> then sees of these strings has leaked.</summary>
public sealed class PhiCanary
{
    private const string Syllables = "bavexodimupaqelorivutazonekyrosilugamefibudoqavinu";

    private PhiCanary(SyntheticPatient patient, ImmutableArray<string> values) => (Patient, Values) = (patient, values);

    /// <summary>The person.</summary>
    public SyntheticPatient Patient { get; }

    /// <summary>The strings to look for: names, numbers, addresses. Each is at least eight characters long.</summary>
    public ImmutableArray<string> Values { get; }

    /// <summary>What a registry would know about the person.</summary>
    public KnownPatient Known => Patient.ToKnownPatient();

    /// <summary>Makes a canary. The same seed gives the same person; give tests that run side by side different seeds.</summary>
    /// <param name="seed">Any number.</param>
    /// <returns>The canary.</returns>
    public static PhiCanary Create(int seed)
    {
        var ids = new SeededIds(seed);
        string given = Name(ids), family = Name(ids), relative = Name(ids), street = Name(ids), employer = Name(ids);
        string mrn = "73" + ids.NextDigits(9), account = "84" + ids.NextDigits(10), member = "ZQX" + ids.NextDigits(9), licence = "Q" + ids.NextDigits(9);
        string ssn = $"9{ids.NextDigits(2)}-1{ids.NextDigits(1)}-{ids.NextDigits(4)}";
        SyntheticPatient patient = SyntheticPatient.Create(seed) with
        {
            GivenName = given,
            FamilyName = family,
            RelativeName = $"{relative} {family}",
            Street = $"{ids.NextDigits(4)} {street} Road",
            Employer = $"{employer} Works",
            Email = $"{given}.{family}@example.org".ToLowerInvariant(),
            Mrn = mrn,
            AccountNumber = account,
            MemberId = member,
            DriverLicense = licence,
            Ssn = ssn,
        };
        return new(patient, [given, family, relative, street, employer, mrn, account, member, licence, ssn]);
    }

    /// <summary>Writes a document about the person.</summary>
    /// <param name="kind">Its type.</param>
    /// <param name="seed">Chooses illness, wording and paper.</param>
    /// <returns>The record; its text holds several of <see cref="Values"/>.</returns>
    public SyntheticRecord Plant(DocumentKind kind, int seed = 0) => SyntheticRecords.Create(kind, seed, Patient);

    // Ten letters and more of nonsense: long enough never to occur by chance, and easy to read for an engine.
    private static string Name(SeededIds ids)
    {
        string name = string.Concat(Enumerable.Range(0, 6).Select(_ => Syllables.Substring(2 * ids.NextInt(Syllables.Length / 2), 2)));
        return char.ToUpperInvariant(name[0]) + name[1..];
    }
}
