using MedRedact.Testing;

namespace MedRedact.ConformanceTests;

/// <summary>What every <see cref="ITokenVault"/> promises.</summary>
public abstract partial class TokenVaultContract
{
    private readonly SeededIds _ids = new(10);

    /// <summary>Makes an empty vault.</summary>
    /// <returns>The vault.</returns>
    protected abstract ValueTask<ITokenVault> CreateVaultAsync();

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task An_entry_is_found_by_token_and_by_index_within_its_scope_only()
    {
        ITokenVault vault = await CreateVaultAsync();
        VaultEntry entry = Entry();
        Assert.True(await vault.TryAddAsync(entry, Samples.Cancellation));
        Same(entry, await vault.FindAsync(entry.Token, entry.Scope, Samples.Cancellation));
        Same(entry, await vault.FindAsync(entry.Index, entry.Category, entry.Scope, Samples.Cancellation));
        Assert.Null(await vault.FindAsync(entry.Token, Samples.OtherScope, Samples.Cancellation));
        Assert.Null(await vault.FindAsync(entry.Index, entry.Category, Samples.OtherScope, Samples.Cancellation));
        Assert.Null(await vault.FindAsync(entry.Index, PhiCategory.Mrn, entry.Scope, Samples.Cancellation));
        Assert.Null(await vault.FindAsync(_ids.NextToken(), entry.Scope, Samples.Cancellation));
        await DisposeAsync(vault);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task A_taken_token_or_index_is_refused_and_the_first_entry_stays()
    {
        ITokenVault vault = await CreateVaultAsync();
        VaultEntry entry = Entry();
        Assert.True(await vault.TryAddAsync(entry, Samples.Cancellation));
        Assert.False(await vault.TryAddAsync(Entry() with { Token = entry.Token }, Samples.Cancellation));
        Assert.False(await vault.TryAddAsync(Entry() with { Index = entry.Index }, Samples.Cancellation));
        Same(entry, await vault.FindAsync(entry.Token, entry.Scope, Samples.Cancellation));
        await DisposeAsync(vault);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task One_value_may_have_a_token_in_each_scope_and_category()
    {
        ITokenVault vault = await CreateVaultAsync();
        VaultEntry entry = Entry();
        Assert.True(await vault.TryAddAsync(entry, Samples.Cancellation));
        Assert.True(await vault.TryAddAsync(Entry() with { Index = entry.Index, Scope = Samples.OtherScope }, Samples.Cancellation));
        Assert.True(await vault.TryAddAsync(Entry() with { Index = entry.Index, Category = PhiCategory.Mrn }, Samples.Cancellation));
        await DisposeAsync(vault);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task Of_many_who_add_one_value_at_the_same_time_one_wins_and_all_find_its_token()
    {
        ITokenVault vault = await CreateVaultAsync();
        Digest256 index = _ids.NextDigest();
        VaultEntry[] rivals = [.. Enumerable.Range(0, 16).Select(_ => Entry() with { Index = index })];
        bool[] added = await Task.WhenAll(rivals.Select(rival => Task.Run(async () => await vault.TryAddAsync(rival, Samples.Cancellation))));
        Assert.Single(added, won => won);
        VaultEntry? found = await vault.FindAsync(index, PhiCategory.PersonName, Samples.Scope, Samples.Cancellation);
        Assert.Equal(rivals[Array.IndexOf(added, true)].Token, found?.Token);
        await DisposeAsync(vault);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task A_purge_takes_what_is_older_in_its_scope_and_nothing_else()
    {
        ITokenVault vault = await CreateVaultAsync();
        VaultEntry old = Entry() with { CreatedAt = Samples.Moment.AddDays(-2) }, elsewhere = Entry() with { CreatedAt = Samples.Moment.AddDays(-2), Scope = Samples.OtherScope };
        VaultEntry exact = Entry(), young = Entry() with { CreatedAt = Samples.Moment.AddDays(1) };
        foreach (VaultEntry entry in (VaultEntry[])[old, elsewhere, exact, young])
            Assert.True(await vault.TryAddAsync(entry, Samples.Cancellation));
        Assert.Equal(1, await vault.PurgeAsync(Samples.Scope, Samples.Moment, Samples.Cancellation));
        Assert.Null(await vault.FindAsync(old.Token, old.Scope, Samples.Cancellation));
        foreach (VaultEntry kept in (VaultEntry[])[elsewhere, exact, young])
            Same(kept, await vault.FindAsync(kept.Token, kept.Scope, Samples.Cancellation));
        await DisposeAsync(vault);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task The_vault_keeps_its_own_copy_of_an_envelope()
    {
        ITokenVault vault = await CreateVaultAsync();
        byte[] envelope = _ids.NextBytes(64), before = [.. envelope];
        VaultEntry entry = Entry() with { Envelope = envelope };
        Assert.True(await vault.TryAddAsync(entry, Samples.Cancellation));
        Array.Clear(envelope);
        VaultEntry? found = await vault.FindAsync(entry.Token, entry.Scope, Samples.Cancellation);
        Assert.Equal(before, found?.Envelope.ToArray());
        await DisposeAsync(vault);
    }

    private VaultEntry Entry() => new(_ids.NextToken(), Samples.Tenant, Samples.Scope, PhiCategory.PersonName, _ids.NextDigest(), _ids.NextBytes(48), Samples.Moment);

    private static void Same(VaultEntry expected, VaultEntry? found)
    {
        Assert.NotNull(found);
        Assert.Equal(expected with { Envelope = default }, found with { Envelope = default });
        Assert.True(expected.Envelope.Span.SequenceEqual(found.Envelope.Span), "the envelope differs");
    }

    private static async ValueTask DisposeAsync(ITokenVault vault)
    {
        if (vault is IAsyncDisposable asynchronous)
            await asynchronous.DisposeAsync();
        else
            (vault as IDisposable)?.Dispose();
    }
}
