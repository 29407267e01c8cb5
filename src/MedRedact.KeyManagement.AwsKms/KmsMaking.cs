using System.Collections.Concurrent;
using Amazon.KeyManagementService;
using Amazon.KeyManagementService.Model;

namespace MedRedact.KeyManagement.AwsKms;

/// <summary>Makes keys under a name. The service makes a key anew at each call; its alias can be set once, so of all that were made for one name one gets it, and a key without a name
/// is none of the ring.</summary>
internal sealed class KmsMaking(KmsCalls calls, KmsNames names, string? policy)
{
    /// <summary>What was made here and did not get its name yet: an attempt that is made again names it, and makes no other.</summary>
    private readonly ConcurrentDictionary<string, string> _unnamed = new();

    /// <summary>Makes a key of a kind under an alias, or finds the one that has it.</summary>
    /// <returns>The service's name of it, and whether it was made here.</returns>
    public async ValueTask<(string Id, bool IsOurs)> MakeAsync(string alias, string key, string description, KeyKind kind, CancellationToken cancellationToken)
    {
        if (!_unnamed.TryGetValue(alias, out string? made))
        {
            CreateKeyRequest request = RequestOf(key, description, kind);
            _unnamed[alias] = made = await calls.RunAsync(async (kms, cancel) => (await kms.CreateKeyAsync(request, cancel)).KeyMetadata.KeyId, cancellationToken);
        }

        bool isNamed = await calls.RunAsync((kms, cancel) => NameAsync(kms, alias, made, cancel), cancellationToken);
        string holder = isNamed
            ? made
            : await calls.RunAsync(async (kms, cancel) => (await kms.DescribeKeyAsync(new DescribeKeyRequest { KeyId = alias }, cancel)).KeyMetadata.KeyId, cancellationToken);
        if (holder != made)
            await DiscardAsync(made, cancellationToken);

        _unnamed.TryRemove(alias, out _);
        return (holder, holder == made);
    }

    /// <returns>False where another key has the name, or this one has it from an attempt whose answer was lost.</returns>
    private static async Task<bool> NameAsync(IAmazonKeyManagementService kms, string alias, string key, CancellationToken cancellationToken)
    {
        try
        {
            await kms.CreateAliasAsync(new CreateAliasRequest { AliasName = alias, TargetKeyId = key }, cancellationToken);
            return true;
        }
        catch (AlreadyExistsException)
        {
            return false;
        }
        catch (NotFoundException)
        {
            // What was made a moment ago is not known everywhere yet.
            throw KeyServiceException.Of(KeyFailure.Transient);
        }
    }

    /// <summary>Lets a key go that did not get the name. Where that fails it stays, without a name, used by nobody, and found by its tags (docs/keys.md).</summary>
    private async ValueTask DiscardAsync(string made, CancellationToken cancellationToken)
    {
        try
        {
            await calls.RunAsync((kms, cancel) => kms.ScheduleKeyDeletionAsync(new ScheduleKeyDeletionRequest { KeyId = made, PendingWindowInDays = 7 }, cancel), cancellationToken);
        }
        catch (KeyServiceException)
        {
        }
    }

    private CreateKeyRequest RequestOf(string key, string description, KeyKind kind) => new()
    {
        Description = description,
        KeySpec = SpecOf(kind),
        KeyUsage = UsageOf(kind),
        Policy = policy,
        Tags = [new Tag { TagKey = "medredact-ring", TagValue = names.Ring }, new Tag { TagKey = "medredact-key", TagValue = key }],
    };

    public static KeySpec SpecOf(KeyKind kind) => kind switch { KeyKind.Signing => KeySpec.ECC_NIST_P256, KeyKind.MacRoot => KeySpec.HMAC_256, _ => KeySpec.SYMMETRIC_DEFAULT };

    public static KeyUsageType UsageOf(KeyKind kind) => kind switch
    {
        KeyKind.Signing => KeyUsageType.SIGN_VERIFY,
        KeyKind.MacRoot => KeyUsageType.GENERATE_VERIFY_MAC,
        _ => KeyUsageType.ENCRYPT_DECRYPT,
    };
}
