using System.Buffers;
using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text;

namespace MedRedact.Ingestion;

/// <summary>A document in quarantine.</summary>
/// <param name="Id">Its new identity.</param>
/// <param name="Source">Opens the sealed bytes anew each time.</param>
/// <param name="Bytes">How many bytes arrived.</param>
/// <param name="Digest">Keyed digest of the bytes: the same bytes of the same tenant give the same digest, and nobody without the key can guess them.</param>
internal sealed record QuarantinedDocument(DocumentId Id, SourceDocument Source, long Bytes, Digest256 Digest);

/// <summary>What the intake made of a source: a document, or the reason why nothing of it was kept.</summary>
/// <param name="Document">The document, in quarantine.</param>
/// <param name="Refusal">Why there is none.</param>
/// <param name="Remedy">What to do about the refusal.</param>
internal sealed record IntakeResult(QuarantinedDocument? Document, RejectionCode? Refusal = null, string? Remedy = null);

/// <summary>Takes a document in: counted, hashed and sealed into quarantine before anything else opens it. Nothing is ever written in clear.</summary>
internal sealed class Intake(IZoneStore zones, IObjectSealer sealer, IKeyProvider keys, TimeProvider time)
{
    private static readonly KeyPurpose Sealing = new("document");
    private static readonly KeyPurpose Digesting = new("intake-digest");
    private static readonly ObjectName Original = new("original");

    /// <summary>Takes a document in.</summary>
    /// <returns>The document; or its refusal when it has more than <paramref name="maxBytes"/>, or is a file that has none: nothing of it stays then.</returns>
    public async ValueTask<IntakeResult> ReceiveAsync(
        SourceDocument source, TenantId tenant, long maxBytes, CancellationToken cancellationToken)
    {
        DocumentId id = DocumentId.Create(time);
        var context = new KeyContext(Sealing, StorageZone.Quarantine, tenant, id);
        var target = new ZoneObject(StorageZone.Quarantine, tenant, id, Original);

        Received received;
        try
        {
            await using Stream content = await OpenAsync(source, cancellationToken);
            received = await SealAsync(content, target, context, maxBytes, cancellationToken);
        }
        catch (TooManyBytesException)
        {
            return new IntakeResult(null, PipelineFaults.TooLarge, PipelineFaults.RemedyOf(PipelineFaults.TooLarge.Value));
        }
        catch (MedRedactException fault) when (fault.Code == SourceFaults.FileWithoutBytes)
        {
            return new IntakeResult(null, new RejectionCode(fault.Code.Value), fault.Remedy);
        }

        IMacKey mac = await keys.GetMacKeyAsync(Digesting, tenant, cancellationToken);
        Digest256 digest = await mac.ComputeAsync(received.Sha256, cancellationToken);
        SourceDocument quarantined = SourceDocument.FromOpener(async cancel =>
        {
            Stream envelope = await zones.OpenAsync(target, cancel) ?? throw PipelineFaults.Fault(PipelineFaults.SourceUnreadable);
            return await sealer.OpenReadAsync(envelope, context, cancel);
        });
        return new IntakeResult(new QuarantinedDocument(id, quarantined, received.Bytes, digest));
    }

    /// <summary>The keyed digest of a request: its bytes and everything else that decides what comes out. Another policy is another request.</summary>
    public async ValueTask<Digest256> DigestAsync(
        QuarantinedDocument document, IngestionRequest request, CompiledPipeline pipeline, CancellationToken cancellationToken)
    {
        using var message = new MemoryStream();
        await using (var writer = new BinaryWriter(message, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(document.Digest.ToArray());
            writer.Write(pipeline.Policy.Hash.Value.ToArray());
            writer.Write(pipeline.Name);
            writer.Write(request.Scope?.Value ?? "");
            foreach (KnownIdentifier known in request.KnownPatient?.Identifiers ?? [])
            {
                writer.Write(known.Category.ToString());
                writer.Write(known.Value.Reveal());
            }
        }

        IMacKey mac = await keys.GetMacKeyAsync(Digesting, request.Tenant, cancellationToken);
        return await mac.ComputeAsync(message.ToArray(), cancellationToken);
    }

    /// <summary>Erases the quarantined bytes of a document that turned out to be a repetition.</summary>
    public ValueTask<bool> EraseAsync(DocumentId document, TenantId tenant, CancellationToken cancellationToken) =>
        zones.EraseAsync(new ZoneObject(StorageZone.Quarantine, tenant, document, Original), cancellationToken);

    private static async ValueTask<Stream> OpenAsync(SourceDocument source, CancellationToken cancellationToken)
    {
        try
        {
            return await source.RevealAsync(cancellationToken);
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or MedRedactException))
        {
            // The system's message names the path, and a path names the patient: it is not passed on.
            throw PipelineFaults.Fault(PipelineFaults.SourceUnreadable);
        }
    }

    private async ValueTask<Received> SealAsync(
        Stream content, ZoneObject target, KeyContext context, long maxBytes, CancellationToken cancellationToken)
    {
        var pipe = new Pipe();
        Task stored = StoreAsync(pipe.Reader, target, cancellationToken);
        try
        {
            Received received;
            await using (Stream sink = pipe.Writer.AsStream(leaveOpen: true))
            await using (Stream plain = await sealer.OpenWriteAsync(sink, context, cancellationToken))
            {
                received = await CopyAsync(content, plain, maxBytes, cancellationToken);
            }

            await pipe.Writer.CompleteAsync();
            await stored;
            return received;
        }
        catch (Exception fault)
        {
            // The reader sees the fault instead of an end, so that the store never takes half a document for a whole one.
            await pipe.Writer.CompleteAsync(fault);
            await stored.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }

    private async Task StoreAsync(PipeReader reader, ZoneObject target, CancellationToken cancellationToken)
    {
        try
        {
            await using Stream envelope = reader.AsStream(leaveOpen: true);
            await zones.PutAsync(target, envelope, cancellationToken);
            await reader.CompleteAsync();
        }
        catch (Exception fault)
        {
            await reader.CompleteAsync(fault);
            throw;
        }
    }

    private static async ValueTask<Received> CopyAsync(Stream content, Stream plain, long maxBytes, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(128 * 1024);
        long bytes = 0;
        try
        {
            while (await ReadAsync(content, buffer, cancellationToken) is var read and > 0)
            {
                bytes += read;
                if (bytes > maxBytes)
                    throw new TooManyBytesException();

                hash.AppendData(buffer, 0, read);
                await plain.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }

        return new Received(bytes, hash.GetHashAndReset());
    }

    private static async ValueTask<int> ReadAsync(Stream content, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await content.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or MedRedactException))
        {
            throw PipelineFaults.Fault(PipelineFaults.SourceUnreadable);
        }
    }

    private sealed record Received(long Bytes, byte[] Sha256);

    private sealed class TooManyBytesException : Exception;
}
