using System.Security.Cryptography;

namespace MedRedact.Resuming;

/// <summary>Small sealed objects beside a quarantined original. Each is an envelope of its own purpose, bound to quarantine, tenant and document.</summary>
internal sealed class KeptObjects(IZoneStore zones, IObjectSealer sealer)
{
    private const long MaxSize = 64 << 20;
    private static readonly KeyPurpose Purpose = new("kept-page");

    public static ZoneObject At(TenantId tenant, DocumentId document, ObjectName name) => new(StorageZone.Quarantine, tenant, document, name);

    public async ValueTask PutAsync(ZoneObject target, ReadOnlyMemory<byte> plain, CancellationToken cancellationToken)
    {
        using var envelope = new MemoryStream();
        await using (Stream message = await sealer.OpenWriteAsync(envelope, ContextOf(target), cancellationToken))
            await message.WriteAsync(plain, cancellationToken);
        envelope.Position = 0;
        await zones.PutAsync(target, envelope, cancellationToken);
    }

    /// <summary>The plaintext, pinned; the caller zeroes it. Null where there is no such object.</summary>
    public async ValueTask<byte[]?> ReadAsync(ZoneObject target, CancellationToken cancellationToken)
    {
        Stream? envelope = await zones.OpenAsync(target, cancellationToken);
        if (envelope is null)
            return null;

        await using Stream message = await sealer.OpenReadAsync(envelope, ContextOf(target), cancellationToken);
        if (message.Length > MaxSize)
            throw new InvalidDataException();
        byte[] plain = GC.AllocateUninitializedArray<byte>((int)message.Length, pinned: true);
        try
        {
            await message.ReadExactlyAsync(plain, cancellationToken);
            return plain;
        }
        catch
        {
            CryptographicOperations.ZeroMemory(plain);
            throw;
        }
    }

    /// <summary>The names of all that lies in quarantine for a document, its original among them.</summary>
    public async ValueTask<List<ObjectName>> ListAsync(TenantId tenant, DocumentId document, CancellationToken cancellationToken)
    {
        var names = new List<ObjectName>();
        await foreach (ZoneObject each in zones.ListAsync(StorageZone.Quarantine, tenant, document, cancellationToken))
            names.Add(each.Name);
        return names;
    }

    public async ValueTask EraseAsync(ZoneObject target) => await zones.EraseAsync(target, CancellationToken.None);

    private static KeyContext ContextOf(ZoneObject target) => new(Purpose, target.Zone, target.Tenant, target.Document);
}
