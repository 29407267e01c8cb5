using System.Globalization;

namespace MedRedact.Storage;

/// <summary>Where an object lies: <c>zones/ZONE/t-TENANT/DOCUMENT/NAME.mrev</c>.</summary>
/// <remarks>Ids hold <c>a-z 0-9 . -</c> only, so they cannot name a separator; the prefix and the suffix keep <c>.</c> and <c>..</c> from
/// being names of their own. What is left to go wrong is checked once more in <see cref="FileOf"/>.</remarks>
internal sealed class ZonePaths(string home)
{
    private const string TenantPrefix = "t-";
    private const string Suffix = ".mrev";

    public string Root { get; } = Path.Combine(home, "zones");

    public string FolderOf(StorageZone zone) =>
        Path.Combine(Root, Enum.IsDefined(zone) ? zone.ToString().ToLower(CultureInfo.InvariantCulture) : throw new ArgumentOutOfRangeException(nameof(zone)));

    public string FolderOf(StorageZone zone, TenantId tenant)
    {
        ArgumentException.ThrowIfNullOrEmpty(tenant.Value, nameof(tenant));
        return Path.Combine(FolderOf(zone), TenantPrefix + tenant.Value);
    }

    public string FolderOf(StorageZone zone, TenantId tenant, DocumentId document) =>
        Path.Combine(FolderOf(zone, tenant), document.Value.ToString("N", CultureInfo.InvariantCulture));

    public string FileOf(ZoneObject target)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentException.ThrowIfNullOrEmpty(target.Name.Value, nameof(target));
        string folder = FolderOf(target.Zone, target.Tenant, target.Document);
        string file = Path.GetFullPath(Path.Combine(folder, target.Name.Value + Suffix));
        return Path.GetDirectoryName(file) == folder ? file : throw new ArgumentException("An object lies in its document's folder.", nameof(target));
    }

    public static bool TryDocument(string folderName, out DocumentId document)
    {
        bool good = Guid.TryParseExact(folderName, "N", out Guid id);
        document = new DocumentId(id);
        return good;
    }

    public static bool TryObject(string fileName, out ObjectName name)
    {
        name = default;
        return fileName.EndsWith(Suffix, StringComparison.Ordinal) && StorageNames.TryObject(fileName[..^Suffix.Length], out name);
    }
}
