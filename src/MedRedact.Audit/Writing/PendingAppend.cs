using System.Buffers;

namespace MedRedact.Audit;

/// <summary>An event on its way to the disk: the body made by whoever appends, and the promise of a receipt.</summary>
internal sealed class PendingAppend() : TaskCompletionSource<AuditReceipt>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    private byte[] _body = [];
    private int _length;

    public DocumentId? Document { get; private init; }

    public ReadOnlySpan<byte> Body => _body.AsSpan(0, _length);

    /// <exception cref="MedRedactException"><c>MR-AUD-004</c>: the event is not valid for its kind.</exception>
    public static PendingAppend Create(AuditEvent auditEvent)
    {
        byte[] body = ArrayPool<byte>.Shared.Rent(LeafFormat.BodyBound(auditEvent));
        var pending = new PendingAppend { Document = auditEvent.Document, _body = body };
        pending._length = LeafFormat.WriteBody(body, auditEvent);
        return pending;
    }

    /// <summary>Gives the body's memory back; it holds nothing that would have to be cleared.</summary>
    public void ReleaseBody()
    {
        ArrayPool<byte>.Shared.Return(_body);
        (_body, _length) = ([], 0);
    }
}
