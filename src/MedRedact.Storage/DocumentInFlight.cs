using System.Globalization;

namespace MedRedact.Storage;

/// <summary>A document that is being written or erased, as the name of a note in a session's folder.</summary>
internal sealed record DocumentInFlight(TenantId Tenant, DocumentId Document)
{
    private const string Prefix = "doc-";
    private const int IdLength = 32;

    public string FileName => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Tenant.Value}.{Document.Value:N}");

    public static DocumentInFlight? FromFileName(string name)
    {
        if (!name.StartsWith(Prefix, StringComparison.Ordinal)
            || name.Length < Prefix.Length + 2 + IdLength
            || name[^(IdLength + 1)] != '.'
            || !Guid.TryParseExact(name[^IdLength..], "N", out Guid id))
        {
            return null;
        }

        return StorageNames.TryTenant(name[Prefix.Length..^(IdLength + 1)], out TenantId tenant) ? new(tenant, new DocumentId(id)) : null;
    }
}
