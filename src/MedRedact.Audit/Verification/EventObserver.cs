namespace MedRedact.Audit;

/// <summary>Sees an event go by; the leaf is valid during the call.</summary>
internal delegate void EventObserver(AuditRecord record, ReadOnlySpan<byte> leaf);
