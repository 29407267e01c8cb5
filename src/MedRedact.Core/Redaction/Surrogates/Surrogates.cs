using System.Collections.Immutable;

namespace MedRedact.Redaction;

/// <summary>Puts invented values in values' places: a name where a name stood, a city where a city stood, a number of the same form where a number stood. One value has one
/// surrogate within a tenant, scope and purpose of use.</summary>
/// <remarks>Never a value that was found in the document, nor a word of one; where chance would have it, the next draw is taken, and after some a label stands. Telephone numbers (555-01XX), SSN (666), links
/// (<c>example.org</c>) and addresses of RFC 5737 are nobody's; a record, account or plan number has no such range and may be one that somebody else has. A number of 32 digits or letters at most. What has no surrogate
/// (dates, ages, ZIP codes, pictures, telephone numbers of other forms) gets a label. Chosen by a key from the value: who can use the key can test guesses. Not Safe Harbor (45 CFR 164.514(c)).</remarks>
/// <param name="keys">Gives the tenant's key of the purpose <c>surrogate</c>; it does not come out.</param>
public sealed class Surrogates(IKeyProvider keys) : IRedactor
{
    private const int Turns = 8;
    private static readonly KeyPurpose Purpose = new("surrogate");

    /// <inheritdoc/>
    public Disposition Serves => Disposition.Surrogate;

    /// <inheritdoc/>
    public ImmutableArray<PhiCategory> Categories { get; } =
    [
        PhiCategory.PersonName, PhiCategory.Geography, PhiCategory.Phone, PhiCategory.Fax, PhiCategory.Email, PhiCategory.Ssn, PhiCategory.Mrn, PhiCategory.Plan,
        PhiCategory.Account, PhiCategory.License, PhiCategory.Vehicle, PhiCategory.Device, PhiCategory.Url, PhiCategory.Ip, PhiCategory.Accession, PhiCategory.NationalId,
    ];

    /// <inheritdoc/>
    public async ValueTask<Replacement?> ProposeAsync(RedactionTarget target, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        var draw = new SurrogateDraw(await keys.GetMacKeyAsync(Purpose, target.Tenant, cancellationToken), target);
        TakenWords taken = TakenWords.Of(target);
        string value = target.Value.Reveal();
        for (int turn = 0; turn < Turns; turn++)
        {
            string? surrogate = target.Finding.Category switch
            {
                var category when category.IsA(PhiCategory.Organization) => await SurrogatePlaces.FacilityAsync(draw, value, turn, cancellationToken),
                var category when category.IsA(PhiCategory.PersonName) => await SurrogateNames.OfAsync(draw, value, taken, turn, cancellationToken),
                var category when category.IsA(PhiCategory.Geography) => await SurrogatePlaces.OfAsync(draw, category, value, turn, cancellationToken),
                var category => await SurrogateNumbers.OfAsync(draw, category, value, turn, cancellationToken),
            };
            if (surrogate is null)
                return null;
            if (!taken.Touches(surrogate, value))
                return Replacement.Free(surrogate);
        }

        return null;
    }
}
