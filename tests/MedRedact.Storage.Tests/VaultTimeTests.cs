namespace MedRedact.Storage.Tests;

public sealed class VaultTimeTests : IDisposable
{
    private const string Name = "Zebediah Quillfeather-Canary";

    private readonly VaultRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task An_expired_token_gives_nothing_back_and_only_the_record_tells_it_from_an_unknown_one()
    {
        Token token = await _rig.TokenizeAsync(Name, expiresAt: _rig.Time.GetUtcNow().AddHours(1));
        _rig.Time.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(Name, await _rig.RevealAsync(token));
        _rig.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Null(await _rig.RevealAsync(token));
        Assert.Null(await _rig.RevealAsync(TokenFormat.Create(PhiCategory.PersonName, new byte[16])));

        AuditEvent expired = _rig.Ledger.Events[1], unknown = _rig.Ledger.Events[2];
        Assert.Equal((AuditDecision.Denied, AuditDecision.Denied), (expired.Decision, unknown.Decision));
        Assert.Contains(new AuditField("reason", AuditValue.Of(new HoldReason("MR-VLT-006"))), expired.Fields);
        Assert.Contains(new AuditField("token", AuditValue.Of(token)), expired.Fields);
        Assert.DoesNotContain(unknown.Fields, field => field.Name is "reason" or "token");
    }

    [Fact]
    public async Task A_value_that_comes_again_after_its_token_expired_gets_another_and_the_first_stays_expired()
    {
        Token first = await _rig.TokenizeAsync(Name, expiresAt: _rig.Time.GetUtcNow().AddHours(1));
        _rig.Time.Advance(TimeSpan.FromHours(2));

        Token second = await _rig.TokenizeAsync(Name);

        Assert.NotEqual(first, second);
        Assert.Null(await _rig.RevealAsync(first));
        Assert.Equal(Name, await _rig.RevealAsync(second));
        Assert.Equal(1, await _rig.Custodian.PurgeExpiredAsync(Sample.Scope, VaultRig.Actor));
        Assert.Equal(second, await _rig.TokenizeAsync(Name));
    }

    [Fact]
    public async Task Of_several_expiries_the_latest_counts_and_none_is_later_than_all()
    {
        DateTimeOffset now = _rig.Time.GetUtcNow();
        Token token = await _rig.TokenizeAsync(Name, expiresAt: now.AddDays(2));

        Assert.Equal(token, await _rig.TokenizeAsync(Name, expiresAt: now.AddDays(1)));
        Assert.Equal(now.AddDays(2), (await _rig.EntryAsync(token)).ExpiresAt);
        Assert.Equal(token, await _rig.TokenizeAsync(Name, VaultRig.Bob, now.AddDays(3)));
        Assert.Equal(now.AddDays(3), (await _rig.EntryAsync(token)).ExpiresAt);
        Assert.Equal(token, await _rig.TokenizeAsync(Name));
        Assert.Null((await _rig.EntryAsync(token)).ExpiresAt);
        Assert.Equal(token, await _rig.TokenizeAsync(Name, expiresAt: now.AddDays(1)));
        Assert.Null((await _rig.EntryAsync(token)).ExpiresAt);
    }

    [Fact]
    public async Task A_lifetime_ends_with_a_day_so_that_a_value_that_comes_often_is_written_once_a_day()
    {
        using var rig = new VaultRig { Lifetime = TimeSpan.FromDays(30) };
        Token token = await rig.TokenizeAsync(Name);
        Assert.Equal(new DateTimeOffset(2026, 3, 6, 0, 0, 0, TimeSpan.Zero), (await rig.EntryAsync(token)).ExpiresAt);

        rig.Time.Advance(TimeSpan.FromHours(5));
        await rig.TokenizeAsync(Name);
        Assert.Equal(new DateTimeOffset(2026, 3, 6, 0, 0, 0, TimeSpan.Zero), (await rig.EntryAsync(token)).ExpiresAt);
        rig.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(token, await rig.TokenizeAsync(Name));
        Assert.Equal(new DateTimeOffset(2026, 3, 7, 0, 0, 0, TimeSpan.Zero), (await rig.EntryAsync(token)).ExpiresAt);
    }

