using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;

namespace MedRedact.Storage.PostgreSql.Tests;

public sealed class ServerTests(PostgreSqlServer server)
{
    [Fact]
    public async Task Hosts_that_start_at_the_same_time_make_the_tables_once()
    {
        PostgreSqlVaultOptions options = await server.NewVaultAsync();
        PostgreSqlTokenVault[] vaults = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => PostgreSqlTokenVault.Open(options))));
        foreach (PostgreSqlTokenVault vault in vaults)
            await vault.DisposeAsync();

        Assert.Equal(1L, await server.ExecuteAsync($"SELECT count(*) FROM {options.Schema}.vault_version"));
    }

    [Fact]
    public async Task A_user_with_the_documented_grants_alone_serves_a_vault_and_can_neither_make_nor_drop_one()
    {
        PostgreSqlVaultOptions options = await server.NewVaultAsync();
        PostgreSqlTokenVault.Open(options).Dispose();
        string user = $"{options.Schema}_host";
        foreach (string sql in Grants(options.Schema, user))
            await server.ExecuteAsync(sql);

        var asHost = new PostgreSqlVaultOptions { ConnectionString = await server.ConnectionStringAsync(user, "another-made-up-one"), Schema = options.Schema };
        await using (var vault = PostgreSqlTokenVault.Open(asHost))
        {
            var entry = new VaultEntry(new Token("TOK-1"), new TenantId("t"), new TokenScope("s"), PhiCategory.Mrn, new Digest256(1, 2), new byte[] { 1 }, DateTimeOffset.UnixEpoch)
            { Subject = new SubjectId(new Digest256(3, 4)) };
            Assert.True(await vault.TryAddAsync(entry));
            Assert.True(await vault.TryReplaceAsync(entry, entry with { ExpiresAt = DateTimeOffset.UnixEpoch }));
            Assert.True(await vault.SetHoldAsync(entry.Token, entry.Scope, true));
            Assert.Equal(1, await vault.SetHoldAsync(entry.Tenant, entry.Subject!.Value, false));
            Assert.Equal(1, await vault.PurgeExpiredAsync(entry.Scope, DateTimeOffset.UnixEpoch));
        }

        asHost.Schema = options.Schema + "_other";
        Assert.Equal(Faults.ServerRefused, Refusal(asHost).Code);

        await server.ExecuteAsync($"REVOKE INSERT ON {options.Schema}.token FROM {user}");
        asHost.Schema = options.Schema;
        await using var poor = PostgreSqlTokenVault.Open(asHost);
        MedRedactException refused = await Assert.ThrowsAsync<MedRedactException>(async () => await poor.TryAddAsync(
            new VaultEntry(new Token("TOK-2"), new TenantId("t"), new TokenScope("s"), PhiCategory.Mrn, new Digest256(5, 6), new byte[] { 1 }, DateTimeOffset.UnixEpoch)));
        Assert.Equal(Faults.ServerRefused, refused.Code);
    }

    [Fact]
    public async Task Commits_that_are_acknowledged_before_they_are_durable_are_refused()
    {
        PostgreSqlVaultOptions options = await server.NewVaultAsync();
        foreach (string weaker in (string[])["off", "local", "remote_write"])
        {
            var unsafeOptions = new PostgreSqlVaultOptions { ConnectionString = $"{options.ConnectionString};Options=-c synchronous_commit={weaker}", Schema = options.Schema };
            Assert.Equal(Faults.UnsafeServer, Refusal(unsafeOptions).Code);
        }

        // A default of the database is overruled for our sessions.
        await server.ExecuteAsync("CREATE DATABASE hasty");
        await server.ExecuteAsync("ALTER DATABASE hasty SET synchronous_commit = off");
        PostgreSqlTokenVault.Open(new() { ConnectionString = await server.ConnectionStringAsync(database: "hasty") }).Dispose();
    }

    [Fact]
    public async Task Wrong_passwords_missing_databases_dead_servers_and_foreign_schemas_get_codes_and_no_word_of_the_server()
    {
        PostgreSqlVaultOptions good = await server.NewVaultAsync();
        Expect(Faults.ServerRefused, await server.ConnectionStringAsync(password: "wrong"), good.Schema);
        Expect(Faults.ServerRefused, await server.ConnectionStringAsync(database: "no_such_database"), good.Schema);
        Expect(Faults.ServerUnavailable, new NpgsqlConnectionStringBuilder(good.ConnectionString) { Port = 1, Timeout = 5 }.ToString(), good.Schema);
        Expect(Faults.UnsafeServer, "Host=db.example.org;Username=u;Password=p;SSL Mode=Require", good.Schema);
        Expect(Faults.UnsafeServer, "Host=127.0.0.1,db.example.org;Username=u;Password=p", good.Schema);

        PostgreSqlTokenVault.Open(good).Dispose();
        await server.ExecuteAsync($"UPDATE {good.Schema}.vault_version SET version = 2");
        Expect(Faults.UnknownSchema, good.ConnectionString, good.Schema);

        static void Expect(FaultCode code, string connection, string schema)
        {
            MedRedactException refusal = Refusal(new() { ConnectionString = connection, Schema = schema });
            Assert.Equal(code, refusal.Code);
            Assert.Null(refusal.InnerException);
            Assert.DoesNotContain("127.0.0.1", refusal.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_call_that_is_cancelled_says_so()
    {
        await using var vault = PostgreSqlTokenVault.Open(await server.NewVaultAsync());
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await vault.FindAsync(new Token("TOK-1"), new TokenScope("s"), cancelled.Token));
    }

    [Fact]
    public void Options_that_make_no_sense_are_refused_when_the_host_starts_without_a_word_of_the_connection()
    {
        foreach ((string connection, string schema) in ((string, string)[])[("", "medredact"), ("no connection string", "medredact"), ("Host=127.0.0.1;Password=hush", "Bad; DROP"), ("Host=127.0.0.1;Password=hush", "")])
        {
            var services = new ServiceCollection();
            new Builder(services).AddPostgreSqlVault(options => (options.ConnectionString, options.Schema) = (connection, schema));
            using ServiceProvider provider = services.BuildServiceProvider();
            OptionsValidationException refusal = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate());
            Assert.DoesNotContain("hush", refusal.ToString(), StringComparison.Ordinal);
            Assert.Throws<ArgumentException>(() => PostgreSqlTokenVault.Open(new() { ConnectionString = connection, Schema = schema }));
        }
    }

    [Fact]
    public async Task Registered_with_a_host_it_is_the_vault()
    {
        PostgreSqlVaultOptions vault = await server.NewVaultAsync();
        var services = new ServiceCollection();
        new Builder(services).AddPostgreSqlVault(options => (options.ConnectionString, options.Schema) = (vault.ConnectionString, vault.Schema));
        await using ServiceProvider provider = services.BuildServiceProvider();
        Assert.IsType<PostgreSqlTokenVault>(provider.GetRequiredService<ITokenVault>());
    }

    private static MedRedactException Refusal(PostgreSqlVaultOptions options) => Assert.Throws<MedRedactException>(() => PostgreSqlTokenVault.Open(options));

    /// <summary>What <c>docs/formats/token-vault.md</c> lists.</summary>
    private static string[] Grants(string schema, string user) =>
    [
        $"CREATE ROLE {user} LOGIN PASSWORD 'another-made-up-one'",
        $"GRANT USAGE ON SCHEMA {schema} TO {user}",
        $"GRANT SELECT ON {schema}.vault_version TO {user}",
        $"GRANT SELECT, INSERT, UPDATE, DELETE ON {schema}.token TO {user}",
    ];

    private sealed record Builder(IServiceCollection Services) : IMedRedactBuilder;
}
