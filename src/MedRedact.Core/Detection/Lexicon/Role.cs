namespace MedRedact.Detection;

/// <summary>What a word does for the rules; the words are data, in <c>Data/roles-*.txt</c>.</summary>
[Flags]
internal enum Role : ulong
{
    None = 0,
    Title = 1UL << 0,
    Credential = 1UL << 1,
    Kin = 1UL << 2,
    Particle = 1UL << 3,
    Month = 1UL << 4,
    Weekday = 1UL << 5,
    Unit = 1UL << 6,
    StreetSuffix = 1UL << 7,
    StreetPrefix = 1UL << 8,
    Direction = 1UL << 9,
    Dwelling = 1UL << 10,
    Facility = 1UL << 11,
    FacilityPart = 1UL << 12,
    StateCode = 1UL << 13,
    Locative = 1UL << 14,
    NameStop = 1UL << 15,
    PersonNoun = 1UL << 16,
    NameCue = 1UL << 17,
    Connector = 1UL << 18,
    EponymHead = 1UL << 19,
    Ordinal = 1UL << 20,
    NumberWord = 1UL << 21,
    AgeUnit = 1UL << 22,
    CompanySuffix = 1UL << 23,
    Season = 1UL << 24,
    Agent = 1UL << 25,
    Measure = 1UL << 26,
    Relative = 1UL << 27,
    Suffix = 1UL << 28,
    DateCue = 1UL << 29,
    PersonVerb = 1UL << 30,
    Drug = 1UL << 31,
    OrdinalMark = 1UL << 32,
    PhoneCue = 1UL << 33,
    FacilityCue = 1UL << 34,
    FacilityBrand = 1UL << 35,
    MayMonth = 1UL << 36,
    Move = 1UL << 37,
    CodeSystem = 1UL << 38,
    PlaceHead = 1UL << 39,
    HeadFirst = 1UL << 40,
    Specialty = 1UL << 41,
    CompanyHead = 1UL << 42,
    WorkVerb = 1UL << 43,

    /// <summary>Ends the name of a facility by itself ("Alder Creek Imaging").</summary>
    FacilityHead = 1UL << 44,

    /// <summary>Ends one after a facility's word ("Mercy Ridge Health System").</summary>
    FacilityEnd = 1UL << 45,

    /// <summary>A street's last word by the postal list, too ordinary to make a street by itself.</summary>
    StreetTail = 1UL << 46,

    /// <summary>Ends a street's name in a language that writes it behind or into the name ("Karl Johans gate", "Storgatan").</summary>
    StreetEnding = 1UL << 47,

    /// <summary>A cigarette or snuff that is called like a place.</summary>
    TobaccoBrand = 1UL << 48,
    TobaccoCue = 1UL << 49,

    /// <summary>A month's name in full, of a language that writes it small.</summary>
    SmallMonth = 1UL << 50,

    /// <summary>Says where somebody lives or comes from ("born", "lives", "originally"); travel does not.</summary>
    Residence = 1UL << 51,

    /// <summary>A word for somebody over 89.</summary>
    OldAge = 1UL << 52,

    /// <summary>Says whose ("his mother").</summary>
    Possessive = 1UL << 53,

    /// <summary>Says what kind of hospital, without naming one.</summary>
    FacilityKind = 1UL << 54,

    /// <summary>Heads a dated entry of a chart ("Labs 7/10:").</summary>
    EntryHead = 1UL << 55,

    /// <summary>Of a nation or a direction ("Russian", "eastern"): never a place by itself.</summary>
    PlaceAdjective = 1UL << 56,

    /// <summary>A word of the names of bodies of which there are many, or that employ a nation ("army", "police", "department").</summary>
    GenericBody = 1UL << 57,

    /// <summary>A clinical abbreviation that no one is called, where it stands in capitals among small letters.</summary>
    Abbreviation = 1UL << 58,
}

/// <summary>What the lexicon knows about one word.</summary>
internal struct WordInfo
{
    public Role Roles;

    /// <summary>Frequency as a given name, a surname, a place: 0 (not one) to 15, a step doubles it.</summary>
    public byte Given;
    public byte Surname;
    public byte City;
    public WordClass Class;

    /// <summary>Months 1-12, number words their value, ordinals theirs.</summary>
    public byte Value;

    /// <summary>Node of the phrase tree that this word opens; 0 when no phrase begins with it.</summary>
    public int PhraseNode;

    public readonly bool Is(Role role) => (Roles & role) != 0;
}

[Flags]
internal enum WordClass : byte
{
    None = 0,
    Common = 1,
    Dictionary = 2,
    Clinical = 4,
    Eponym = 8,
}
