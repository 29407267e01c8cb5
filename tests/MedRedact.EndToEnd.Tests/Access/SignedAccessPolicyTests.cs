using System.Text;
using MedRedact.Access;
using MedRedact.Audit;
using MedRedact.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MedRedact.EndToEnd.Tests.Access;

/// <summary>A policy is in force when two approved it and the ledger knows, and no older one comes after it.</summary>
public sealed class SignedAccessPolicyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Approvers _approvers = new();
    private readonly RecordingAuditSink _audit = new();

    public void Dispose()
    {
        _folder.Dispose();
        _approvers.Dispose();
    }

    [Fact]
    public async Task Each_load_is_on_record_with_the_hash_before_it_and_after_it()
    {
        SignedAccessPolicies policies = Start();
        Assert.Null(policies.Current);
        AccessPolicy first = await LoadAsync(policies, Approvers.Policy(1)), second = await LoadAsync(policies, Approvers.Policy(2));

        Assert.Same(second, policies.Current);
        Assert.Equal([AuditKind.PolicyChanged, AuditKind.PolicyChanged], _audit.Events.Select(recorded => recorded.Kind));
        Assert.Equal([$"new={first.Hash}", "version=1", "approvals=2"], Fields(_audit.Events[0]));
        Assert.Equal([$"old={first.Hash}", $"new={second.Hash}", "version=2", "approvals=2"], Fields(_audit.Events[1]));
    }

    [Fact]
    public async Task A_policy_that_two_known_approvers_did_not_sign_is_refused_and_the_one_before_stays()
    {
        SignedAccessPolicies policies = Start();
        AccessPolicy before = await LoadAsync(policies, Approvers.Policy(1));
        byte[] next = Approvers.Policy(2), one = _approvers.Note(next, "officer-1");
        byte[] other = _approvers.Note(Approvers.Policy(2, """{ "id": "read", "effect": "forbid" }"""), "officer-1", "officer-2");
        byte[] two = _approvers.Note(next, "officer-1", "officer-2");
        byte[] bad = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(two).Replace(LineOf(two, 1), LineOf(two, 1)[..^8] + "AAAAAAA=", StringComparison.Ordinal));
        foreach ((byte[] note, string code) in new[]
        {
            (Array.Empty<byte>(), "MR-ACC-121"),
            ("no note\n"u8.ToArray(), "MR-ACC-121"),
            (other, "MR-ACC-121"),
            (bad, "MR-ACC-121"),
            (one, "MR-ACC-122"),
            (_approvers.Note(next, "stranger"), "MR-ACC-122"),
            (_approvers.Note(next, "officer-1", "stranger"), "MR-ACC-122"),
            (_approvers.Approve(next, "officer-1", "officer-2", one), "MR-ACC-122"),
        })
        {
            MedRedactException fault = await Assert.ThrowsAsync<MedRedactException>(async () => await policies.LoadAsync(next, note, TestContext.Current.CancellationToken));
            Assert.Equal(code, fault.Code.Value);
        }

        Assert.Same(before, policies.Current);
        Assert.Single(_audit.Events);
    }

    [Fact]
    public void One_key_under_two_names_is_one_approver()
    {
        byte[] policy = Approvers.Policy(1), note = _approvers.Approve(policy, "officer-1", "officer-2", _approvers.Note(policy, "officer-1"));
        VerifierKey[] twice = [_approvers.KeyOf("officer-1"), _approvers.KeyOf("officer-1", under: "officer-2")];
        Assert.Equal("MR-ACC-122", Assert.Throws<MedRedactException>(() => ApprovedAccessPolicy.Check(policy, note, twice)).Code.Value);
    }

    [Fact]
    public void A_note_of_another_purpose_approves_nothing()
    {
        byte[] policy = Approvers.Policy(1), note = _approvers.Note(policy, "officer-1", "officer-2");
        byte[] renamed = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(note).Replace("medredact/access-policy/1", "medredact/manifest/1", StringComparison.Ordinal));
        Assert.Equal("MR-ACC-121", Assert.Throws<MedRedactException>(() => ApprovedAccessPolicy.Check(policy, renamed, [.. _approvers.Known])).Code.Value);
    }

    [Fact]
    public async Task No_load_goes_back_not_even_after_a_restart()
    {
        AccessPolicy second = await LoadAsync(Start(), Approvers.Policy(2));
        SignedAccessPolicies again = Start();
        foreach (byte[] older in new[] { Approvers.Policy(1), Approvers.Policy(2, """{ "id": "other", "effect": "forbid" }""") })
            Assert.Equal("MR-ACC-123", (await Assert.ThrowsAsync<MedRedactException>(async () => await LoadAsync(again, older))).Code.Value);

        Assert.Null(again.Current);
        Assert.Equal(second.Hash, (await LoadAsync(again, Approvers.Policy(2))).Hash);
        Assert.Equal([$"old={second.Hash}", $"new={second.Hash}", "version=2", "approvals=2"], Fields(_audit.Events[^1]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("medredact/access-policy-state/1\nversion 0\nsha256 00\n")]
    [InlineData("medredact/access-policy-state/2\nversion 1\n")]
    public async Task A_damaged_state_is_no_first_start(string state)
    {
        await LoadAsync(Start(), Approvers.Policy(2));
        await File.WriteAllTextAsync(Path.Combine(_folder["state"], "access-policy.state"), state, TestContext.Current.CancellationToken);
        Assert.Equal("MR-ACC-124", (await Assert.ThrowsAsync<MedRedactException>(async () => await LoadAsync(Start(), Approvers.Policy(3)))).Code.Value);
    }

    [Fact]
    public async Task What_the_ledger_or_the_disk_refuses_does_not_take_effect()
    {
        SignedAccessPolicies unheard = Start(new FaultyAuditSink(_audit, _ => true));
        await Assert.ThrowsAnyAsync<MedRedactException>(async () => await LoadAsync(unheard, Approvers.Policy(5)));
        Assert.Null(unheard.Current);
        await LoadAsync(Start(), Approvers.Policy(1));

        await File.WriteAllTextAsync(_folder["taken"], "", TestContext.Current.CancellationToken);
        SignedAccessPolicies stuck = Start(folder: _folder["taken"]);
        Assert.Equal("MR-ACC-124", (await Assert.ThrowsAsync<MedRedactException>(async () => await LoadAsync(stuck, Approvers.Policy(2)))).Code.Value);
        Assert.Null(stuck.Current);
    }

    [Fact]
    public async Task A_host_decides_by_the_signed_policy_and_denies_before_there_is_one()
    {
        var services = new ServiceCollection();
        services.AddSingleton<IAuditSink>(_audit);
        services.AddMedRedact().AddSignedAccessPolicies(options =>
        {
            options.StateFolder = _folder["state"];
            foreach (VerifierKey key in _approvers.Known)
                options.Approvers.Add(key);
        });
        await using ServiceProvider host = services.BuildServiceProvider();
        var request = new AccessRequest(new ActorId("nurse-7"), PurposeOfUse.Treatment, AccessAction.ReadRedacted, new TenantId("county"), null)
        {
            Attributes = new AccessAttributes { Roles = [AccessRole.Clinician] },
        };
        async Task<AccessDecision> AskAsync() => await host.GetRequiredService<IAccessAuthorizer>().AuthorizeAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal("MR-ACC-009", Assert.IsType<AccessDecision.Denied>(await AskAsync()).Reason.Code);
        AccessPolicy policy = await LoadAsync(host.GetRequiredService<SignedAccessPolicies>(), Approvers.Policy(1));
        Assert.IsType<AccessDecision.Permitted>(await AskAsync());
        Assert.Equal(policy.Hash, _audit.Events[^1].PolicyHash);
    }

    private static string LineOf(byte[] note, int line) => Encoding.UTF8.GetString(note).Split('\n')[4 + line];

    private static string[] Fields(AuditEvent recorded) => [.. recorded.Fields.Select(field => $"{field.Name}={field.Value.Text}")];

    private SignedAccessPolicies Start(IAuditSink? audit = null, string? folder = null)
    {
        var options = new SignedAccessPolicyOptions { StateFolder = folder ?? _folder["state"] };
        foreach (VerifierKey key in _approvers.Known)
            options.Approvers.Add(key);
        return new(Options.Create(options), audit ?? _audit, TimeProvider.System);
    }

    private async Task<AccessPolicy> LoadAsync(SignedAccessPolicies policies, byte[] policy) =>
        await policies.LoadAsync(policy, _approvers.Note(policy, "officer-1", "officer-2"), TestContext.Current.CancellationToken);
}
