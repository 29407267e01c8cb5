using System.Buffers;

namespace MedRedact;

/// <summary>Stands for a value that only the vault can reverse. Derived from nothing (45 CFR 164.514(c)).</summary>
public readonly record struct Token
{
    private static readonly SearchValues<char> Allowed = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");

    /// <summary>Checks and wraps a token.</summary>
    /// <param name="value">1 to 64 characters of A-Z, 0-9 and '-'.</param>
    /// <exception cref="ArgumentException">The grammar is broken; the message does not repeat the value.</exception>
    public Token(string value) => Value = value is { Length: > 0 and <= 64 } && !value.AsSpan().ContainsAnyExcept(Allowed)
        ? value
        : throw new ArgumentException("A token is 1 to 64 characters of A-Z, 0-9 and '-'.", nameof(value));

    /// <summary>The printed token.</summary>
    public string Value { get; }

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}

/// <summary>Makes tokens. Thread-safe. Reversing one is another capability, <see cref="IDetokenizer"/>.</summary>
public interface ITokenizer
{
    /// <summary>Returns the token of a value: the same one for the same value, category and scope, also under races.</summary>
    /// <param name="value">The value.</param>
    /// <param name="category">What it is.</param>
    /// <param name="tenant">Whose record it comes from; its keys seal the value.</param>
    /// <param name="scope">Where one value keeps one token.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The token, durable in the vault when the call returns.</returns>
    ValueTask<Token> TokenizeAsync(
        Phi<string> value, PhiCategory category, TenantId tenant, TokenScope scope, CancellationToken cancellationToken = default);
}

/// <summary>Reverses tokens, under a grant. Thread-safe.</summary>
public interface IDetokenizer
{
    /// <summary>Returns the value of a token, after the access was recorded durably.</summary>
    /// <param name="token">The token.</param>
    /// <param name="scope">The scope it was made in.</param>
    /// <param name="grant">For <see cref="AccessAction.RevealToken"/>, unexpired.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The value, or <see langword="null"/> for a token the vault does not hold.</returns>
    /// <exception cref="MedRedactException">The grant does not cover the call, or the audit sink refused.</exception>
    ValueTask<Phi<string>?> RevealAsync(Token token, TokenScope scope, AccessGrant grant, CancellationToken cancellationToken = default);
}

/// <summary>Keeps tokens with their sealed values. Thread-safe; durable when a call returns.</summary>
public interface ITokenVault
{
    /// <summary>Adds an entry unless its token, or its index within scope and category, is taken.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>Whether it was added.</returns>
    ValueTask<bool> TryAddAsync(VaultEntry entry, CancellationToken cancellationToken = default);

    /// <summary>Finds an entry by token.</summary>
    /// <param name="token">The token.</param>
    /// <param name="scope">Its scope.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The entry or <see langword="null"/>.</returns>
    ValueTask<VaultEntry?> FindAsync(Token token, TokenScope scope, CancellationToken cancellationToken = default);

    /// <summary>Finds an entry by the blind index of its value.</summary>
    /// <param name="index">A MAC of the value.</param>
    /// <param name="category">Its category.</param>
    /// <param name="scope">Its scope.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The entry or <see langword="null"/>.</returns>
    ValueTask<VaultEntry?> FindAsync(Digest256 index, PhiCategory category, TokenScope scope, CancellationToken cancellationToken = default);

    /// <summary>Deletes entries of a scope that are older than a moment.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="olderThan">Entries created before it go.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>How many went.</returns>
    ValueTask<int> PurgeAsync(TokenScope scope, DateTimeOffset olderThan, CancellationToken cancellationToken = default);
}

/// <summary>One row of a vault.</summary>
/// <param name="Token">The token.</param>
/// <param name="Tenant">Whose record the value comes from.</param>
/// <param name="Scope">Its scope.</param>
/// <param name="Category">What the value is.</param>
/// <param name="Index">A MAC of the value, so that one value keeps one token.</param>
/// <param name="Envelope">The sealed value.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record VaultEntry(
    Token Token, TenantId Tenant, TokenScope Scope, PhiCategory Category, Digest256 Index, ReadOnlyMemory<byte> Envelope, DateTimeOffset CreatedAt);
