using System.IO.Pipelines;

namespace MedRedact.Storage;

/// <summary>Seals what is written and puts the envelope into its zone.</summary>
internal sealed class SealedObjects(IZoneStore zones, IObjectSealer sealer)
{
    private static readonly KeyPurpose Purpose = new("document");

    // The envelope of one page is gathered in pooled memory, so that encoders may write synchronously without waiting for the disk.
    private static readonly PipeOptions Gathering = new(pauseWriterThreshold: 0, minimumSegmentSize: 64 * 1024, useSynchronizationContext: false);

    /// <summary>Writes one object; returns what the commit record says of it, and the digest of its plaintext.</summary>
    public async ValueTask<(CommittedObject Object, Digest256 Plaintext)> PutAsync(
        ZoneObject target, Func<Stream, ValueTask> write, CancellationToken cancellationToken)
    {
        var pipe = new Pipe(Gathering);
        try
        {
            await using Stream gathered = pipe.Writer.AsStream(leaveOpen: true);
            await using var envelope = new HashingStream(gathered);
            Digest256 plaintext;
            await using (Stream message = await sealer.OpenWriteAsync(envelope, ContextOf(target), cancellationToken))
            {
                await using var hashed = new HashingStream(message);
                await write(hashed);
                plaintext = hashed.Digest();
            }

            await pipe.Writer.CompleteAsync();
            await zones.PutAsync(target, pipe.Reader.AsStream(leaveOpen: true), cancellationToken);
            return (new(target.Zone, target.Name, envelope.Bytes, envelope.Digest()), plaintext);
        }
        finally
        {
            await pipe.Writer.CompleteAsync();
            await pipe.Reader.CompleteAsync();
        }
    }

    /// <summary>Opens one object; null where there is none.</summary>
    public async ValueTask<Stream?> OpenAsync(ZoneObject target, CancellationToken cancellationToken) =>
        await zones.OpenAsync(target, cancellationToken) is { } envelope
            ? await sealer.OpenReadAsync(envelope, ContextOf(target), cancellationToken)
            : null;

    public static KeyContext ContextOf(ZoneObject target) => new(Purpose, target.Zone, target.Tenant, target.Document);
}
