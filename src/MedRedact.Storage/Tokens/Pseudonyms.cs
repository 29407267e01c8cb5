using System.Collections.Immutable;

namespace MedRedact.Storage;

/// <summary>Puts a keyed pseudonym in a value's place: the same for the same value within one tenant, purpose of use, scope and category; nothing links those of different
/// ones. Printed as tokens are (<see cref="TokenFormat"/>), and no vault knows it.</summary>
/// <remarks>Derived from the value with HMAC-SHA-256, cut to 128 bits: who can use the key can test guesses. Not Safe Harbor (45 CFR 164.514(c)). Values that differ only in
/// case, spacing or the way their letters are encoded are one value.</remarks>
/// <param name="keys">Gives the tenant's key of the purpose <c>pseudonym</c>; it does not come out.</param>
public sealed class Pseudonyms(IKeyProvider keys) : IRedactor
{
    private readonly ScopedKeys _keys = new(keys, new KeyPurpose("pseudonym"));

    /// <inheritdoc/>
    public Disposition Serves => Disposition.Pseudonym;

    /// <inheritdoc/>
    public ImmutableArray<PhiCategory> Categories => [];

    /// <inheritdoc/>
    public async ValueTask<Replacement?> ProposeAsync(RedactionTarget target, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        Digest256 mac = await _keys.MacOfAsync(target, cancellationToken);
        Span<byte> identity = stackalloc byte[Digest256.Size];
        mac.CopyTo(identity);
        return Replacement.For(TokenFormat.Create(target.Finding.Category, identity[..16]));
    }
}
