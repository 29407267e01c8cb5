using MedRedact.Durability.Simulation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace MedRedact.Alerts.Tests;

public sealed class SuspensionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_is_suspended_gets_nothing_until_somebody_else_lifts_it()
    {
        await using var rig = new Rig();
        IAccessAuthorizer authorizer = Guarded(rig);
        Assert.IsType<AccessDecision.Permitted>(await AskAsync(authorizer));
        await rig.Suspensions.SuspendAsync(AccessSuspension.Of(Rig.Clerk), Rig.Watcher, Token);
        await rig.Suspensions.SuspendAsync(AccessSuspension.Of(Rig.Clerk), Rig.Watcher, Token);

        Assert.Equal(Faults.ActorSuspended, Assert.IsType<AccessDecision.Denied>(await AskAsync(authorizer)).Reason);
        Assert.Equal(Faults.ActorSuspended, Assert.IsType<AccessDecision.Denied>(await AskAsync(authorizer, purpose: PurposeOfUse.BreakTheGlass)).Reason);
        Assert.IsType<AccessDecision.Permitted>(await AskAsync(authorizer, actor: Rig.Nurse));
        Assert.Single(await rig.ReadAsync(AuditKind.AccessSuspended));
        Assert.All(await rig.ReadAsync(AuditKind.AccessDenied), record => Assert.Equal(Rig.Clerk, record.Actor));

        await RefusedAsync(Faults.OwnSuspension, () => rig.Suspensions.LiftAsync(AccessSuspension.Of(Rig.Clerk), Rig.Clerk, Token));
        await rig.Suspensions.LiftAsync(AccessSuspension.Of(Rig.Clerk), Rig.Nurse, Token);
        await RefusedAsync(Faults.NoSuspension, () => rig.Suspensions.LiftAsync(AccessSuspension.Of(Rig.Clerk), Rig.Nurse, Token));
        Assert.IsType<AccessDecision.Permitted>(await AskAsync(authorizer));
        Assert.Equal(Rig.Nurse, Assert.Single(await rig.ReadAsync(AuditKind.AccessRestored)).Actor);
    }

    [Fact]
    public async Task A_document_in_quarantine_opens_in_an_emergency_alone()
    {
        await using var rig = new Rig();
        IAccessAuthorizer authorizer = Guarded(rig);
        await rig.Suspensions.SuspendAsync(AccessSuspension.Of(Rig.Clinic, Rig.Document(1)), Rig.Watcher, Token);
        Assert.Equal(Faults.DocumentSuspended, Assert.IsType<AccessDecision.Denied>(await AskAsync(authorizer)).Reason);
        Assert.IsType<AccessDecision.Permitted>(await AskAsync(authorizer, document: 2));
        Assert.IsType<AccessDecision.Permitted>(await AskAsync(authorizer, purpose: PurposeOfUse.BreakTheGlass));
        Assert.Equal(Rig.Document(1), Assert.Single(await rig.Suspensions.ListAsync(Token)).Document);
    }

    [Fact]
    public async Task Where_it_cannot_be_told_who_is_suspended_nobody_gets_anything()
    {
        await using var rig = new Rig();
        IAccessAuthorizer authorizer = new SuspendingAuthorizer(new Permitting(), new Failing(), rig.Ledger, rig.Time);
        Assert.Equal(Faults.SuspensionsUnknown, Assert.IsType<AccessDecision.Denied>(await AskAsync(authorizer)).Reason);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_folder_that_went_away_denies_everything_and_one_that_must_be_there_is_not_made(bool isLoop)
    {
        string home = Directory.CreateTempSubdirectory("medredact-").FullName, folder = Path.Combine(home, "alerts");
        try
        {
            await using var rig = new Rig();
            using var suspensions = new AccessSuspensionFiles(folder, rig.Ledger, rig.Time);
            Assert.False(suspensions.IsSuspended(Rig.Clerk));
            await suspensions.SuspendAsync(AccessSuspension.Of(Rig.Clerk), Rig.Watcher, Token);
            Directory.Move(folder, folder + "-away");
            if (isLoop)
                File.CreateSymbolicLink(folder, folder);
            Assert.Equal(Faults.Suspensions, Assert.Throws<MedRedactException>(() => suspensions.IsSuspended(Rig.Clerk)).Code);
            IAccessAuthorizer authorizer = new SuspendingAuthorizer(new Permitting(), suspensions, rig.Ledger, rig.Time);
            Assert.Equal(Faults.SuspensionsUnknown, Assert.IsType<AccessDecision.Denied>(await AskAsync(authorizer, actor: Rig.Nurse)).Reason);

            using var elsewhere = new AccessSuspensionFiles(Path.Combine(home, "not-mounted"), rig.Ledger, rig.Time, createIfMissing: false);
            Assert.Equal(Faults.Suspensions, Assert.Throws<MedRedactException>(() => elsewhere.IsSuspended(Rig.Clerk)).Code);
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }

    [Fact]
    public async Task Who_is_suspended_lifts_nothing()
    {
        await using var rig = new Rig();
        foreach (AccessSuspension each in (AccessSuspension[])[AccessSuspension.Of(Rig.Clerk), AccessSuspension.Of(Rig.Nurse), AccessSuspension.Of(Rig.Clinic, Rig.Document(1))])
            await rig.Suspensions.SuspendAsync(each, Rig.Watcher, Token);
        foreach (AccessSuspension each in await rig.Suspensions.ListAsync(Token))
            await RefusedAsync(Faults.OwnSuspension, () => rig.Suspensions.LiftAsync(each, Rig.Nurse, Token));
        Assert.Equal(3, (await rig.Suspensions.ListAsync(Token)).Length);
    }

    [Fact]
    public async Task A_suspension_that_comes_while_another_host_lifts_the_one_before_stays()
    {
        string folder = Directory.CreateTempSubdirectory("medredact-").FullName;
        try
        {
            await using var rig = new Rig();
            using var other = new AccessSuspensionFiles(folder, rig.Ledger, rig.Time);
            Task? again = null;
            using var lifting = new AccessSuspensionFiles(folder, new Between(rig.Ledger, () => again = Task.Run(async () => await other.SuspendAsync(AccessSuspension.Of(Rig.Clerk), Rig.Watcher, Token))), rig.Time);
            await other.SuspendAsync(AccessSuspension.Of(Rig.Clerk), Rig.Watcher, Token);
            await lifting.LiftAsync(AccessSuspension.Of(Rig.Clerk), Rig.Nurse, Token);
            await again!;
            Assert.True(other.IsSuspended(Rig.Clerk));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void The_rules_that_come_along_see_kinds_that_there_are() => Assert.All(
        AlertRules.Default.Rules.SelectMany(rule => rule.Kinds), kind => Assert.True(AuditKind.Find(kind) is not null || kind == "ledger.damaged", kind));

    [Fact]
    public async Task A_damaged_entry_suspends_and_cannot_be_passed_over()
    {
        await using var rig = new Rig();
        rig.Disk.Plant("/alerts/actor-clerk-7.suspended", "anything"u8.ToArray());
        Assert.True(rig.Suspensions.IsSuspended(Rig.Clerk));
        await RefusedAsync(Faults.Suspensions, async () => await rig.Suspensions.ListAsync(Token));
        await rig.Suspensions.LiftAsync(AccessSuspension.Of(Rig.Clerk), Rig.Nurse, Token);
        Assert.Empty(await rig.Suspensions.ListAsync(Token));
    }

    [Fact]
    public async Task A_suspension_reads_back_as_it_was_written()
    {
        await using var rig = new Rig();
        rig.Time.Advance(TimeSpan.FromTicks(1_234_567));
        await rig.Suspensions.SuspendAsync(AccessSuspension.Of(Rig.Clerk) with { Rule = new RuleId("denied-burst"), Event = 17 }, Rig.Watcher, Token);
        await rig.Suspensions.SuspendAsync(AccessSuspension.Of(Rig.Clinic, Rig.Document(3)), Rig.Watcher, Token);
        Assert.Equal(
            [AccessSuspension.Of(Rig.Clerk) with { Rule = new RuleId("denied-burst"), Event = 17, At = rig.Time.GetUtcNow() }, AccessSuspension.Of(Rig.Clinic, Rig.Document(3)) with { At = rig.Time.GetUtcNow() }],
            (await rig.Suspensions.ListAsync(Token)).OrderBy(each => each.Actor is null));
    }

    [Theory]
    [ClassData(typeof(EveryDiskFault))]
    public async Task What_was_said_to_be_suspended_is_suspended_whatever_fails(DiskFault fault)
    {
        for (int k = 1; ; k++)
        {
            await using var rig = new Rig();
            await rig.AppendAsync(AuditKind.PageReleased);
            rig.Disk.FailAt(k, fault);
            bool said = await Record.ExceptionAsync(async () => await rig.Suspensions.SuspendAsync(AccessSuspension.Of(Rig.Clerk), Rig.Watcher, Token)) is null;
            bool hasFailed = rig.Disk.HasFailed;
            SimulatedDisk after = rig.Disk.AfterPowerCut(Survival.Nothing);
            using var later = new AccessSuspensionFiles("/alerts", rig.Ledger, rig.Time, operations: after);
            Assert.True(!said || later.IsSuspended(Rig.Clerk), $"{fault} at {k}");
            foreach (AccessSuspension each in await later.ListAsync(Token))
                Assert.Equal(Rig.Clerk, each.Actor);
            if (!hasFailed)
            {
                Assert.True(said);
                break;
            }
        }
    }

    [Fact]
    public async Task A_host_that_adds_alerts_watches_while_it_runs_and_guards_its_authorizer()
    {
        string home = Directory.CreateTempSubdirectory("medredact-").FullName;
        try
        {
            var time = new FakeTimeProvider(Rig.Morning);
            var services = new ServiceCollection();
            var noted = new NotingResponse();
            services.AddSingleton<TimeProvider>(time).AddSingleton<IKeyProvider>(new TestKeys()).AddSingleton<IAlertResponse>(noted);
            services.AddMedRedact()
                .AddAuditLedger(ledger => ledger.Folder = Path.Combine(home, "ledger"))
                .AddAlerts(alerts =>
                {
                    alerts.Folder = Path.Combine(home, "alerts");
                    alerts.Rules = AlertRules.Read("""
                        { "format": "medredact.alert-rules", "version": 1,
                          "rules": [ { "id": "any", "severity": "high", "kinds": ["access.denied"], "by": "actor", "count": 1, "respond": ["suspend-actor", "note"] } ] }
                        """u8);
                });
            await using ServiceProvider provider = services.BuildServiceProvider();
            var authorizer = provider.GetRequiredService<IAccessAuthorizer>();
            foreach (IHostedService hosted in provider.GetServices<IHostedService>())
                await hosted.StartAsync(Token);

            // No rule permits it, which is a first denial.
            Assert.NotEqual(Faults.ActorSuspended, Assert.IsType<AccessDecision.Denied>(await AskAsync(authorizer)).Reason);
            while (!noted.First.Task.IsCompleted)
            {
                time.Advance(TimeSpan.FromSeconds(1));
                await Task.WhenAny(noted.First.Task, Task.Delay(20, Token));
            }

            Assert.Equal(Faults.ActorSuspended, Assert.IsType<AccessDecision.Denied>(await AskAsync(authorizer)).Reason);
            foreach (IHostedService hosted in provider.GetServices<IHostedService>())
                await hosted.StopAsync(Token);
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }

    private static SuspendingAuthorizer Guarded(Rig rig) => new(new Permitting(), rig.Suspensions, rig.Ledger, rig.Time);

    private static async Task<AccessDecision> AskAsync(IAccessAuthorizer authorizer, ActorId? actor = null, int document = 1, PurposeOfUse? purpose = null) =>
        await authorizer.AuthorizeAsync(
            new AccessRequest(actor ?? Rig.Clerk, purpose ?? PurposeOfUse.Treatment, AccessAction.ReadRedacted, Rig.Clinic, Rig.Document(document)), Token);

    private static async Task RefusedAsync(FaultCode code, Func<ValueTask> call) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<MedRedactException>(async () => await call())).Code);

    /// <summary>Permits everything; grants are made by the core alone, so it hands out none.</summary>
    private sealed class Permitting : IAccessAuthorizer
    {
        public ValueTask<AccessDecision> AuthorizeAsync(AccessRequest request, CancellationToken cancellationToken = default) => new(new AccessDecision.Permitted(null!));
    }

    /// <summary>A ledger that lets something happen once it knows.</summary>
    private sealed class Between(IAuditSink inner, Action between) : IAuditSink
    {
        public async ValueTask<AuditReceipt> AppendAsync(AuditEvent auditEvent, CancellationToken cancellationToken = default)
        {
            AuditReceipt receipt = await inner.AppendAsync(auditEvent, cancellationToken);
            between();
            return receipt;
        }
    }

    private sealed class Failing : IAccessSuspensions
    {
        public ValueTask SuspendAsync(AccessSuspension suspension, ActorId by, CancellationToken cancellationToken = default) => throw Faults.Refuse(Faults.Suspensions);

        public ValueTask LiftAsync(AccessSuspension suspension, ActorId by, CancellationToken cancellationToken = default) => throw Faults.Refuse(Faults.Suspensions);

        public ValueTask<System.Collections.Immutable.ImmutableArray<AccessSuspension>> ListAsync(CancellationToken cancellationToken = default) => throw Faults.Refuse(Faults.Suspensions);

        public bool IsSuspended(ActorId actor) => throw Faults.Refuse(Faults.Suspensions);

        public bool IsSuspended(TenantId tenant, DocumentId document) => throw Faults.Refuse(Faults.Suspensions);
    }
}
