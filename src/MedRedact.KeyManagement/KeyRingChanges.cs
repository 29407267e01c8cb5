using System.Collections.Immutable;
using MedRedact.Envelope;

namespace MedRedact.KeyManagement;

/// <summary>What may become of the keys of a ring; each change is a new ring, or the same where nothing changes.</summary>
internal static class KeyRingChanges
{
    public static KeyRing Rotated(this KeyRing ring, KeyRole role, KeyOperation? operation, DateTimeOffset now, out KeyEntry made)
    {
        KeyLaws.ThrowIfFixed(role);
        if (operation is not null && ring.Find(KeyNames.Of(role, operation)) is { } before)
        {
            made = before.Description.State == KeyState.Destroyed ? throw KeyFaults.Refusal(KeyFaults.DestroyedKey) : before;
            return ring;
        }

        made = KeyEntry.Create(role, now, operation);
        return ring.WithoutActive(role).With(made);
    }

    public static KeyRing RotatedWhereDue(this KeyRing ring, KeyRotationOptions rotation, DateTimeOffset now, out ImmutableArray<KeyEntry> made)
    {
        KeyEntry[] due = [.. ring.Keys.Where(key => rotation.IsDue(key.Description, now))];
        var keys = ImmutableArray.CreateBuilder<KeyEntry>(due.Length);
        foreach (KeyEntry old in due)
        {
            ring = ring.Rotated(old.Description.Role, null, now, out KeyEntry each);
            keys.Add(each);
        }

        made = keys.MoveToImmutable();
        return ring;
    }

    public static KeyRing InState(this KeyRing ring, KeyId key, KeyState state)
    {
        KeyEntry entry = ring.Living(key);
        KeyLaws.ThrowIfNotSettable(entry.Description);
        if (entry.Description.State == state)
            return ring;

        ring = state == KeyState.Active ? ring.WithoutActive(entry.Description.Role) : ring;
        return ring.Replacing(entry, entry.In(state));
    }

    public static KeyRing Scheduled(this KeyRing ring, KeyId key, DateTimeOffset at)
    {
        KeyEntry entry = ring.Living(key);
        KeyLaws.ThrowIfNotDestructible(entry.Description);
        return entry.Description.AwaitsDestruction
            ? ring
            : ring.Replacing(entry, entry with { Description = entry.Description with { State = KeyState.Disabled, DestructionAt = at } });
    }

    public static KeyRing Kept(this KeyRing ring, KeyId key)
    {
        KeyEntry entry = ring.Living(key);
        return entry.Description.AwaitsDestruction ? ring.Replacing(entry, entry with { Description = entry.Description with { DestructionAt = null } }) : ring;
    }

    public static KeyRing Destroyed(this KeyRing ring, DateTimeOffset now, out ImmutableArray<KeyEntry> destroyed)
    {
        var gone = ImmutableArray.CreateBuilder<KeyEntry>();
        foreach (KeyEntry entry in ring.Keys.Where(key => key.Description.AwaitsDestruction && key.Description.DestructionAt <= now))
        {
            var end = new KeyEntry(entry.Description with { State = KeyState.Destroyed, DestructionAt = now }, new SecretBuffer(0));
            ring = ring.Replacing(entry, end);
            gone.Add(end);
        }

        destroyed = gone.ToImmutable();
        return ring;
    }

    private static KeyEntry Living(this KeyRing ring, KeyId key) => ring.Find(key) switch
    {
        null => throw KeyFaults.Refusal(KeyFaults.UnknownKey),
        { Description.State: KeyState.Destroyed } => throw KeyFaults.Refusal(KeyFaults.DestroyedKey),
        { } entry => entry,
    };

    private static KeyRing WithoutActive(this KeyRing ring, KeyRole role) =>
        ring.Active(role) is { } old ? ring.Replacing(old, old.In(KeyState.DecryptOnly)) : ring;
}
