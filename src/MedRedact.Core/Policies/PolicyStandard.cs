using System.Collections.Immutable;

namespace MedRedact.Policies;

/// <summary>The standard that a policy claims to meet; checked when it is loaded. The zero value claims nothing.</summary>
public enum PolicyStandard
{
    /// <summary>None is claimed.</summary>
    None = 0,

    /// <summary>Safe Harbor, 45 CFR 164.514(b)(2): none of the 18 identifiers stays and no date is shifted.</summary>
    SafeHarbor,

    /// <summary>A limited data set, 45 CFR 164.514(e): none of the 16 direct identifiers stays. Still PHI: it needs a data use agreement.</summary>
    LimitedDataSet,

    /// <summary>Expert determination, 45 CFR 164.514(b)(1): what may stay is the expert's finding, so nothing is checked here.</summary>
    ExpertDetermination,
}

/// <summary>What each standard lets stay.</summary>
internal static class StandardRules
{
    /// <summary>Clinicians are not listed in 164.514(b)(2) as such; their names and numbers are a switch of the policy.</summary>
    private static readonly ImmutableHashSet<PhiCategory> SafeHarborMayStay =
        [PhiCategory.State, PhiCategory.Country, PhiCategory.AddressCountry, PhiCategory.Age, PhiCategory.ClinicianName, PhiCategory.Npi, PhiCategory.Dea, PhiCategory.Profession, PhiCategory.FormNumber];

    private static readonly ImmutableHashSet<PhiCategory> LimitedDataSetMayStay = SafeHarborMayStay.Union(
    [
        PhiCategory.City, PhiCategory.County, PhiCategory.Zip, PhiCategory.Facility, PhiCategory.Room,
        PhiCategory.Date, PhiCategory.BirthDate, PhiCategory.DeathDate, PhiCategory.AgeOver89, PhiCategory.Accession,
    ]);

    public static bool Permits(PolicyStandard standard, PhiCategory category, Disposition disposition) => (standard, disposition) switch
    {
        // What is derived from the value is no code that may stay, 164.514(c), and a surrogate that is one for one value is derived from it.
        (PolicyStandard.SafeHarbor, Disposition.ShiftDate or Disposition.Pseudonym or Disposition.FormatPreserving or Disposition.Surrogate) => false,
        (PolicyStandard.SafeHarbor, Disposition.Keep) => SafeHarborMayStay.Contains(category),
        (PolicyStandard.LimitedDataSet, Disposition.Keep) => LimitedDataSetMayStay.Contains(category),
        _ => true,
    };

    /// <summary>A policy that carries the name of a standard is held to it.</summary>
    public static PolicyStandard ClaimedBy(string name) =>
        name.Contains("safe-harbor", StringComparison.Ordinal) ? PolicyStandard.SafeHarbor
        : name.Contains("limited-data-set", StringComparison.Ordinal) ? PolicyStandard.LimitedDataSet
        : PolicyStandard.None;
}
