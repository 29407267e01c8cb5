using System.Collections.Immutable;
using System.Text;

namespace MedRedact.Detection;

/// <summary>Every rule and every ground that a finding may name; <see cref="Rules"/> gives each its public id.</summary>
internal enum Rule : byte
{
    None = 0,

    // Rules.
    LabelledId,
    LabelledAfter,
    LabelledPhone,
    LabelledEmail,
    LabelledCode,
    SsnShape,
    PhoneShape,
    CardShape,
    CodeShape,
    NationalIdCheck,
    LongNumber,
    DeviceUdi,
    EmailShape,
    EmailDictated,
    UrlShape,
    IpShape,
    MacShape,
    DateNumeric,
    DateIso,
    DateTextual,
    DatePartial,
    DateWords,
    DateLabelled,
    DateRelative,
    DateHoliday,
    BirthYear,
    AgeShape,
    AgeLabelled,
    AgeWords,
    NameTitle,
    NameLabel,
    NameCue,
    NamePattern,
    NameCredential,
    NameReversed,
    NameKin,
    NameRepeated,
    NameSalutation,
    ProfessionLabel,
    OrganizationSuffix,
    OrganizationNoun,
    OrganizationWork,
    FacilityNoun,
    FacilityBrand,
    FacilityLabel,
    StreetAddress,
    PoBox,
    AddressLabel,
    PlaceLabel,
    PlaceContext,
    PlaceList,
    ZipCode,
    KnownPatient,
    Propagated,
    Declared,
    TaggerName,
    TaggerPlace,
    TaggerRegion,
    TaggerStreet,
    TaggerOrganization,
    TaggerFacility,
    TaggerProfession,

    // Grounds.
    LabelBefore,
    LabelAfter,
    CheckProven,
    CheckDisproved,
    CheckAfterOcrRepair,
    KnownFake,
    Context,
    Lexicon,
    OrdinaryWord,
    Eponym,
    LabelAbove,
    ShapeMatch,
    MisreadShape,
    ListedPhrase,
    MisreadPhrase,

    // What the tagger weighed, in the order of FeatureGroup.
    TaggerWord,
    TaggerLexicon,
    TaggerForm,
    TaggerContext,
    TaggerLayout,
    TaggerRules,
}

internal static class Rules
{
    private static readonly ImmutableArray<RuleId> s_ids = [.. Enum.GetValues<Rule>().Select(rule => new RuleId(Kebab(rule.ToString())))];

    public static bool IsBuiltIn(string id) => s_ids.Any(known => known.Value == id);

    public static RuleId IdOf(Rule rule) => s_ids[(int)rule];

    public static bool IsTagger(RuleId rule) => rule.Value.StartsWith("tagger-", StringComparison.Ordinal);

    private static string Kebab(string name)
    {
        var id = new StringBuilder();
        foreach (char c in name)
        {
            if (char.IsUpper(c) && id.Length > 0)
                id.Append('-');
            id.Append(char.ToLowerInvariant(c));
        }

        return id.ToString();
    }
}
