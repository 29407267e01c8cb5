using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;

namespace MedRedact.Cli;

/// <summary>Ingests files one after the other; within a document pages run side by side.</summary>
internal sealed class IngestRun(IServiceProvider services, IngestSettings settings, IReporter reporter)
{
    private readonly IngestionPipeline _pipeline = services.GetRequiredKeyedService<IngestionPipeline>(LocalHost.Pipeline);
    private readonly DocumentExport _export = new(services, settings.Output, settings.Pdf);

    public async Task<int> RunAsync(IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        int released = 0;
        for (int index = 0; index < files.Count; index++)
        {
            FileResult result;
            try
            {
                result = await IngestAsync(files[index], index, files.Count, cancellationToken);
            }
            catch (MedRedactException fault)
            {
                // The fault concerns the machine and not the file: the file's line says so, and the run ends.
                reporter.Finished(FileResult.Faulted(index, fault, settings.ShowPaths ? files[index] : null));
                throw;
            }

            reporter.Finished(result);
            released += result.Verdict == DocumentVerdict.Released ? 1 : 0;
        }

        reporter.Summary(files.Count, released, settings.Output);
        return released == files.Count ? ExitCodes.Done : ExitCodes.NotAllReleased;
    }

    private async Task<FileResult> IngestAsync(string path, int index, int count, CancellationToken cancellationToken)
    {
        string? shown = settings.ShowPaths ? path : null;
        try
        {
            await using SourceDocument source = SourceDocument.FromFile(new Phi<string>(path));
            IngestionReport report = await reporter.WatchAsync(index, count, progress => _pipeline.IngestAsync(
                new IngestionRequest
                {
                    Source = source,
                    Actor = LocalHost.Actor,
                    Tenant = LocalHost.Tenant,
                    Purpose = PurposeOfUse.Operations,
                    KnownPatient = settings.Known,
                    IdempotencyKey = settings.Key is { } key ? Derive(key, index) : null,
                    Progress = progress,
                },
                cancellationToken));
            string? folder = await _export.WriteAsync(report, cancellationToken);
            return FileResult.Of(index, report, folder, shown) with { Explanation = settings.Explain ? await _export.ExplainAsync(report, cancellationToken) : [] };
        }
        catch (MedRedactException fault) when (fault.Code.Value is "MR-PIP-003" or "MR-PIP-004" or "MR-SRC-001" or "MR-SRC-003")
        {
            return FileResult.Refused(index, fault, shown);
        }
    }

    /// <summary>One key a file: SHA-256 of the run's key and the file's index, cut to a UUID of version 8 (RFC 9562).</summary>
    private static IdempotencyKey Derive(Guid key, int index)
    {
        Span<byte> message = stackalloc byte[20];
        key.TryWriteBytes(message, bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(message[16..], index);
        Span<byte> digest = stackalloc byte[32];
        SHA256.HashData(message, digest);
        digest[6] = (byte)((digest[6] & 0x0F) | 0x80);
        digest[8] = (byte)((digest[8] & 0x3F) | 0x80);
        return new IdempotencyKey(new Guid(digest[..16], bigEndian: true));
    }
}
