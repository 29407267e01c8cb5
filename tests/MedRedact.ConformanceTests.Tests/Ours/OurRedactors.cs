using MedRedact.Policies;
using MedRedact.Redaction;
using MedRedact.Storage;
using MedRedact.Testing;
using Microsoft.Extensions.Time.Testing;

namespace MedRedact.ConformanceTests.Tests;

[Proves(typeof(LabelRedactor))]
public sealed class OurLabelRedactor : RedactorContract
{
    protected override IReadOnlyList<(PhiCategory Category, string Value)> Examples => [(PhiCategory.PersonName, "Nkechi Whitehorse"), (PhiCategory.Mrn, "73190462")];

    protected override IRedactor CreateRedactor() => new LabelRedactor();
}

[Proves(typeof(MaskRedactor))]
public sealed class OurMaskRedactor : RedactorContract
{
    protected override IReadOnlyList<(PhiCategory Category, string Value)> Examples => [(PhiCategory.PersonName, "Nkechi Whitehorse"), (PhiCategory.Mrn, "73190462")];

    protected override IRedactor CreateRedactor() => new MaskRedactor();
}

[Proves(typeof(DateToYear))]
public sealed class OurDateToYear : RedactorContract
{
    protected override IReadOnlyList<(PhiCategory Category, string Value)> Examples => [(PhiCategory.Date, "03/14/2024"), (PhiCategory.BirthDate, "March 14, 1962")];

    protected override IRedactor CreateRedactor() => new DateToYear(new FakeTimeProvider(new DateTimeOffset(2026, 2, 3, 0, 0, 0, TimeSpan.Zero)));
}

[Proves(typeof(AgeOver89))]
public sealed class OurAgeOver89 : RedactorContract
{
    protected override IReadOnlyList<(PhiCategory Category, string Value)> Examples => [(PhiCategory.AgeOver89, "97-year-old"), (PhiCategory.AgeOver89, "93 y.o.")];

    protected override IRedactor CreateRedactor() => new AgeOver89();
}

[Proves(typeof(AgeBand))]
public sealed class OurAgeBand : RedactorContract
{
    protected override IReadOnlyList<(PhiCategory Category, string Value)> Examples => [(PhiCategory.Age, "47-year-old"), (PhiCategory.Age, "33 years")];

    protected override IRedactor CreateRedactor() => new AgeBand();
}

[Proves(typeof(Zip3Redactor))]
public sealed class OurZip3Redactor : RedactorContract
{
    protected override IReadOnlyList<(PhiCategory Category, string Value)> Examples => [(PhiCategory.Zip, "62704"), (PhiCategory.Zip, "62704-1234")];

    protected override IRedactor CreateRedactor() => new Zip3Redactor();
}

[Proves(typeof(DateShift))]
public sealed class OurDateShift : RedactorContract, IDisposable
{
    private readonly InMemoryKeys _keys = new();

    public void Dispose() => _keys.Dispose();

    protected override IReadOnlyList<(PhiCategory Category, string Value)> Examples => [(PhiCategory.Date, "03/14/2024"), (PhiCategory.Date, "2023-11-02")];

    protected override IRedactor CreateRedactor() => new DateShift(_keys, new FakeTimeProvider(new DateTimeOffset(2026, 2, 3, 0, 0, 0, TimeSpan.Zero)));
}

[Proves(typeof(Surrogates))]
public sealed class OurSurrogates : RedactorContract, IDisposable
{
    private readonly InMemoryKeys _keys = new();

    public void Dispose() => _keys.Dispose();

    protected override IReadOnlyList<(PhiCategory Category, string Value)> Examples => [(PhiCategory.PersonName, "Nkechi Whitehorse"), (PhiCategory.Mrn, "73190462")];

    protected override IRedactor CreateRedactor() => new Surrogates(_keys);
}

[Proves(typeof(OneWayTokens))]
public sealed class OurOneWayTokens : RedactorContract
{
    protected override IReadOnlyList<(PhiCategory Category, string Value)> Examples => [(PhiCategory.PersonName, "Nkechi Whitehorse"), (PhiCategory.Mrn, "73190462")];

    protected override IRedactor CreateRedactor() => new OneWayTokens();
}

[Proves(typeof(Pseudonyms))]
public sealed class OurPseudonyms : RedactorContract, IDisposable
{
    private readonly InMemoryKeys _keys = new();

    public void Dispose() => _keys.Dispose();

    protected override IReadOnlyList<(PhiCategory Category, string Value)> Examples => [(PhiCategory.PersonName, "Nkechi Whitehorse"), (PhiCategory.Mrn, "73190462")];

    protected override IRedactor CreateRedactor() => new Pseudonyms(_keys);
}

[Proves(typeof(FormatPreserving))]
public sealed class OurFormatPreserving : RedactorContract, IDisposable
{
    private readonly InMemoryKeys _keys = new();

    public void Dispose() => _keys.Dispose();

    protected override IReadOnlyList<(PhiCategory Category, string Value)> Examples => [(PhiCategory.Mrn, "73190462"), (PhiCategory.Account, "4417-1234-5678-9113")];

    protected override IRedactor CreateRedactor() => new FormatPreserving(_keys);
}

[Proves(typeof(PolicyFile))]
public sealed class OurSafeHarborPolicy : SafeHarborPolicyContract
{
    protected override IDispositionPolicy CreatePolicy() => BuiltInPolicies.SafeHarbor;
}

public sealed class OurLimitedDataSetPolicy : DispositionPolicyContract
{
    protected override IDispositionPolicy CreatePolicy() => BuiltInPolicies.LimitedDataSet;
}

public sealed class OurResearchPolicy : DispositionPolicyContract
{
    protected override IDispositionPolicy CreatePolicy() => BuiltInPolicies.ResearchDatesShifted;
}

public sealed class OurComparisonPolicy : DispositionPolicyContract
{
    protected override IDispositionPolicy CreatePolicy() => BuiltInPolicies.JslCompat;
}
