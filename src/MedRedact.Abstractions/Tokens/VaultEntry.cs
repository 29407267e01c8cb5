namespace MedRedact;

/// <summary>One row of a vault.</summary>
/// <param name="Token">The token.</param>
/// <param name="Tenant">Whose record the value comes from.</param>
/// <param name="Scope">Its scope.</param>
/// <param name="Category">What the value is.</param>
/// <param name="Index">A MAC of the value, so that one value keeps one token.</param>
/// <param name="Envelope">The sealed value.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record VaultEntry(
    Token Token, TenantId Tenant, TokenScope Scope, PhiCategory Category, Digest256 Index, ReadOnlyMemory<byte> Envelope, DateTimeOffset CreatedAt)
{
    /// <summary>Whose value it is, and whose key closes it; <see langword="null"/>: it came from more than one person, or from nobody known.</summary>
    public SubjectId? Subject { get; init; }

    /// <summary>From when on the token gives nothing back; <see langword="null"/>: it does not expire. A vault may round it to milliseconds.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Whether it is under a legal hold: no purge takes it. A hold opens nothing: an expired token stays expired.</summary>
    public bool IsHeld { get; init; }

    /// <summary>Whether the token gives nothing back any more.</summary>
    /// <param name="now">The present.</param>
    /// <returns>Whether it has expired.</returns>
    public bool HasExpired(DateTimeOffset now) => ExpiresAt <= now;
}

/// <summary>What a value is found again by within a scope.</summary>
/// <param name="Index">A MAC of the value.</param>
/// <param name="Category">Its category.</param>
public readonly record struct ValueKey(Digest256 Index, PhiCategory Category);
