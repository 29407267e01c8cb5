using System.Security.Cryptography;

namespace MedRedact.Storage;

/// <summary>What becomes of a row when its value comes again: it serves as it is, is shared, lives longer, or makes way.</summary>
internal sealed class KnownValues(ITokenVault vault, SealedValues values)
{
    /// <summary>Whether the row serves, changed where it must be. If not, somebody else changed it, or it made way: look again.</summary>
    public async ValueTask<bool> CanServeAsync(
        VaultEntry entry, TokenizedValue value, SubjectId? subject, DateTimeOffset now, DateTimeOffset? expiry, CancellationToken cancellationToken)
    {
        // What has expired stays expired: whoever holds that token gets nothing back because the value came again.
        if (entry.HasExpired(now))
        {
            await MakeWayAsync(entry, cancellationToken);
            return false;
        }

        bool isShared = entry.Subject is not null && entry.Subject != subject;
        // One person's value whose key was destroyed, for a person who came back: nobody could ever get it back from that token.
        if (entry.Subject is not null && !isShared && !await OpensAsync(entry, value, cancellationToken))
        {
            await MakeWayAsync(entry, cancellationToken);
            return false;
        }

        bool livesLonger = entry.ExpiresAt is { } ends && !(expiry <= ends);
        VaultEntry next = livesLonger ? entry with { ExpiresAt = expiry } : entry;
        if (!isShared)
            return !livesLonger || await vault.TryReplaceAsync(entry, next, cancellationToken);

        if (await SharedAsync(entry, value, cancellationToken) is { } envelope)
            return await vault.TryReplaceAsync(entry, next with { Subject = null, Envelope = envelope }, cancellationToken);

        await MakeWayAsync(entry, cancellationToken);
        return false;
    }

    /// <summary>The value sealed under the tenant, or null where the first person's key closes it: that token must not come back to life with the second one's value.</summary>
    private async ValueTask<byte[]?> SharedAsync(VaultEntry entry, TokenizedValue value, CancellationToken cancellationToken)
    {
        // Throws where nothing can be sealed now: keys that are out of reach must not make a row look closed for good.
        await values.SealAsync(value.Value, entry.Token, entry.Category, entry.Tenant, entry.Scope, null, cancellationToken);
        try
        {
            Phi<string> first = await values.OpenAsync(entry, cancellationToken);
            return await values.SealAsync(first, entry.Token, entry.Category, entry.Tenant, entry.Scope, null, cancellationToken);
        }
        catch (MedRedactException fault) when (fault.Code == Faults.BrokenRow)
        {
            return null;
        }
    }

    private async ValueTask<bool> OpensAsync(VaultEntry entry, TokenizedValue value, CancellationToken cancellationToken)
    {
        try
        {
            await values.OpenAsync(entry, cancellationToken);
            return true;
        }
        catch (MedRedactException fault) when (fault.Code == Faults.BrokenRow)
        {
            // Throws where nothing can be sealed for that person now: keys that are out of reach must not make a row look closed for good.
            await values.SealAsync(value.Value, entry.Token, entry.Category, entry.Tenant, entry.Scope, entry.Subject, cancellationToken);
            return false;
        }
    }

    /// <summary>Gives the row an index that no value has. It keeps its token and its hold, and is purged in its time.</summary>
    private async ValueTask MakeWayAsync(VaultEntry entry, CancellationToken cancellationToken) =>
        await vault.TryReplaceAsync(entry, entry with { Index = Digest256.From(RandomNumberGenerator.GetBytes(Digest256.Size)) }, cancellationToken);
}
