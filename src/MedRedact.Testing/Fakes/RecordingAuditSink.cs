using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MedRedact.Testing;

/// <summary>Keeps events in memory and numbers them without gaps. Thread-safe. Nothing is durable.</summary>
public sealed class RecordingAuditSink : IAuditSink
{
    private readonly Lock _gate = new();
    private ImmutableArray<AuditEvent> _events = [];

    /// <summary>What was appended, in order.</summary>
    public ImmutableArray<AuditEvent> Events
    {
        get
        {
            lock (_gate)
                return _events;
        }
    }

    /// <inheritdoc/>
    public ValueTask<AuditReceipt> AppendAsync(AuditEvent auditEvent, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(auditEvent);
        cancellationToken.ThrowIfCancellationRequested();
        foreach (AuditField field in auditEvent.Fields)
        {
            if (!auditEvent.Kind.Fields.Contains(field.Name))
                throw new ArgumentException("The event carries a field that its kind does not declare.", nameof(auditEvent));
        }

        lock (_gate)
        {
            long sequence = _events.Length;
            _events = _events.Add(auditEvent);
            return ValueTask.FromResult(new AuditReceipt(sequence, Hash(auditEvent, sequence)));
        }
    }

    // A leaf hash of this sink's own making: a zero byte, the number and the event's facts.
    private static LeafHash Hash(AuditEvent auditEvent, long sequence)
    {
        var text = new StringBuilder("\0");
        text.Append(CultureInfo.InvariantCulture, $"{sequence}|{auditEvent.Kind}|{auditEvent.At.UtcDateTime:O}|{auditEvent.Actor}|{auditEvent.Tenant}|{auditEvent.Document}|{auditEvent.Purpose}|{auditEvent.Decision}|{auditEvent.PolicyHash}");
        foreach (AuditField field in auditEvent.Fields)
            text.Append(CultureInfo.InvariantCulture, $"|{field.Name}={field.Value.Text}");
        return new LeafHash(Digest256.From(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()))));
    }
}
