using System.Buffers;
using System.Collections.Immutable;

namespace MedRedact;

/// <summary>A kind of identifier: a class of a taxonomy, optionally with a sub-category, e.g. <c>geo/zip</c> in <c>safe-harbor</c>.</summary>
/// <remarks>An open taxonomy, grammar-checked, with the 18 Safe Harbor identifiers (45 CFR 164.514(b)(2)(i)) as its well-known classes.
/// What a policy says of a class holds for its sub-categories unless it names them.</remarks>
public readonly record struct PhiCategory
{
    private const string SafeHarborName = "safe-harbor";
    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>Checks and wraps a category.</summary>
    /// <param name="taxonomy">1 to 32 characters of a-z, 0-9, '-'.</param>
    /// <param name="name"><c>class</c> or <c>class/sub-category</c>, each 1 to 32 of the same characters.</param>
    /// <exception cref="ArgumentException">The grammar is broken.</exception>
    public PhiCategory(string taxonomy, string name)
    {
        int slash = name?.IndexOf('/') ?? -1;
        bool valid = IsPart(taxonomy) && (slash < 0 ? IsPart(name) : IsPart(name.AsSpan(0, slash)) && IsPart(name.AsSpan(slash + 1)));
        (Taxonomy, Name) = valid ? (taxonomy, name!) : throw new ArgumentException("A category reads class or class/sub-category.", nameof(name));
    }

    private PhiCategory(string name) => (Taxonomy, Name) = (SafeHarborName, name);

    /// <summary>The taxonomy, e.g. <c>safe-harbor</c>.</summary>
    public string Taxonomy { get; }

    /// <summary><c>class</c> or <c>class/sub-category</c>.</summary>
    public string Name { get; }

    /// <summary>The class without the sub-category.</summary>
    public PhiCategory Class => Name.IndexOf('/', StringComparison.Ordinal) is var slash and >= 0 ? new(Taxonomy, Name[..slash]) : this;

    /// <summary>The last part of the name, e.g. <c>zip</c>.</summary>
    public string ShortName => Name[(Name.IndexOf('/', StringComparison.Ordinal) + 1)..];

    /// <summary>(A) A person's name.</summary>
    public static PhiCategory PersonName { get; } = new("name");

    /// <summary>(A) The name of a clinician or other member of staff; a policy switch.</summary>
    public static PhiCategory ClinicianName { get; } = new("name/clinician");

    /// <summary>(A) The name of an employer, school or other organization that is not a care facility.</summary>
    public static PhiCategory Organization { get; } = new("name/organization");

    /// <summary>(B) A geographic unit smaller than a state, not further known.</summary>
    public static PhiCategory Geography { get; } = new("geo");

    /// <summary>(B) Street address.</summary>
    public static PhiCategory Street { get; } = new("geo/street");

    /// <summary>(B) City or town.</summary>
    public static PhiCategory City { get; } = new("geo/city");

    /// <summary>(B) County.</summary>
    public static PhiCategory County { get; } = new("geo/county");

    /// <summary>(B) ZIP or postal code.</summary>
    public static PhiCategory Zip { get; } = new("geo/zip");

    /// <summary>A state or province: not an identifier under Safe Harbor, but some policies remove it.</summary>
    public static PhiCategory State { get; } = new("geo/state");

    /// <summary>A country in running text: not an identifier under Safe Harbor, but some policies remove it.</summary>
    public static PhiCategory Country { get; } = new("geo/country");

    /// <summary>The country of an address, of nationality or of birth: larger than a state, but one location with the rest of its address.</summary>
    public static PhiCategory AddressCountry { get; } = new("geo/address-country");

    /// <summary>(B) A hospital, clinic, ward or other care facility.</summary>
    public static PhiCategory Facility { get; } = new("geo/facility");

    /// <summary>(B) Room or bed.</summary>
    public static PhiCategory Room { get; } = new("geo/room");

    /// <summary>(C) A date with more than its year.</summary>
    public static PhiCategory Date { get; } = new("date");

    /// <summary>(C) Date of birth.</summary>
    public static PhiCategory BirthDate { get; } = new("date/birth");

    /// <summary>(C) Date of death.</summary>
    public static PhiCategory DeathDate { get; } = new("date/death");

    /// <summary>An age up to 89: not an identifier under Safe Harbor, but some policies remove it.</summary>
    public static PhiCategory Age { get; } = new("age");

    /// <summary>(C) An age over 89.</summary>
    public static PhiCategory AgeOver89 { get; } = new("age/over-89");

    /// <summary>(D) Telephone or pager number.</summary>
    public static PhiCategory Phone { get; } = new("phone");

    /// <summary>(E) Fax number.</summary>
    public static PhiCategory Fax { get; } = new("fax");

    /// <summary>(F) E-mail address.</summary>
    public static PhiCategory Email { get; } = new("email");

    /// <summary>(G) Social Security number, or a tax number of its shape.</summary>
    public static PhiCategory Ssn { get; } = new("ssn");

    /// <summary>(G) The last four digits of a Social Security number.</summary>
    public static PhiCategory SsnLast4 { get; } = new("ssn/last4");

    /// <summary>(H) Medical record number.</summary>
    public static PhiCategory Mrn { get; } = new("mrn");

    /// <summary>(I) Health plan beneficiary, member, policy or group number.</summary>
    public static PhiCategory Plan { get; } = new("plan");

    /// <summary>(I) Medicare beneficiary identifier.</summary>
    public static PhiCategory Mbi { get; } = new("plan/mbi");

    /// <summary>(J) Account number.</summary>
    public static PhiCategory Account { get; } = new("account");

    /// <summary>(J) Payment card or bank account.</summary>
    public static PhiCategory Card { get; } = new("account/card");

    /// <summary>(J) Encounter or visit number.</summary>
    public static PhiCategory Encounter { get; } = new("account/encounter");

    /// <summary>(J) Claim number.</summary>
    public static PhiCategory Claim { get; } = new("account/claim");

    /// <summary>(K) Certificate or licence number.</summary>
    public static PhiCategory License { get; } = new("license");

    /// <summary>(K) Driver's licence number.</summary>
    public static PhiCategory DriverLicense { get; } = new("license/driver");

    /// <summary>(K) National provider identifier; a policy switch.</summary>
    public static PhiCategory Npi { get; } = new("license/npi");

    /// <summary>(K) DEA registration number; a policy switch.</summary>
    public static PhiCategory Dea { get; } = new("license/dea");

    /// <summary>(K) Passport number.</summary>
    public static PhiCategory Passport { get; } = new("license/passport");

    /// <summary>(L) Vehicle identifier or plate.</summary>
    public static PhiCategory Vehicle { get; } = new("vehicle");

    /// <summary>(M) Device identifier or serial number.</summary>
    public static PhiCategory Device { get; } = new("device");

    /// <summary>(N) Web address.</summary>
    public static PhiCategory Url { get; } = new("url");

    /// <summary>(O) IP address.</summary>
    public static PhiCategory Ip { get; } = new("ip");

    /// <summary>(P) Biometric identifier, finger and voice prints included.</summary>
    public static PhiCategory Biometric { get; } = new("biometric");

    /// <summary>(Q) Full-face photograph or comparable image.</summary>
    public static PhiCategory Photo { get; } = new("photo");

    /// <summary>(R) Any other unique number, characteristic or code.</summary>
    public static PhiCategory Unique { get; } = new("unique");

    /// <summary>(R) Accession, specimen or order number.</summary>
    public static PhiCategory Accession { get; } = new("unique/accession");

    /// <summary>(R) A national identifier of another country.</summary>
    public static PhiCategory NationalId { get; } = new("unique/national-id");

    /// <summary>(R) A profession, where it may single somebody out.</summary>
    public static PhiCategory Profession { get; } = new("unique/profession");

    /// <summary>The number of a printed form ("Form DF-196"): it names the print that all patients share, and goes where a recipient asks for it.</summary>
    public static PhiCategory FormNumber { get; } = new("unique/form");

    /// <summary>(R) A bar code or QR code.</summary>
    public static PhiCategory Barcode { get; } = new("unique/barcode");

    /// <summary>(R) A signature written by hand.</summary>
    public static PhiCategory Signature { get; } = new("unique/signature");

    /// <summary>(R) Ink that no engine could read: whatever was not read may identify.</summary>
    public static PhiCategory UnreadInk { get; } = new("unique/unread-ink");

    /// <summary>The classes of 45 CFR 164.514(b)(2)(i); ages belong to class (C).</summary>
    public static ImmutableArray<PhiCategory> SafeHarbor { get; } =
    [
        PersonName, Geography, Date, Age, Phone, Fax, Email, Ssn, Mrn, Plan, Account, License, Vehicle, Device, Url, Ip, Biometric, Photo, Unique,
    ];

    /// <summary>Whether this is the other category or one of its sub-categories.</summary>
    /// <param name="other">A category, usually a class.</param>
    /// <returns>Whether what is said of the other holds for this one.</returns>
    public bool IsA(PhiCategory other) => this == other || (Class == other);

    /// <summary><c>taxonomy:name</c>.</summary>
    /// <returns>The printed form.</returns>
    public override string ToString() => $"{Taxonomy}:{Name}";

    /// <summary>Reads the printed form.</summary>
    /// <param name="text"><c>taxonomy:name</c>, or a name alone for the Safe Harbor taxonomy.</param>
    /// <param name="category">The category, or the default value.</param>
    /// <returns>Whether the text was one.</returns>
    public static bool TryParse(string text, out PhiCategory category)
    {
        ArgumentNullException.ThrowIfNull(text);
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        (string taxonomy, string name) = colon < 0 ? (SafeHarborName, text) : (text[..colon], text[(colon + 1)..]);
        int slash = name.IndexOf('/', StringComparison.Ordinal);
        bool valid = IsPart(taxonomy) && (slash < 0 ? IsPart(name) : IsPart(name.AsSpan(0, slash)) && IsPart(name.AsSpan(slash + 1)));
        category = valid ? new(taxonomy, name) : default;
        return valid;
    }

    private static bool IsPart(ReadOnlySpan<char> part) => part.Length is > 0 and <= 32 && !part.ContainsAnyExcept(Allowed);
}
