using System.Collections.Immutable;
using System.Text;
using MedRedact.Ingestion;

namespace MedRedact.Resuming;

/// <summary>A keyed digest of all that shapes how the pages of a document are read and examined. Whoever lacks the key cannot guess from it what is known of a
/// patient; any difference makes another one.</summary>
/// <param name="pipeline">The composition.</param>
/// <param name="keys">Key the digest.</param>
/// <param name="others">What shapes pages beside the steps of the composition: readers, preparer, isolation.</param>
internal sealed class ReadingFingerprint(CompiledPipeline pipeline, IKeyProvider keys, ImmutableArray<Type> others)
{
    private static readonly KeyPurpose Purpose = new("kept-pages");

    /// <summary>The fingerprint of one request.</summary>
    /// <exception cref="MedRedactException">The engine is not there, or a key is not.</exception>
    public async ValueTask<Digest256> OfAsync(IngestionRequest request, QuarantinedDocument document, CancellationToken cancellationToken)
    {
        byte[] message = Message(request, document);
        try
        {
            IMacKey mac = await keys.GetMacKeyAsync(Purpose, request.Tenant, cancellationToken);
            return await mac.ComputeAsync(message, cancellationToken);
        }
        finally
        {
            Array.Clear(message);
        }
    }

    private byte[] Message(IngestionRequest request, QuarantinedDocument document)
    {
        using var message = new MemoryStream();
        using var writer = new BinaryWriter(message, Encoding.UTF8);
        writer.Write(KeptPage.Version);
        writer.Write(document.Digest.ToArray());
        writer.Write(pipeline.Name);
        writer.Write(pipeline.Policy.Hash.Value.ToArray());
        writer.Write(pipeline.Limits.MaxPixelsPerPage);
        Write(writer, pipeline.Preparation);
        Write(writer, pipeline.Request);
        Write(writer, pipeline.HandwritingRequest);
        foreach ((string part, string version) in pipeline.Versions)
        {
            writer.Write(part);
            writer.Write(version);
        }

        Write(writer, typeof(ReadingFingerprint));
        foreach (PipelineStep step in pipeline.Descriptor.Steps)
        {
            writer.Write(step.Phase);
            Write(writer, step.Implementation);
        }

        foreach (Type other in others)
            Write(writer, other);
        foreach (KnownIdentifier known in request.KnownPatient?.Identifiers ?? [])
        {
            writer.Write(known.Category.ToString());
            writer.Write(known.Value.Reveal());
        }

        writer.Flush();
        byte[] bytes = message.ToArray();
        Array.Clear(message.GetBuffer());
        return bytes;
    }

    private static void Write(BinaryWriter writer, PreparationPlan plan)
    {
        writer.Write(plan.Orient);
        writer.Write(plan.Deskew);
        writer.Write(plan.Denoise);
        writer.Write(plan.NormalizeContrast);
        writer.Write(plan.TextHeight);
    }

    private static void Write(BinaryWriter writer, OcrRequest request)
    {
        writer.Write((int)request.Layout);
        writer.Write(request.Languages.Length);
        foreach (string language in request.Languages)
            writer.Write(language);
    }

    /// <summary>Its name, and which build of it: another build may read otherwise under the same version.</summary>
    private static void Write(BinaryWriter writer, Type? type)
    {
        writer.Write(type?.FullName ?? "");
        writer.Write((type?.Module.ModuleVersionId ?? Guid.Empty).ToByteArray());
    }
}
