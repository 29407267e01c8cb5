using System.Globalization;

namespace MedRedact.Storage.S3;

/// <summary>Where an object lies: <c>ZONE/t-TENANT/DOCUMENT/NAME</c> behind the prefix. No key says more than the ids do.</summary>
internal sealed class ObjectKeys(string prefix)
{
    private const string TenantPrefix = "t-";

    public string FolderOf(StorageZone zone, TenantId tenant, DocumentId? document)
    {
        ArgumentException.ThrowIfNullOrEmpty(tenant.Value, nameof(tenant));
        string name = Enum.IsDefined(zone) ? zone.ToString().ToLower(CultureInfo.InvariantCulture) : throw new ArgumentOutOfRangeException(nameof(zone));
        string folder = $"{prefix}{name}/{TenantPrefix}{tenant.Value}/";
        return document is { } one ? $"{folder}{one}/" : folder;
    }

    public string KeyOf(ZoneObject target)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentException.ThrowIfNullOrEmpty(target.Name.Value, nameof(target));
        return FolderOf(target.Zone, target.Tenant, target.Document) + target.Name.Value;
    }

    /// <summary>Reads an address back from a key; keys of any other form are somebody else's.</summary>
    public ZoneObject? Read(StorageZone zone, TenantId tenant, string key)
    {
        string folder = FolderOf(zone, tenant, null);
        if (!key.StartsWith(folder, StringComparison.Ordinal)
            || key[folder.Length..].Split('/') is not [{ } document, { Length: > 0 } name]
            || !Guid.TryParseExact(document, "N", out Guid id))
        {
            return null;
        }

        try
        {
            var found = new ZoneObject(zone, tenant, new DocumentId(id), new ObjectName(name));
            return KeyOf(found) == key ? found : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
