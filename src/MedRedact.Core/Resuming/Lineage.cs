using MedRedact.Diagnostics;

namespace MedRedact.Resuming;

/// <summary>The attempts before an attempt whose kept pages are still of use. Each attempt names them all, so that one that dies while it resumes loses nothing.</summary>
internal sealed class Lineage(KeptObjects objects)
{
    private const byte Version = 1;
    private const int IdSize = 16;

    private static ReadOnlySpan<byte> Magic => "MRKB"u8;

    public async ValueTask WriteAsync(TenantId tenant, DocumentId attempt, IReadOnlyList<DocumentId> before, CancellationToken cancellationToken)
    {
        byte[] bytes = [.. Magic, Version, .. before.SelectMany(each => each.Value.ToByteArray(bigEndian: true))];
        await objects.PutAsync(KeptObjects.At(tenant, attempt, KeptNames.Before), bytes, cancellationToken);
    }

    /// <summary>The attempts before this one, the last first; none where it names none, or what it names cannot be read.</summary>
    public async ValueTask<IReadOnlyList<DocumentId>> FindAsync(TenantId tenant, DocumentId attempt, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(tenant, attempt, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            Telemetry.Kept(KeptOutcome.Unreadable);
            return [];
        }
    }

    private async ValueTask<IReadOnlyList<DocumentId>> ReadAsync(TenantId tenant, DocumentId attempt, CancellationToken cancellationToken)
    {
        byte[]? bytes = await objects.ReadAsync(KeptObjects.At(tenant, attempt, KeptNames.Before), cancellationToken);
        if (bytes is null)
            return [];

        int header = Magic.Length + 1;
        if (bytes.Length < header || !bytes.AsSpan().StartsWith(Magic) || bytes[Magic.Length] != Version || (bytes.Length - header) % IdSize != 0)
            throw new InvalidDataException();
        return [.. bytes.Skip(header).Chunk(IdSize).Select(id => new DocumentId(new Guid(id, bigEndian: true)))];
    }
}
