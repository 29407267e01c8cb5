using Amazon.KeyManagementService;
using Amazon.KeyManagementService.Model;

namespace MedRedact.KeyManagement.AwsKms;

/// <summary>Reads what the service says of a key: its label, and what the service itself does with it, whichever allows less.</summary>
internal static class KmsDescriptions
{
    /// <exception cref="KeyServiceException">The key is none that was made under that name.</exception>
    public static (KeyDescription Key, KmsKey Place) Read(KeyId key, KeyMetadata found)
    {
        if (KeyLabel.Parse(found.Description ?? "") is not { } said || said.Id != key || !IsOfKind(said.Kind, found))
            throw Faults.Refuse(Faults.StrangeKey);

        KmsState state = StateOf(found.KeyState);
        KeyDescription known = state switch
        {
            KmsState.Leaving => said with { State = KeyState.Disabled, DestructionAt = said.DestructionAt ?? ToMilliseconds(found.DeletionDate) },
            KmsState.Enabled when said.State is KeyState.Active or KeyState.DecryptOnly => said with { DestructionAt = null },
            _ => said with { State = KeyState.Disabled, DestructionAt = null },
        };
        return (known, new KmsKey(found.KeyId, state));
    }

    /// <summary>Material from outside may be known outside: only what the service, or an HSM of its own, made by itself is used.</summary>
    private static bool IsOfKind(KeyKind kind, KeyMetadata found) =>
        found.KeyManager == KeyManagerType.CUSTOMER && (found.Origin == OriginType.AWS_KMS || found.Origin == OriginType.AWS_CLOUDHSM)
        && found.KeySpec == KmsMaking.SpecOf(kind) && found.KeyUsage == KmsMaking.UsageOf(kind);

    /// <summary>A key that the service cannot reach for now is still what its label says: its calls fail, and that is no verdict on what it wrapped.</summary>
    private static KmsState StateOf(Amazon.KeyManagementService.KeyState state)
    {
        if (state == Amazon.KeyManagementService.KeyState.PendingDeletion || state == Amazon.KeyManagementService.KeyState.PendingReplicaDeletion)
            return KmsState.Leaving;
        return state == Amazon.KeyManagementService.KeyState.Disabled || state == Amazon.KeyManagementService.KeyState.PendingImport ? KmsState.Disabled : KmsState.Enabled;
    }

    private static DateTimeOffset? ToMilliseconds(DateTime? at) =>
        at is { } moment ? DateTimeOffset.FromUnixTimeMilliseconds(new DateTimeOffset(moment.ToUniversalTime()).ToUnixTimeMilliseconds()) : DateTimeOffset.MaxValue;
}
