using System.Security.Cryptography;

namespace MedRedact.Storage;

/// <summary>Makes random tokens and keeps them in a vault. A token is derived from nothing (45 CFR 164.514(c)).</summary>
/// <remarks>Values that differ only in case, spacing or the way their letters are encoded are one value. Thread-safe.</remarks>
/// <param name="vault">Keeps the tokens.</param>
/// <param name="sealer">Seals the values.</param>
/// <param name="keys">Gives the key of the index.</param>
/// <param name="time">Dates the entries.</param>
public sealed class VaultTokenizer(ITokenVault vault, IObjectSealer sealer, IKeyProvider keys, TimeProvider time) : ITokenizer
{
    // A second attempt is for the token that another made meanwhile; a third would take a collision of 128 random bits.
    private const int Attempts = 3;

    private readonly SealedValues _values = new(sealer);
    private readonly ValueIndex _index = new(keys);

    /// <inheritdoc/>
    /// <exception cref="MedRedactException">Vault or keys failed; no token was made.</exception>
    public async ValueTask<Token> TokenizeAsync(
        Phi<string> value, PhiCategory category, TenantId tenant, TokenScope scope, CancellationToken cancellationToken = default)
    {
        Digest256 index = await _index.OfAsync(value, category, scope, cancellationToken);
        for (int attempt = 1; attempt <= Attempts; attempt++)
        {
            if (await vault.FindAsync(index, category, scope, cancellationToken) is { } known)
                return known.Token;

            Token token = TokenFormat.Create(category, RandomNumberGenerator.GetBytes(16));
            byte[] envelope = await _values.SealAsync(value, token, category, tenant, scope, cancellationToken);
            if (await vault.TryAddAsync(new VaultEntry(token, tenant, scope, category, index, envelope, time.GetUtcNow()), cancellationToken))
                return token;
        }

        throw Faults.Refuse(Faults.VaultFailed);
    }
}
