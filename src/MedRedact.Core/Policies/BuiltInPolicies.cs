using System.Collections.Immutable;

namespace MedRedact.Policies;

/// <summary>The policies that come with MedRedact; each is a JSON file to read, copy and change.</summary>
public static class BuiltInPolicies
{
    private static readonly Lazy<ImmutableArray<PolicyFile>> Loaded = new(static () =>
        [Load("safe-harbor"), Load("limited-data-set"), Load("research-dates-shifted"), Load("jsl-compat")]);

    /// <summary>45 CFR 164.514(b)(2): names and record numbers become tokens, dates years, ZIP codes three digits; all else is redacted.</summary>
    public static PolicyFile SafeHarbor => All[0];

    /// <summary>45 CFR 164.514(e): dates, ages, city, state and ZIP stay. Needs a data use agreement.</summary>
    public static PolicyFile LimitedDataSet => All[1];

    /// <summary>For expert determination: dates are shifted by one secret offset a patient, so that intervals stay true.</summary>
    public static PolicyFile ResearchDatesShifted => All[2];

    /// <summary>Redacts whatever is found, also ages, states, hospitals, professions and clinicians: for comparison with systems that do.</summary>
    public static PolicyFile JslCompat => All[3];

    /// <summary>All of them.</summary>
    public static ImmutableArray<PolicyFile> All => Loaded.Value;

    private static PolicyFile Load(string name)
    {
        using Stream resource = typeof(BuiltInPolicies).Assembly.GetManifestResourceStream($"MedRedact.Policies.{name}.json")!;
        byte[] bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return PolicyFile.Parse(bytes);
    }
}
