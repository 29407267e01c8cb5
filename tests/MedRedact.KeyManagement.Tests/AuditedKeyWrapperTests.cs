namespace MedRedact.KeyManagement.Tests;

public sealed class AuditedKeyWrapperTests
{
    private static readonly KeyContext Place = new(new KeyPurpose("document"), StorageZone.Redacted, new TenantId("clinic-a"), null);
    private static readonly WrappedKey Wrapped = new(new KeyId("wrapping.1"), new byte[60]);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(KeyFailure.Integrity, true)]
    [InlineData(KeyFailure.Denied, true)]
    [InlineData(KeyFailure.Unavailable, false)]
    [InlineData(KeyFailure.Throttled, false)]
    [InlineData(KeyFailure.Transient, false)]
    public async Task A_refusal_is_on_record_and_a_failure_for_now_is_not(KeyFailure failure, bool isRecorded)
    {
        var sink = new NotingSink();
        var wrapper = new AuditedKeyWrapper(new Refusing(failure), sink, TimeProvider.System, new ActorId("key-service"));
        KeyServiceException refused = await Assert.ThrowsAsync<KeyServiceException>(async () => await wrapper.UnwrapAsync(Wrapped, Place, Token));
        Assert.Equal(failure, refused.Failure);
        Assert.Equal(isRecorded ? 1 : 0, sink.Events.Count);
        if (isRecorded)
        {
            AuditEvent recorded = sink.Events[0];
            Assert.Equal((AuditKind.KeyRefused, AuditDecision.Denied, Place.Tenant), (recorded.Kind, recorded.Decision, recorded.Tenant!.Value));
            Assert.Equal(["wrapping.1", "document", refused.Code.Value], recorded.Fields.Select(field => field.Value.Text));
            Assert.All(recorded.Fields, field => Assert.Contains(field.Name, recorded.Kind.Fields));
        }
    }

    [Fact]
    public async Task A_ledger_that_fails_changes_no_refusal()
    {
        var wrapper = new AuditedKeyWrapper(new Refusing(KeyFailure.Integrity), new NotingSink { Fails = true }, TimeProvider.System, new ActorId("key-service"));
        Assert.Equal(KeyFailure.Integrity, (await Assert.ThrowsAsync<KeyServiceException>(async () => await wrapper.UnwrapAsync(Wrapped, Place, Token))).Failure);
    }

    private sealed class Refusing(KeyFailure failure) : IKeyWrapper
    {
        public ValueTask<WrappedKey> WrapAsync(ReadOnlyMemory<byte> dataKey, KeyContext context, CancellationToken cancellationToken = default) => throw KeyServiceException.Of(failure);

        public ValueTask<System.Buffers.IMemoryOwner<byte>> UnwrapAsync(WrappedKey dataKey, KeyContext context, CancellationToken cancellationToken = default) =>
            throw KeyServiceException.Of(failure);
    }
}

/// <summary>A ledger in memory that may fail.</summary>
internal sealed class NotingSink : IAuditSink
{
    public List<AuditEvent> Events { get; } = [];

    public bool Fails { get; init; }

    public ValueTask<AuditReceipt> AppendAsync(AuditEvent auditEvent, CancellationToken cancellationToken = default)
    {
        if (Fails)
            throw new MedRedactException(new FaultCode("MR-AUD-001"), "The audit ledger's disk failed.");
        Events.Add(auditEvent);
        return new(new AuditReceipt(Events.Count - 1, default));
    }
}
