using System.Collections.Immutable;
using MedRedact.Testing;

namespace MedRedact.ConformanceTests;

/// <summary>What every <see cref="IAccessSuspensions"/> promises (45 CFR 164.308(a)(6)(ii)).</summary>
public abstract class AccessSuspensionsContract
{
    private static readonly ActorId Watcher = new("conformance-watch"), Officer = new("conformance-officer"), Clerk = new("conformance-clerk-7");
    private static readonly DocumentId Document = new SeededIds(31).NextDocument();

    private readonly SuiteTime _time = new();
    private readonly WitnessSink _audit = new();

    /// <summary>Opens the suspensions of this test, of which there are none at first; called again, as another host opens the same ones.</summary>
    /// <param name="audit">Knows of each first.</param>
    /// <param name="time">Says when.</param>
    /// <returns>The suspensions; disposable ones are disposed by the suite.</returns>
    protected abstract ValueTask<IAccessSuspensions> OpenAsync(IAuditSink audit, TimeProvider time);

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task Who_is_suspended_is_suspended_and_nobody_else()
    {
        IAccessSuspensions suspensions = await OpenAsync(_audit, _time);
        Assert.False(suspensions.IsSuspended(Clerk));
        await suspensions.SuspendAsync(AccessSuspension.Of(Clerk), Watcher, Samples.Cancellation);
        Assert.True(suspensions.IsSuspended(Clerk));
        foreach (string other in (string[])["conformance-clerk", "conformance-clerk-70", "conformance-clerk-8", Watcher.Value])
            Assert.False(suspensions.IsSuspended(new ActorId(other)), other);
        Assert.False(suspensions.IsSuspended(Samples.Tenant, Document));
        await AuditSinkContract.DisposeAsync(suspensions);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task A_document_is_suspended_for_its_tenant_and_no_other_is()
    {
        IAccessSuspensions suspensions = await OpenAsync(_audit, _time);
        await suspensions.SuspendAsync(AccessSuspension.Of(Samples.Tenant, Document), Watcher, Samples.Cancellation);
        Assert.True(suspensions.IsSuspended(Samples.Tenant, Document));
        Assert.False(suspensions.IsSuspended(Samples.OtherTenant, Document));
        Assert.False(suspensions.IsSuspended(Samples.Tenant, new SeededIds(32).NextDocument()));
        Assert.False(suspensions.IsSuspended(new ActorId(Samples.Tenant.Value)));
        await AuditSinkContract.DisposeAsync(suspensions);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task Suspending_twice_is_suspending_once()
    {
        IAccessSuspensions suspensions = await OpenAsync(_audit, _time);
        AccessSuspension first = AccessSuspension.Of(Clerk) with { Rule = Samples.Rule, Event = 17 };
        await suspensions.SuspendAsync(first, Watcher, Samples.Cancellation);
        await suspensions.SuspendAsync(AccessSuspension.Of(Clerk), Officer, Samples.Cancellation);
        Assert.Single(_audit.Of(AuditKind.AccessSuspended));
        AccessSuspension listed = Assert.Single(await suspensions.ListAsync(Samples.Cancellation));
        Assert.Equal((first.Rule, first.Event), (listed.Rule, listed.Event));
        await suspensions.LiftAsync(first, Officer, Samples.Cancellation);
        Assert.False(suspensions.IsSuspended(Clerk));
        await AuditSinkContract.DisposeAsync(suspensions);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task The_ledger_knows_who_was_suspended_and_lifted_and_by_whom()
    {
        IAccessSuspensions suspensions = await OpenAsync(_audit, _time);
        foreach (AccessSuspension each in (AccessSuspension[])[AccessSuspension.Of(Clerk), AccessSuspension.Of(Samples.Tenant, Document)])
        {
            await suspensions.SuspendAsync(each, Watcher, Samples.Cancellation);
            Same(each, Watcher, _audit.Of(AuditKind.AccessSuspended)[^1]);
            await suspensions.LiftAsync(each, Officer, Samples.Cancellation);
            Same(each, Officer, _audit.Of(AuditKind.AccessRestored)[^1]);
        }

        await AuditSinkContract.DisposeAsync(suspensions);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task What_the_ledger_does_not_know_changes_nothing()
    {
        IAccessSuspensions suspensions = await OpenAsync(_audit, _time);
        _audit.Fails = true;
        await Assert.ThrowsAnyAsync<Exception>(async () => await suspensions.SuspendAsync(AccessSuspension.Of(Clerk), Watcher, Samples.Cancellation));
        Assert.False(suspensions.IsSuspended(Clerk));
        Assert.Empty(await suspensions.ListAsync(Samples.Cancellation));

        _audit.Fails = false;
        await suspensions.SuspendAsync(AccessSuspension.Of(Clerk), Watcher, Samples.Cancellation);
        _audit.Fails = true;
        await Assert.ThrowsAnyAsync<Exception>(async () => await suspensions.LiftAsync(AccessSuspension.Of(Clerk), Officer, Samples.Cancellation));
        Assert.True(suspensions.IsSuspended(Clerk), "it was lifted off the record");
        Assert.Single(await suspensions.ListAsync(Samples.Cancellation));
        await AuditSinkContract.DisposeAsync(suspensions);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task Nobody_lifts_a_suspension_of_their_own()
    {
        IAccessSuspensions suspensions = await OpenAsync(_audit, _time);
        await suspensions.SuspendAsync(AccessSuspension.Of(Clerk), Watcher, Samples.Cancellation);
        await Assert.ThrowsAsync<MedRedactException>(async () => await suspensions.LiftAsync(AccessSuspension.Of(Clerk), Clerk, Samples.Cancellation));
        Assert.True(suspensions.IsSuspended(Clerk));
        Assert.Empty(_audit.Of(AuditKind.AccessRestored));
        await AuditSinkContract.DisposeAsync(suspensions);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task What_is_not_suspended_is_not_lifted()
    {
        IAccessSuspensions suspensions = await OpenAsync(_audit, _time);
        foreach (AccessSuspension none in (AccessSuspension[])[AccessSuspension.Of(Clerk), AccessSuspension.Of(Samples.Tenant, Document)])
            await Assert.ThrowsAsync<MedRedactException>(async () => await suspensions.LiftAsync(none, Officer, Samples.Cancellation));
        Assert.Empty(_audit.Kept);
        await AuditSinkContract.DisposeAsync(suspensions);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task The_oldest_is_listed_first_with_all_that_was_said_of_it()
    {
        IAccessSuspensions suspensions = await OpenAsync(_audit, _time);
        AccessSuspension[] made =
        [
            AccessSuspension.Of(new ActorId("zeta")) with { Rule = Samples.Rule, Event = 3 }, AccessSuspension.Of(Samples.Tenant, Document) with { Rule = Samples.Rule, Event = 5 },
            AccessSuspension.Of(new ActorId("beta")),
        ];
        foreach (AccessSuspension each in made)
        {
            await suspensions.SuspendAsync(each, Watcher, Samples.Cancellation);
            _time.Advance(TimeSpan.FromHours(1));
        }

        ImmutableArray<AccessSuspension> listed = await suspensions.ListAsync(Samples.Cancellation);
        Assert.Equal(made, listed.Select(each => each with { At = default }));
        Assert.True(listed.Zip(listed.Skip(1)).All(pair => pair.First.At < pair.Second.At), "the order of time is another");
        await AuditSinkContract.DisposeAsync(suspensions);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task What_was_suspended_and_lifted_is_so_when_the_store_is_opened_again()
    {
        IAccessSuspensions suspensions = await OpenAsync(_audit, _time);
        await suspensions.SuspendAsync(AccessSuspension.Of(Clerk), Watcher, Samples.Cancellation);
        await suspensions.SuspendAsync(AccessSuspension.Of(Officer), Watcher, Samples.Cancellation);
        await suspensions.SuspendAsync(AccessSuspension.Of(Samples.Tenant, Document), Watcher, Samples.Cancellation);
        await suspensions.LiftAsync(AccessSuspension.Of(Officer), Watcher, Samples.Cancellation);
        ImmutableArray<AccessSuspension> before = await suspensions.ListAsync(Samples.Cancellation);
        await AuditSinkContract.DisposeAsync(suspensions);

        IAccessSuspensions again = await OpenAsync(_audit, _time);
        Assert.Equal(2, before.Length);
        Assert.Equal(before.ToHashSet(), (await again.ListAsync(Samples.Cancellation)).ToHashSet());
        Assert.Equal((true, false, true), (again.IsSuspended(Clerk), again.IsSuspended(Officer), again.IsSuspended(Samples.Tenant, Document)));
        await AuditSinkContract.DisposeAsync(again);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task Another_host_heeds_a_change_at_once()
    {
        IAccessSuspensions one = await OpenAsync(_audit, _time), other = await OpenAsync(_audit, _time);
        Assert.False(other.IsSuspended(Clerk));
        await one.SuspendAsync(AccessSuspension.Of(Clerk), Watcher, Samples.Cancellation);
        Assert.True(other.IsSuspended(Clerk));
        await one.LiftAsync(AccessSuspension.Of(Clerk), Officer, Samples.Cancellation);
        Assert.False(other.IsSuspended(Clerk));
        await AuditSinkContract.DisposeAsync(one);
        await AuditSinkContract.DisposeAsync(other);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task A_cancelled_call_says_so_and_changes_nothing()
    {
        IAccessSuspensions suspensions = await OpenAsync(_audit, _time);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await suspensions.SuspendAsync(AccessSuspension.Of(Clerk), Watcher, cancelled.Token));
        Assert.False(suspensions.IsSuspended(Clerk));
        await suspensions.SuspendAsync(AccessSuspension.Of(Clerk), Watcher, Samples.Cancellation);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await suspensions.LiftAsync(AccessSuspension.Of(Clerk), Officer, cancelled.Token));
        Assert.True(suspensions.IsSuspended(Clerk));
        await AuditSinkContract.DisposeAsync(suspensions);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task Many_threads_suspend_and_lift_at_the_same_time()
    {
        IAccessSuspensions suspensions = await OpenAsync(_audit, _time);
        await Task.WhenAll(Enumerable.Range(0, 32).Select(i => Task.Run(async () =>
            await suspensions.SuspendAsync(AccessSuspension.Of(i % 2 == 0 ? Clerk : new ActorId($"conformance-{i}")), Watcher, Samples.Cancellation))));
        Assert.Equal(17, _audit.Of(AuditKind.AccessSuspended).Length);
        Assert.Equal(17, (await suspensions.ListAsync(Samples.Cancellation)).Length);

        Exception?[] lifts = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
            await Record.ExceptionAsync(async () => await suspensions.LiftAsync(AccessSuspension.Of(Clerk), Officer, Samples.Cancellation)))));
        Assert.Single(lifts, each => each is null);
        Assert.All(lifts, each => Assert.True(each is null or MedRedactException, "a rival broke it"));
        Assert.Single(_audit.Of(AuditKind.AccessRestored));
        Assert.Equal(16, (await suspensions.ListAsync(Samples.Cancellation)).Length);
        await AuditSinkContract.DisposeAsync(suspensions);
    }

    private static void Same(AccessSuspension suspension, ActorId by, AuditEvent recorded)
    {
        Assert.Equal((by, suspension.Tenant, suspension.Document), (recorded.Actor, recorded.Tenant, recorded.Document));
        Assert.Equal(suspension.Actor?.Value, recorded.Fields.Where(field => field.Name == "subject").Select(field => field.Value.Text).SingleOrDefault());
    }
}
