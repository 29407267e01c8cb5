using Amazon.KeyManagementService.Model;

namespace MedRedact.KeyManagement.AwsKms;

/// <summary>What is remembered of keys that leave. The service deletes a key by itself, with all that was said of it, so its description is noted before, as an alias of a key that
/// stays: a key that holds notes and seals nothing.</summary>
internal sealed class KmsNotes(KmsCalls calls, KmsNames names, KmsMaking making)
{
    /// <summary>How many aliases the service lets a key have.</summary>
    private const int AliasesAKey = 50;

    /// <summary>Notes a key as it is described. Other notes of it go.</summary>
    public async ValueTask WriteAsync(KeyDescription key, CancellationToken cancellationToken)
    {
        KmsListing listing = await KmsListing.ReadAsync(calls, names, cancellationToken);
        string alias = names.NoteOf(key);
        if (!listing.Notes.Any(note => note.Alias == alias))
        {
            string holder = await HolderAsync(listing, cancellationToken);
            await calls.RunAsync(
                async (kms, cancel) =>
                {
                    try
                    {
                        await kms.CreateAliasAsync(new CreateAliasRequest { AliasName = alias, TargetKeyId = holder }, cancel);
                    }
                    catch (AlreadyExistsException)
                    {
                        // Noted by an attempt whose answer was lost.
                    }

                    return true;
                },
                cancellationToken);
        }

        await RemoveAsync(listing, key.Id, alias, cancellationToken);
    }

    /// <summary>Forgets a key that stays after all.</summary>
    public async ValueTask RemoveAsync(KeyId key, CancellationToken cancellationToken) =>
        await RemoveAsync(await KmsListing.ReadAsync(calls, names, cancellationToken), key, except: null, cancellationToken);

    private async ValueTask RemoveAsync(KmsListing listing, KeyId key, string? except, CancellationToken cancellationToken)
    {
        foreach ((string alias, _) in listing.Notes.Where(note => note.Key.Id == key && note.Alias != except))
        {
            await calls.RunAsync(
                async (kms, cancel) =>
                {
                    try
                    {
                        await kms.DeleteAliasAsync(new DeleteAliasRequest { AliasName = alias }, cancel);
                    }
                    catch (NotFoundException)
                    {
                        // Removed by an attempt whose answer was lost.
                    }

                    return true;
                },
                cancellationToken);
        }
    }

    private async ValueTask<string> HolderAsync(KmsListing listing, CancellationToken cancellationToken)
    {
        if (listing.Holders.FirstOrDefault(holder => holder.Aliases < AliasesAKey) is { Id: { } id })
            return id;

        int number = listing.Holders.Select(holder => holder.Number + 1).LastOrDefault(1);
        string alias = names.HolderOf(number);
        return (await making.MakeAsync(alias, $"notes-{number}", "medredact/1/notes", KeyKind.Wrapping, cancellationToken)).Id;
    }
}
