using MedRedact.Testing;

namespace MedRedact.ConformanceTests;

/// <summary>What every <see cref="IErasableFields"/> promises: the ledger is given a commitment and nothing else, and what was erased is gone.</summary>
public abstract partial class ErasableFieldsContract
{
    private const string Name = "comment";

    private static readonly ActorId Officer = new("conformance-officer");
    private static readonly DocumentId Document = new SeededIds(41).NextDocument(), Other = new SeededIds(42).NextDocument();

    private readonly SuiteTime _time = new();
    private readonly WitnessSink _audit = new();

    /// <summary>Opens the fields of this test, of which there are none at first; called again, opens the same ones.</summary>
    /// <param name="audit">Knows of each reading and each erasure first.</param>
    /// <param name="time">Says whether a grant has expired.</param>
    /// <returns>The fields; disposable ones are disposed by the suite.</returns>
    protected abstract ValueTask<IErasableFields> OpenAsync(IAuditSink audit, TimeProvider time);

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task What_was_committed_to_comes_back_with_what_proves_it()
    {
        IErasableFields fields = await OpenAsync(_audit, _time);
        foreach (string value in (string[])["x", "no relative, no answer", " \n\u0000é\U0001F600", new string('y', FieldCommitment.MostBytes)])
        {
            foreach (DocumentId? document in (DocumentId?[])[Document, null])
            {
                AuditField field = await fields.CommitAsync(Field(document), Phi.Of(value), Samples.Cancellation);
                FieldOpening opening = Assert.IsType<FieldOpening>(await RevealAsync(fields, field, document));
                Assert.True(opening.Value == Phi.Of(value), "another value comes back");
                Assert.True(opening.Opens(field), "what comes back does not open the commitment");
                Assert.Equal(Name, opening.Name);
            }
        }

        await AuditSinkContract.DisposeAsync(fields);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task An_event_is_given_a_digest_that_is_never_the_same_twice_and_that_no_salt_but_its_own_opens()
    {
        IErasableFields fields = await OpenAsync(_audit, _time);
        var salts = new HashSet<Digest256>();
        var digests = new HashSet<string>();
        for (int i = 0; i < 10; i++)
        {
            AuditField field = await fields.CommitAsync(Field(Document), Phi.Of("10.0.0.1"), Samples.Cancellation);
            Assert.Equal((Name, AuditValueType.Digest), (field.Name, field.Value.Type));
            FieldOpening opening = (await RevealAsync(fields, field))!;
            Assert.True(digests.Add(field.Value.Text) && salts.Add(opening.Salt.Reveal()), "equal values can be told to be equal");
            Assert.True(opening.Salt.Reveal().High != 0 && opening.Salt.Reveal().Low != 0, "the salt is not of 32 random bytes");
            Assert.True(opening.Opens(field) && !(opening with { Salt = Phi.Of(default(Digest256)) }).Opens(field), "the salt does not matter");
        }

        await AuditSinkContract.DisposeAsync(fields);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task A_value_is_shown_under_a_grant_for_its_very_place_alone()
    {
        IErasableFields fields = await OpenAsync(_audit, _time);
        AuditField of = await CommitAsync(fields, Document), without = await CommitAsync(fields, null);
        AccessGrant expired = await GrantAsync(Document);
        _time.Advance(TimeSpan.FromHours(2));
        foreach (AccessGrant useless in (AccessGrant[])[expired, await GrantAsync(Document, action: AccessAction.ReadOriginal), await GrantAsync(Document, action: AccessAction.RevealToken)])
            await Assert.ThrowsAsync<MedRedactException>(async () => await fields.RevealAsync(CommitmentOf(of), useless, Samples.Cancellation));
        Assert.Null(await fields.RevealAsync(CommitmentOf(of), await GrantAsync(Other), Samples.Cancellation));
        Assert.Null(await fields.RevealAsync(CommitmentOf(of), await GrantAsync(null), Samples.Cancellation));
        Assert.Null(await fields.RevealAsync(CommitmentOf(of), await GrantAsync(Document, Samples.OtherTenant), Samples.Cancellation));
        Assert.Null(await fields.RevealAsync(CommitmentOf(without), await GrantAsync(Document), Samples.Cancellation));
        Assert.Null(await fields.RevealAsync(new FieldCommitment(new Digest256(1, 2)), await GrantAsync(Document), Samples.Cancellation));
        Assert.NotNull(await RevealAsync(fields, of));
        await AuditSinkContract.DisposeAsync(fields);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task Every_reading_is_on_record_also_one_that_finds_nothing()
    {
        IErasableFields fields = await OpenAsync(_audit, _time);
        AuditField field = await CommitAsync(fields, Document);
        AccessGrant grant = await GrantAsync(Document);
        await fields.RevealAsync(CommitmentOf(field), grant, Samples.Cancellation);
        await fields.RevealAsync(new FieldCommitment(new Digest256(1, 2)), grant, Samples.Cancellation);

        AuditEvent[] read = _audit.Of(AuditKind.FieldRevealed);
        Assert.Equal([AuditDecision.Permitted, AuditDecision.Denied], read.Select(each => each.Decision!.Value));
        Assert.All(read, each =>
        {
            Assert.Equal((grant.Request.Actor, grant.Request.Tenant, grant.Request.Document, grant.Request.Purpose), (each.Actor, each.Tenant, each.Document, each.Purpose));
            Assert.Contains(new AuditField("grant", AuditValue.Of(grant.Receipt.Sequence)), each.Fields);
        });
        Assert.Contains(CommitmentOf(field).ToField("commitment"), read[0].Fields);
        Assert.DoesNotContain(read[1].Fields, each => each.Name == "commitment");
        await AuditSinkContract.DisposeAsync(fields);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task A_value_that_is_none_or_too_long_is_refused_and_not_repeated()
    {
        IErasableFields fields = await OpenAsync(_audit, _time);
        foreach (Phi<string> wrong in (Phi<string>[])[default, Phi.Of(""), Phi.Of(new string('z', FieldCommitment.MostBytes + 1)), Phi.Of(new string('é', FieldCommitment.MostBytes)), Phi.Of("zzz\uD800")])
        {
            Exception? refused = await Record.ExceptionAsync(async () => await fields.CommitAsync(Field(Document), wrong, Samples.Cancellation));
            Assert.DoesNotContain("zzz", Assert.IsAssignableFrom<ArgumentException>(refused).ToString(), StringComparison.Ordinal);
        }

        Assert.Equal(0, await fields.EraseAsync(Samples.Tenant, Document, Officer, Samples.Cancellation));
        await AuditSinkContract.DisposeAsync(fields);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task Nothing_of_a_value_reaches_ledger_console_traces_metrics_exceptions_or_temporary_files()
    {
        PhiCanary canary = Samples.Canary(this);
        await using var watch = new CanaryWatch(canary);
        IErasableFields fields = await OpenAsync(_audit, _time);
        foreach (string value in canary.Values)
        {
            AuditField field = await fields.CommitAsync(Field(Document), Phi.Of(value), Samples.Cancellation);
            FieldOpening? opening = await RevealAsync(fields, field);
            watch.Inspect("field", $"{field} {opening}");
        }

        await fields.EraseAsync(Samples.Tenant, Document, Officer, Samples.Cancellation);
        foreach ((AuditEvent recorded, _) in _audit.Kept)
            watch.Inspect("ledger", $"{recorded} {string.Join(' ', recorded.Fields)}");
        watch.AssertClean();
        await AuditSinkContract.DisposeAsync(fields);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task A_cancelled_call_says_so_and_changes_nothing()
    {
        IErasableFields fields = await OpenAsync(_audit, _time);
        AuditField field = await CommitAsync(fields, Document);
        AccessGrant grant = await GrantAsync(Document);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await fields.CommitAsync(Field(Document), Phi.Of("another"), cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await fields.RevealAsync(CommitmentOf(field), grant, cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await fields.EraseAsync(Samples.Tenant, Document, [CommitmentOf(field)], Officer, cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await fields.EraseAsync(Samples.Tenant, Document, Officer, cancelled.Token));
        Assert.Empty(_audit.Kept);
        Assert.NotNull(await RevealAsync(fields, field));
        Assert.Equal(1, await fields.EraseAsync(Samples.Tenant, Document, Officer, Samples.Cancellation));
        await AuditSinkContract.DisposeAsync(fields);
    }

    private static ErasableField Field(DocumentId? document) => new(Samples.Tenant, document, Name);

    private static ValueTask<AuditField> CommitAsync(IErasableFields fields, DocumentId? document) => fields.CommitAsync(Field(document), Phi.Of("no relative, no answer"), Samples.Cancellation);

    private static FieldCommitment CommitmentOf(AuditField field) =>
        FieldCommitment.TryRead(field, out FieldCommitment commitment) ? commitment : throw new ArgumentException("The field is no digest.", nameof(field));

    private ValueTask<FieldOpening?> RevealAsync(IErasableFields fields, AuditField field) => RevealAsync(fields, field, Document);

    private async ValueTask<FieldOpening?> RevealAsync(IErasableFields fields, AuditField field, DocumentId? document) =>
        await fields.RevealAsync(CommitmentOf(field), await GrantAsync(document), Samples.Cancellation);

    /// <summary>A grant of the core's own authorizer, since nobody else makes one.</summary>
    private ValueTask<AccessGrant> GrantAsync(DocumentId? document, TenantId? tenant = null, AccessAction action = AccessAction.RevealAuditField) =>
        SuiteGrants.OfAsync(new AccessRequest(Officer, PurposeOfUse.Operations, action, tenant ?? Samples.Tenant, document), _time);
}
