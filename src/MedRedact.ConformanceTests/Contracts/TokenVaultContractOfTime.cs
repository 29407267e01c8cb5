using System.Collections.Immutable;

namespace MedRedact.ConformanceTests;

/// <content>Batches, expiry, holds and changes of hand.</content>
public abstract partial class TokenVaultContract
{
    private static readonly DateTimeOffset s_later = Samples.Moment.AddDays(7);

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task Subject_expiry_and_hold_come_back_as_they_were_put_in()
    {
        ITokenVault vault = await CreateVaultAsync();
        VaultEntry bare = Entry(), full = Of(Subject()) with { ExpiresAt = s_later, IsHeld = true };
        foreach (VaultEntry entry in (VaultEntry[])[bare, full])
        {
            Assert.True(await vault.TryAddAsync(entry, Samples.Cancellation));
            Same(entry, await vault.FindAsync(entry.Token, entry.Scope, Samples.Cancellation));
            Same(entry, await vault.FindAsync(entry.Index, entry.Category, entry.Scope, Samples.Cancellation));
        }

        await DisposeAsync(vault);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task A_batch_answers_in_its_order_and_adds_what_is_free()
    {
        ITokenVault vault = await CreateVaultAsync();
        VaultEntry known = Entry();
        Assert.True(await vault.TryAddAsync(known, Samples.Cancellation));
        VaultEntry first = Entry(), second = Of(Subject()), elsewhere = Entry() with { Scope = Samples.OtherScope };
        ImmutableArray<bool> added = await vault.TryAddAsync(
            [elsewhere, first, Entry() with { Index = known.Index }, second, Entry() with { Index = second.Index }], Samples.Cancellation);
        Assert.Equal([true, true, false, true, false], added);
        Assert.Empty(await vault.TryAddAsync(ImmutableArray<VaultEntry>.Empty, Samples.Cancellation));

        ImmutableArray<VaultEntry?> found = await vault.FindAsync(
            [Key(second), Key(elsewhere), Key(known), new ValueKey(first.Index, PhiCategory.Mrn), Key(first), Key(second)], Samples.Scope, Samples.Cancellation);
        Assert.Equal([second.Token, null, known.Token, null, first.Token, second.Token], found.Select(entry => entry?.Token));
        Same(second, found[0]);
        Assert.Empty(await vault.FindAsync(ImmutableArray<ValueKey>.Empty, Samples.Scope, Samples.Cancellation));
        await DisposeAsync(vault);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task Batches_that_race_for_the_same_values_end_with_one_entry_a_value()
    {
        ITokenVault vault = await CreateVaultAsync();
        ValueKey[] values = [.. Enumerable.Range(0, 40).Select(_ => new ValueKey(_ids.NextDigest(), PhiCategory.PersonName))];
        ImmutableArray<VaultEntry>[] batches = [.. Enumerable.Range(0, 12).Select(rotation => ImmutableArray.CreateRange(
            values.Select((_, i) => Entry() with { Index = values[(i * (rotation % 2 == 0 ? 1 : 39) + rotation) % 40].Index })))];
        ImmutableArray<bool>[] added = await Task.WhenAll(batches.Select(batch => Task.Run(async () => await vault.TryAddAsync(batch, Samples.Cancellation))));
        Token[] winners = [.. batches.Zip(added).SelectMany(pair => pair.First.Zip(pair.Second)).Where(pair => pair.Second).Select(pair => pair.First.Token)];
        Assert.Equal(values.Length, winners.Length);
        ImmutableArray<VaultEntry?> found = await vault.FindAsync([.. values], Samples.Scope, Samples.Cancellation);
        Assert.Equal(winners.Order(Comparer<Token>.Create((a, b) => string.CompareOrdinal(a.Value, b.Value))), found.Select(entry => entry!.Token).Order(Comparer<Token>.Create((a, b) => string.CompareOrdinal(a.Value, b.Value))));
        await DisposeAsync(vault);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task An_entry_is_replaced_only_as_it_was_found()
    {
        ITokenVault vault = await CreateVaultAsync();
        VaultEntry entry = Of(Subject()) with { ExpiresAt = s_later }, other = Entry();
        await vault.TryAddAsync([entry, other], Samples.Cancellation);
        foreach (VaultEntry stale in (VaultEntry[])[
            entry with { Envelope = _ids.NextBytes(48) }, entry with { Subject = null }, entry with { Subject = Subject() }, entry with { ExpiresAt = null },
            entry with { ExpiresAt = s_later.AddDays(1) }, entry with { Index = _ids.NextDigest() }, entry with { Scope = Samples.OtherScope }])
        {
            Assert.False(await vault.TryReplaceAsync(stale, stale with { Envelope = _ids.NextBytes(48) }, Samples.Cancellation));
        }

        Assert.False(await vault.TryReplaceAsync(entry, entry with { Index = other.Index }, Samples.Cancellation));
        Same(entry, await vault.FindAsync(entry.Token, entry.Scope, Samples.Cancellation));

        VaultEntry changed = entry with { Index = _ids.NextDigest(), Envelope = _ids.NextBytes(64), Subject = null, ExpiresAt = null };
        Assert.True(await vault.TryReplaceAsync(entry, changed, Samples.Cancellation));
        Same(changed, await vault.FindAsync(entry.Token, entry.Scope, Samples.Cancellation));
        Same(changed, await vault.FindAsync(changed.Index, entry.Category, entry.Scope, Samples.Cancellation));
        Assert.Null(await vault.FindAsync(entry.Index, entry.Category, entry.Scope, Samples.Cancellation));
        await DisposeAsync(vault);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task Of_many_who_replace_one_entry_at_the_same_time_one_wins()
    {
        ITokenVault vault = await CreateVaultAsync();
        VaultEntry entry = Of(Subject());
        Assert.True(await vault.TryAddAsync(entry, Samples.Cancellation));
        VaultEntry[] rivals = [.. Enumerable.Range(0, 16).Select(_ => entry with { Subject = null, Envelope = _ids.NextBytes(48) })];
        bool[] replaced = await Task.WhenAll(rivals.Select(rival => Task.Run(async () => await vault.TryReplaceAsync(entry, rival, Samples.Cancellation))));
        Assert.Single(replaced, won => won);
        Same(rivals[Array.IndexOf(replaced, true)], await vault.FindAsync(entry.Token, entry.Scope, Samples.Cancellation));
        await DisposeAsync(vault);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task Replacing_an_entry_leaves_its_hold()
    {
        ITokenVault vault = await CreateVaultAsync();
        VaultEntry entry = Of(Subject());
        Assert.True(await vault.TryAddAsync(entry, Samples.Cancellation));
        Assert.True(await vault.SetHoldAsync(entry.Token, entry.Scope, true, Samples.Cancellation));
        Assert.True(await vault.TryReplaceAsync(entry, entry with { Subject = null }, Samples.Cancellation));
        Assert.True((await vault.FindAsync(entry.Token, entry.Scope, Samples.Cancellation))!.IsHeld);
        await DisposeAsync(vault);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task What_is_held_survives_every_purge_until_it_is_released()
    {
        ITokenVault vault = await CreateVaultAsync();
        SubjectId subject = Subject();
        VaultEntry held = Of(subject) with { ExpiresAt = Samples.Moment }, free = Of(subject) with { ExpiresAt = Samples.Moment };
        await vault.TryAddAsync([held, free], Samples.Cancellation);
        Assert.True(await vault.SetHoldAsync(held.Token, held.Scope, true, Samples.Cancellation));
        Assert.True(await vault.SetHoldAsync(held.Token, held.Scope, true, Samples.Cancellation));
        Assert.False(await vault.SetHoldAsync(held.Token, Samples.OtherScope, true, Samples.Cancellation));
        Assert.False(await vault.SetHoldAsync(_ids.NextToken(), held.Scope, true, Samples.Cancellation));

        Assert.Equal(1, await vault.PurgeExpiredAsync(Samples.Scope, s_later, Samples.Cancellation));
        Assert.Equal(0, await vault.PurgeAsync(Samples.Scope, s_later, Samples.Cancellation));
        Assert.Equal(0, await vault.PurgeAsync(Samples.Tenant, subject, s_later, Samples.Cancellation));
        Same(held with { IsHeld = true }, await vault.FindAsync(held.Token, held.Scope, Samples.Cancellation));

        Assert.True(await vault.SetHoldAsync(held.Token, held.Scope, false, Samples.Cancellation));
        Assert.Equal(1, await vault.PurgeAsync(Samples.Scope, s_later, Samples.Cancellation));
        await DisposeAsync(vault);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task A_subject_is_held_and_purged_alone()
    {
        ITokenVault vault = await CreateVaultAsync();
        SubjectId subject = Subject();
        VaultEntry one = Of(subject), elsewhere = Of(subject) with { Scope = Samples.OtherScope }, somebody = Of(Subject()), shared = Entry();
        VaultEntry tenant = Of(subject) with { Tenant = Samples.OtherTenant };
        await vault.TryAddAsync([one, elsewhere, somebody, shared, tenant], Samples.Cancellation);

        Assert.Equal(2, await vault.SetHoldAsync(Samples.Tenant, subject, true, Samples.Cancellation));
        Assert.Equal(0, await vault.PurgeAsync(Samples.Tenant, subject, s_later, Samples.Cancellation));
        Assert.Equal([true, true, false, false, false], await HoldsAsync());
        Assert.True(await vault.SetHoldAsync(somebody.Token, somebody.Scope, true, Samples.Cancellation));
        Assert.Equal(2, await vault.CountHeldAsync(Samples.Tenant, subject, Samples.Cancellation));
        Assert.True(await vault.SetHoldAsync(somebody.Token, somebody.Scope, false, Samples.Cancellation));
        Assert.Equal(2, await vault.SetHoldAsync(Samples.Tenant, subject, false, Samples.Cancellation));
        Assert.Equal(0, await vault.CountHeldAsync(Samples.Tenant, subject, Samples.Cancellation));
        Assert.Equal(0, await vault.PurgeAsync(Samples.Tenant, subject, one.CreatedAt.AddMilliseconds(-1), Samples.Cancellation));
        Assert.Equal(2, await vault.PurgeAsync(Samples.Tenant, subject, one.CreatedAt, Samples.Cancellation));
        Assert.Equal([null, null, false, false, false], await HoldsAsync());
        await DisposeAsync(vault);

        async Task<List<bool?>> HoldsAsync()
        {
            var holds = new List<bool?>();
            foreach (VaultEntry entry in (VaultEntry[])[one, elsewhere, somebody, shared, tenant])
                holds.Add((await vault.FindAsync(entry.Token, entry.Scope, Samples.Cancellation))?.IsHeld);
            return holds;
        }
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task A_purge_of_what_expired_leaves_what_has_not()
    {
        ITokenVault vault = await CreateVaultAsync();
        VaultEntry expired = Entry() with { ExpiresAt = Samples.Moment }, elsewhere = expired with { Scope = Samples.OtherScope };
        VaultEntry living = Entry() with { ExpiresAt = Samples.Moment.AddSeconds(1) }, endless = Entry();
        await vault.TryAddAsync([expired, elsewhere, living, endless], Samples.Cancellation);
        Assert.Equal(1, await vault.PurgeExpiredAsync(Samples.Scope, Samples.Moment, Samples.Cancellation));
        Assert.Null(await vault.FindAsync(expired.Token, expired.Scope, Samples.Cancellation));
        foreach (VaultEntry kept in (VaultEntry[])[elsewhere, living, endless])
            Same(kept, await vault.FindAsync(kept.Token, kept.Scope, Samples.Cancellation));
        await DisposeAsync(vault);
    }

    private static ValueKey Key(VaultEntry entry) => new(entry.Index, entry.Category);

    private SubjectId Subject() => new(_ids.NextDigest());

    private VaultEntry Of(SubjectId subject) => Entry() with { Subject = subject };
}