    [Fact]
    public async Task A_hold_keeps_a_token_from_every_purge_and_opens_nothing_that_has_expired()
    {
        Token held = await _rig.TokenizeAsync(Name, VaultRig.Ann, _rig.Time.GetUtcNow().AddHours(1));
        Assert.True(await _rig.Custodian.HoldAsync(held, Sample.Scope, VaultRig.Actor));
        _rig.Time.Advance(TimeSpan.FromDays(1));

        Assert.Equal(0, await _rig.Custodian.PurgeExpiredAsync(Sample.Scope, VaultRig.Actor));
        Assert.Equal(0, await _rig.Custodian.PurgeAsync(Sample.Scope, _rig.Time.GetUtcNow(), VaultRig.Actor));
        Assert.Equal(0, await _rig.Custodian.PurgeAsync(Sample.Tenant, VaultRig.Ann, DateTimeOffset.MaxValue, VaultRig.Actor));
        Assert.Null(await _rig.RevealAsync(held));
        Assert.NotEqual(held, await _rig.TokenizeAsync(Name, VaultRig.Ann));

        Assert.True(await _rig.Custodian.ReleaseAsync(held, Sample.Scope, VaultRig.Actor));
        Assert.Equal(1, await _rig.Custodian.PurgeExpiredAsync(Sample.Scope, VaultRig.Actor));
    }

    [Fact]
    public async Task Holds_and_purges_are_on_record_before_they_are_done_and_without_the_record_nothing_is_done()
    {
        Token token = await _rig.TokenizeAsync(Name, VaultRig.Ann);
        await _rig.Custodian.HoldAsync(token, Sample.Scope, VaultRig.Actor);
        Assert.Equal(1, await _rig.Custodian.ReleaseAsync(Sample.Tenant, VaultRig.Ann, VaultRig.Actor));
        Assert.False(await _rig.Custodian.HoldAsync(new Token("JOHN-SMITH"), Sample.Scope, VaultRig.Actor));
        Assert.Equal(["token.held", "token.unheld", "token.held"], _rig.Ledger.Events.Select(each => each.Kind.Name));
        Assert.Equal([AuditDecision.Permitted, AuditDecision.Permitted, AuditDecision.Denied], _rig.Ledger.Events.Select(each => each.Decision!.Value));
        Assert.DoesNotContain(_rig.Ledger.Events[2].Fields, field => field.Name == "token");

        _rig.Ledger.Refuses = true;
        await Assert.ThrowsAsync<MedRedactException>(async () => await _rig.Custodian.HoldAsync(token, Sample.Scope, VaultRig.Actor));
        await Assert.ThrowsAsync<MedRedactException>(async () => await _rig.Custodian.PurgeAsync(Sample.Tenant, VaultRig.Ann, DateTimeOffset.MaxValue, VaultRig.Actor));
        Assert.False((await _rig.EntryAsync(token)).IsHeld);

        _rig.Ledger.Refuses = false;
        Assert.Equal(1, await _rig.Custodian.PurgeAsync(Sample.Tenant, VaultRig.Ann, DateTimeOffset.MaxValue, VaultRig.Actor));
        Assert.Equal(["token.purge", "token.purged"], _rig.Ledger.Events.Skip(3).Select(each => each.Kind.Name));
        Assert.Contains(new AuditField("count", AuditValue.Of(1)), _rig.Ledger.Events[^1].Fields);
    }

    [Fact]
    public async Task What_was_purged_is_nowhere_in_the_files()
    {
        Token token = await _rig.TokenizeAsync(Name);
        byte[] envelope = (await _rig.EntryAsync(token)).Envelope.ToArray();
        Assert.Contains(Directory.GetFiles(Path.GetDirectoryName(_rig.File)!), file => Read(file).AsSpan().IndexOf(envelope) >= 0);

        await _rig.Custodian.PurgeAsync(Sample.Scope, _rig.Time.GetUtcNow().AddDays(1), VaultRig.Actor);

        Assert.DoesNotContain(Directory.GetFiles(Path.GetDirectoryName(_rig.File)!), file => Read(file).AsSpan().IndexOf(envelope.AsSpan(100, 64)) >= 0);

        static byte[] Read(string file)
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return bytes.ToArray();
        }
    }
}
