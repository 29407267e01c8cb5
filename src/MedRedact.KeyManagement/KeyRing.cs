using System.Collections.Immutable;
using MedRedact.Envelope;

namespace MedRedact.KeyManagement;

/// <summary>A key with its secret.</summary>
internal sealed record KeyEntry(KeyDescription Description, SecretBuffer Secret)
{
    public KeyId Id => Description.Id;

    public static KeyEntry Create(KeyRole role, DateTimeOffset now, KeyOperation? operation = null)
    {
        var createdAt = DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds());
        return new(
            new(KeyNames.Of(role, operation), role.Kind, KeyState.Active, role.Zone, role.Purpose, createdAt),
            role.Kind == KeyKind.Signing ? LocalSigner.NewKey() : SecretBuffer.Random(32));
    }

    public KeyEntry In(KeyState state) => this with { Description = Description with { State = state } };
}

/// <summary>All keys, as one file holds them. Immutable; secrets are shared between the rings of one <see cref="LocalKeyRing"/>.</summary>
internal sealed record KeyRing(ImmutableArray<KeyEntry> Keys)
{
    public const int MaxKeys = 8192;

    public static KeyRing Create(DateTimeOffset now) => new(
    [
        .. Enum.GetValues<StorageZone>().Select(zone => KeyEntry.Create(KeyRole.Wrapping(zone), now)),
        KeyEntry.Create(KeyRole.MacRoot, now),
    ]);

    public KeyEntry? Find(KeyId id) => Keys.FirstOrDefault(key => key.Id == id);

    public KeyEntry? Active(KeyRole role) =>
        Keys.FirstOrDefault(key => key.Description.State == KeyState.Active && key.Description.Role == role);

    public KeyRing With(KeyEntry added) => this with { Keys = Keys.Add(added) };

    public KeyRing Replacing(KeyEntry old, KeyEntry changed) => this with { Keys = Keys.Replace(old, changed) };

    /// <summary>Clears the secrets; whoever shares them loses them too.</summary>
    public void Clear()
    {
        foreach (KeyEntry key in Keys)
            key.Secret.Dispose();
    }

    /// <summary>At most one active key of each role, and no id twice.</summary>
    public bool IsConsistent =>
        Keys.Length is > 0 and <= MaxKeys
        && Keys.DistinctBy(key => key.Id).Count() == Keys.Length
        && Keys.Where(key => key.Description.State == KeyState.Active)
            .CountBy(key => key.Description.Role)
            .All(role => role.Value == 1);
}
