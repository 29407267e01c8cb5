using System.Buffers;

namespace MedRedact.KeyManagement;

/// <summary>Puts on record where a wrapped key does not open, or the service denies its use: a burst of these is somebody trying, or keys that are lost. Thread-safe.</summary>
/// <remarks>Failures for now (transient, throttled, unavailable) say nothing of the key and are not recorded. Where the record fails, the refusal stands as it was.</remarks>
/// <param name="inner">The wrapper; stays with the caller.</param>
/// <param name="audit">Where refusals are recorded (<see cref="AuditKind.KeyRefused"/>).</param>
/// <param name="time">Says when.</param>
/// <param name="actor">Who asks for keys, in the ledger: the service.</param>
public sealed class AuditedKeyWrapper(IKeyWrapper inner, IAuditSink audit, TimeProvider time, ActorId actor) : IKeyWrapper
{
    /// <inheritdoc/>
    public ValueTask<WrappedKey> WrapAsync(ReadOnlyMemory<byte> dataKey, KeyContext context, CancellationToken cancellationToken = default) =>
        inner.WrapAsync(dataKey, context, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<IMemoryOwner<byte>> UnwrapAsync(WrappedKey dataKey, KeyContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataKey);
        ArgumentNullException.ThrowIfNull(context);
        try
        {
            return await inner.UnwrapAsync(dataKey, context, cancellationToken);
        }
        catch (KeyServiceException refused) when (refused.Failure is KeyFailure.Integrity or KeyFailure.Denied)
        {
            await RecordAsync(dataKey, context, refused);
            throw;
        }
    }

    private async ValueTask RecordAsync(WrappedKey dataKey, KeyContext context, KeyServiceException refused)
    {
        try
        {
            await audit.AppendAsync(
                new AuditEvent(AuditKind.KeyRefused, time.GetUtcNow(), actor)
                {
                    Tenant = context.Tenant,
                    Document = context.Document,
                    Decision = AuditDecision.Denied,
                    Fields =
                    [
                        new("key", AuditValue.Of(dataKey.WrappedBy)), new("purpose", AuditValue.Of(context.Purpose)), new("reason", AuditValue.Of(new HoldReason(refused.Code.Value))),
                    ],
                },
                CancellationToken.None);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // The ledger's own fault stops what is released; this refusal already stops what was asked for.
        }
    }
}
