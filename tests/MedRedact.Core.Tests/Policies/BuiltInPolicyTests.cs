namespace MedRedact.Policies;

public sealed class BuiltInPolicyTests
{
    private const Disposition R = Disposition.Redact, T = Disposition.Tokenize, G = Disposition.Generalize, S = Disposition.ShiftDate, K = Disposition.Keep;

    /// <summary>Category, then what becomes of it under safe-harbor, limited-data-set, research-dates-shifted.</summary>
    public static TheoryData<string, Disposition, Disposition, Disposition> Decisions => new()
    {
        { "name", T, T, T },
        { "name/clinician", R, R, R },
        { "name/organization", R, R, R },
        { "geo", R, R, R },
        { "geo/street", R, R, R },
        { "geo/city", R, K, R },
        { "geo/county", R, R, R },
        { "geo/zip", G, K, G },
        { "geo/state", K, K, K },
        { "geo/country", R, K, K },
        { "geo/address-country", R, R, R },
        { "geo/facility", R, R, R },
        { "geo/room", R, R, R },
        { "date", G, K, S },
        { "date/birth", G, K, S },
        { "date/death", G, K, S },
        { "age", K, K, K },
        { "age/over-89", G, K, G },
        { "phone", R, R, R },
        { "fax", R, R, R },
        { "email", R, R, R },
        { "ssn", T, T, T },
        { "ssn/last4", R, R, R },
        { "mrn", T, T, T },
        { "plan", T, T, T },
        { "plan/mbi", T, T, T },
        { "account", T, T, T },
        { "account/card", R, R, R },
        { "account/encounter", T, T, T },
        { "account/claim", T, T, T },
        { "license", R, R, R },
        { "license/driver", R, R, R },
        { "license/npi", R, R, R },
        { "license/dea", R, R, R },
        { "license/passport", R, R, R },
        { "vehicle", R, R, R },
        { "device", R, R, R },
        { "url", R, R, R },
        { "ip", R, R, R },
        { "biometric", R, R, R },
        { "photo", R, R, R },
        { "unique", R, R, R },
        { "unique/accession", T, T, T },
        { "unique/national-id", R, R, R },
        { "unique/profession", K, K, K },
        { "unique/form", K, K, K },
        { "unique/barcode", R, R, R },
        { "unique/signature", R, R, R },
        { "unique/unread-ink", R, R, R },
    };

    [Theory]
    [MemberData(nameof(Decisions))]
    public void Decides_every_category(string name, Disposition safeHarbor, Disposition limited, Disposition research)
    {
        Assert.True(PhiCategory.TryParse(name, out PhiCategory category));
        Assert.Equal(safeHarbor, BuiltInPolicies.SafeHarbor.Decide(category));
        Assert.Equal(limited, BuiltInPolicies.LimitedDataSet.Decide(category));
        Assert.Equal(research, BuiltInPolicies.ResearchDatesShifted.Decide(category));
        Assert.Equal(Disposition.Redact, BuiltInPolicies.JslCompat.Decide(category));
    }

    [Fact]
    public void The_table_above_names_every_category() => Assert.Equal(WellKnownCategories.All.Count, Decisions.Count);

    [Fact]
    public void Carries_the_names_and_standards_it_is_known_by()
    {
        Assert.Equal(
            [
                ("safe-harbor", PolicyStandard.SafeHarbor), ("limited-data-set", PolicyStandard.LimitedDataSet),
                ("research-dates-shifted", PolicyStandard.ExpertDetermination), ("jsl-compat", PolicyStandard.None),
            ],
            BuiltInPolicies.All.Select(policy => (policy.Name, policy.Standard)));
        Assert.DoesNotContain(BuiltInPolicies.All, policy => policy.ReleasesIncompleteDocuments);
    }
}
