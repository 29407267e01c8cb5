using System.Collections.Immutable;

namespace MedRedact;

/// <summary>Keeps tokens with their sealed values. Thread-safe; durable when a call returns. It knows no actor and records nothing: whoever calls it does.</summary>
public interface ITokenVault
{
    /// <summary>Adds an entry unless its token, or its index within scope and category, is taken.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>Whether it was added.</returns>
    ValueTask<bool> TryAddAsync(VaultEntry entry, CancellationToken cancellationToken = default);

    /// <summary>Adds many entries in one durable step, each unless its token, or its index within scope and category, is taken.</summary>
    /// <param name="entries">The entries, of any scopes.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>For each, in the same order, whether it was added. Of two that exclude each other one is.</returns>
    ValueTask<ImmutableArray<bool>> TryAddAsync(ImmutableArray<VaultEntry> entries, CancellationToken cancellationToken = default);

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

    /// <summary>Finds many entries by the blind indexes of their values.</summary>
    /// <param name="values">The values; one may come more than once.</param>
    /// <param name="scope">Their scope.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>For each, in the same order, the entry or <see langword="null"/>.</returns>
    ValueTask<ImmutableArray<VaultEntry?>> FindAsync(ImmutableArray<ValueKey> values, TokenScope scope, CancellationToken cancellationToken = default);

    /// <summary>Changes index, envelope, subject and expiry of an entry, unless one of them was changed meanwhile or the new index is taken. Its hold stays as it is.</summary>
    /// <param name="known">The entry as it was found.</param>
    /// <param name="changed">The same token of the same scope, as it shall be.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>Whether it was changed.</returns>
    ValueTask<bool> TryReplaceAsync(VaultEntry known, VaultEntry changed, CancellationToken cancellationToken = default);

    /// <summary>Puts an entry under a legal hold, or ends one.</summary>
    /// <param name="token">The token.</param>
    /// <param name="scope">Its scope.</param>
    /// <param name="isHeld">Whether it is held from now on.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>Whether the vault has the token.</returns>
    ValueTask<bool> SetHoldAsync(Token token, TokenScope scope, bool isHeld, CancellationToken cancellationToken = default);

    /// <summary>Puts every entry that is now one subject's under a legal hold, in all scopes, or ends it.</summary>
    /// <param name="tenant">Whose records.</param>
    /// <param name="subject">Whose values.</param>
    /// <param name="isHeld">Whether they are held from now on.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>How many entries are the subject's.</returns>
    ValueTask<int> SetHoldAsync(TenantId tenant, SubjectId subject, bool isHeld, CancellationToken cancellationToken = default);

    /// <summary>Counts what is held of the entries that are now one subject's, in all scopes.</summary>
    /// <param name="tenant">Whose records.</param>
    /// <param name="subject">Whose values.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>How many are under a legal hold.</returns>
    ValueTask<int> CountHeldAsync(TenantId tenant, SubjectId subject, CancellationToken cancellationToken = default);

    /// <summary>Deletes entries of a scope that are older than a moment. What is held stays.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="olderThan">Entries created before it go.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>How many went.</returns>
    ValueTask<int> PurgeAsync(TokenScope scope, DateTimeOffset olderThan, CancellationToken cancellationToken = default);

    /// <summary>Deletes entries of a scope that have expired. What is held stays.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="asOf">Entries that expired then or before go.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>How many went.</returns>
    ValueTask<int> PurgeExpiredAsync(TokenScope scope, DateTimeOffset asOf, CancellationToken cancellationToken = default);

    /// <summary>Deletes the entries that are one subject's and were made up to a moment, in all scopes. What is held stays, and so does what others share.</summary>
    /// <param name="tenant">Whose records.</param>
    /// <param name="subject">Whose values.</param>
    /// <param name="upTo">Entries that were made then or before go.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>How many went.</returns>
    ValueTask<int> PurgeAsync(TenantId tenant, SubjectId subject, DateTimeOffset upTo, CancellationToken cancellationToken = default);
}
