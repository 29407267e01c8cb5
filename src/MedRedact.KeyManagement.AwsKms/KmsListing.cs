using System.Collections.Immutable;
using Amazon.KeyManagementService.Model;

namespace MedRedact.KeyManagement.AwsKms;

/// <summary>A key as the service knows it.</summary>
/// <param name="Id">The service's own name of it.</param>
/// <param name="State">What the service does with it.</param>
internal sealed record KmsKey(string Id, KmsState State);

/// <summary>What the service does with a key.</summary>
internal enum KmsState
{
    Disabled = 0,
    Enabled,
    Leaving,
}

/// <summary>The aliases of a ring, read once.</summary>
/// <param name="Keys">The service's name of each key.</param>
/// <param name="Notes">What is remembered of keys that leave or have left, with the alias that says so.</param>
/// <param name="Holders">What notes are fastened to, in order, each with the service's name and the number of all its aliases.</param>
internal sealed record KmsListing(
    ImmutableDictionary<KeyId, string> Keys, ImmutableArray<(string Alias, KeyDescription Key)> Notes, ImmutableArray<(int Number, string Id, int Aliases)> Holders)
{
    public static async ValueTask<KmsListing> ReadAsync(KmsCalls calls, KmsNames names, CancellationToken cancellationToken)
    {
        var all = new List<AliasListEntry>();
        string? marker = null;
        do
        {
            string? from = marker;
            ListAliasesResponse page = await calls.RunAsync((kms, cancel) => kms.ListAliasesAsync(new ListAliasesRequest { Limit = 100, Marker = from }, cancel), cancellationToken);
            all.AddRange((page.Aliases ?? []).Where(alias => alias is { AliasName: not null, TargetKeyId: not null }));
            marker = page.Truncated == true ? page.NextMarker : null;
        }
        while (marker is not null);

        Dictionary<string, int> counts = all.CountBy(alias => alias.TargetKeyId).ToDictionary();
        return new(
            all.Select(alias => (Key: names.KeyOf(alias.AliasName), Id: alias.TargetKeyId)).Where(found => found.Key is not null).DistinctBy(found => found.Key)
                .ToImmutableDictionary(found => found.Key!.Value, found => found.Id),
            [.. all.Select(alias => (alias.AliasName, Key: names.NoteOf(alias.AliasName)!)).Where(found => found.Key is not null)],
            [.. all.Select(alias => (Number: names.HolderOf(alias.AliasName), Id: alias.TargetKeyId)).Where(found => found.Number is not null)
                .Select(found => (found.Number!.Value, found.Id, counts[found.Id])).OrderBy(found => found.Value)]);
    }
}
