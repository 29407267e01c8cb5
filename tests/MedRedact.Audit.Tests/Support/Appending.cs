namespace MedRedact.Audit.Tests;

/// <summary>The two ways an event gets to the disk.</summary>
internal static class Appending
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>On a thread that can wait: where nobody else is appending, it writes itself.</summary>
    public static Task<AuditReceipt> AloneAsync(this AuditLedger ledger, AuditEvent auditEvent) => Task.Run(() => ledger.AppendAsync(auditEvent, Token).AsTask(), Token);

    /// <summary>On a thread that cannot: the ledger's own writes, and several together as they come.</summary>
    public static Task<AuditReceipt[]> TogetherAsync(this AuditLedger ledger, IEnumerable<AuditEvent> events) => Task.Run(
        () =>
        {
            SynchronizationContext? before = SynchronizationContext.Current;
            SynchronizationContext.SetSynchronizationContext(new SynchronizationContext());
            try
            {
                return Task.WhenAll(events.Select(each => ledger.AppendAsync(each, Token).AsTask()).ToArray());
            }
            finally
            {
                SynchronizationContext.SetSynchronizationContext(before);
            }
        },
        Token);
}
