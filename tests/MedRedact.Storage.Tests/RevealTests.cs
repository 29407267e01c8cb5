using System.Collections.Immutable;

namespace MedRedact.Storage.Tests;

public sealed class RevealTests : IDisposable
{
    private readonly VaultRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task An_actor_who_asks_for_too_many_is_refused_on_record_until_time_has_passed()
    {
        Token token = await _rig.TokenizeAsync("Ann Example");
        VaultDetokenizer detokenizer = _rig.Detokenizer(new RevealLimit(Burst: 3, PerMinute: 2));
        for (int i = 0; i < 3; i++)
            Assert.NotNull(await detokenizer.RevealAsync(token, Sample.Scope, _rig.Grant));

        MedRedactException refusal = await Assert.ThrowsAsync<MedRedactException>(async () => await detokenizer.RevealAsync(token, Sample.Scope, _rig.Grant));
        Assert.Equal(Faults.TooManyReveals, refusal.Code);
        AuditEvent denied = _rig.Ledger.Events[^1];
        Assert.Equal((AuditKind.TokenRevealed, AuditDecision.Denied), (denied.Kind, denied.Decision));
        Assert.Contains(new AuditField("reason", AuditValue.Of(new HoldReason("MR-VLT-005"))), denied.Fields);

        Assert.Null(await detokenizer.RevealAsync(token, Sample.Scope, Sample.Grant(_rig.Time.GetUtcNow().AddMinutes(5), tenant: new TenantId("clinic-b"))));
        _rig.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.NotNull(await detokenizer.RevealAsync(token, Sample.Scope, _rig.Grant));
        await Assert.ThrowsAsync<MedRedactException>(async () => await detokenizer.RevealAsync(token, Sample.Scope, _rig.Grant));
    }

    [Fact]
    public async Task In_a_batch_each_counts_and_one_that_is_too_large_gives_nothing()
    {
        Token token = await _rig.TokenizeAsync("Ann Example"), other = await _rig.TokenizeAsync("Bob Example");
        VaultDetokenizer detokenizer = _rig.Detokenizer(new RevealLimit(Burst: 3, PerMinute: 1));
        ImmutableArray<Token> batch = [other, new Token("JOHN-SMITH"), token];

        Assert.Equal(
            ["Bob Example", null, "Ann Example"], (await detokenizer.RevealAsync(batch, Sample.Scope, _rig.Grant)).Select(value => value?.Reveal()));
        Assert.Equal(3, _rig.Ledger.Events.Count);
        _rig.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(
            Faults.TooManyReveals,
            (await Assert.ThrowsAsync<MedRedactException>(async () => await detokenizer.RevealAsync(batch, Sample.Scope, _rig.Grant))).Code);
        Assert.Equal(2, (await detokenizer.RevealAsync([token, other], Sample.Scope, _rig.Grant)).Length);
    }

    [Fact]
    public async Task Unknown_misread_forged_expired_and_purged_tokens_get_one_answer_and_the_same_work()
    {
        Token known = await _rig.TokenizeAsync("Ann Example");
        Token expired = await _rig.TokenizeAsync("Bob Example", expiresAt: _rig.Time.GetUtcNow().AddMinutes(1));
        Token purged = await _rig.TokenizeAsync("Cid Example", VaultRig.Ann);
        await _rig.Vault.PurgeAsync(Sample.Tenant, VaultRig.Ann, DateTimeOffset.MaxValue);
        _rig.Time.Advance(TimeSpan.FromMinutes(2));
        Token unknown = TokenFormat.Create(PhiCategory.PersonName, new byte[16]);
        var misread = new Token(known.Value[..^1] + (known.Value[^1] == '2' ? '3' : '2'));

        foreach (Token token in (Token[])[unknown, misread, new Token("JOHN-SMITH"), expired, purged])
        {
            ITokenVault counting = CountingVault.Over(_rig.Vault);
            int events = _rig.Ledger.Events.Count;
            Assert.Null(await new VaultDetokenizer(counting, _rig.Sealer, _rig.Ledger, _rig.Time).RevealAsync(token, Sample.Scope, _rig.Grant));
            Assert.Equal([KeyValuePair.Create("FindAsync", 1)], ((CountingVault)counting).Calls);
            Assert.Equal(AuditDecision.Denied, _rig.Ledger.Events[events..].Single().Decision);
        }
    }

    [Fact]
    public void What_full_buckets_hold_is_forgotten_and_what_is_in_use_is_not()
    {
        var allowances = new RevealAllowances(new RevealLimit(Burst: 2, PerMinute: 1), _rig.Time);
        Assert.True(allowances.TryTake(Sample.Tenant, VaultRig.Actor, 2));
        for (int i = 0; i < 5000; i++)
        {
            Assert.True(allowances.TryTake(Sample.Tenant, new ActorId($"actor-{i}"), 1));
            if (i % 1000 == 0)
                _rig.Time.Advance(TimeSpan.FromSeconds(8));
        }

        Assert.False(allowances.TryTake(Sample.Tenant, VaultRig.Actor, 1));
        Assert.False(allowances.TryTake(Sample.Tenant, new ActorId("actor-4999"), 2));
        _rig.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.True(allowances.TryTake(Sample.Tenant, VaultRig.Actor, 2));
        Assert.False(allowances.TryTake(Sample.Tenant, new ActorId("never-seen"), 3));
    }

    [Fact]
    public async Task Actors_who_race_get_no_more_than_the_limit()
    {
        var allowances = new RevealAllowances(new RevealLimit(Burst: 100, PerMinute: 1), _rig.Time);
        int[] taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Enumerable.Range(0, 50).Count(_ => allowances.TryTake(Sample.Tenant, VaultRig.Actor, 1)))));
        Assert.Equal(100, taken.Sum());
    }
}
