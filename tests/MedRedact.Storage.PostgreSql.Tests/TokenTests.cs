using System.Collections.Immutable;
using MedRedact.Envelope;
using MedRedact.Testing;

namespace MedRedact.Storage.PostgreSql.Tests;

public sealed class TokenTests(PostgreSqlServer server)
{
    private const int Threads = 64;

    private static readonly TokenContext Context = new(new TenantId("clinic-a"), new TokenScope("clinic-a"));

    private static readonly InMemoryKeys s_keys = new();

    /// <summary>With <c>MEDREDACT_SOAK=1</c> a hundred thousand calls on a thousand values, else two thousand on a hundred.</summary>
    [Fact]
    public async Task Any_number_of_calls_from_64_threads_leave_exactly_one_row_a_value()
    {
        PostgreSqlVaultOptions options = await server.NewVaultAsync();
        await using var vault = PostgreSqlTokenVault.Open(options);
        VaultTokenizer tokenizer = Tokenizer(vault);
        bool soak = Environment.GetEnvironmentVariable("MEDREDACT_SOAK") == "1";
        int values = soak ? 1000 : 100, calls = soak ? 100_000 : 2_000;
        Token[][] all = await Task.WhenAll(Enumerable.Range(0, Threads).Select(worker => Task.Factory.StartNew(
            () =>
            {
                var tokens = new Token[values];
                for (int call = worker; call < calls; call += Threads)
                {
                    int value = (int)(call * 2654435761L % values);
                    Token token = tokenizer.TokenizeAsync(new($"Person {value}"), PhiCategory.PersonName, Context).AsTask().GetAwaiter().GetResult();
                    Assert.True(tokens[value].Value is null || tokens[value] == token);
                    tokens[value] = token;
                }

                return tokens;
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        Token[][] byValue = [.. Enumerable.Range(0, values).Select(value => all.Select(tokens => tokens[value]).Where(token => token.Value is not null).Distinct().ToArray())];
        Assert.All(byValue, tokens => Assert.Single(tokens));
        Assert.Equal((long)values, await server.ExecuteAsync($"SELECT count(*) FROM {options.Schema}.token"));
    }

    [Fact]
    public async Task Batches_of_several_hosts_that_meet_give_one_token_a_value()
    {
        PostgreSqlVaultOptions options = await server.NewVaultAsync();
        await using var first = PostgreSqlTokenVault.Open(options);
        await using var second = PostgreSqlTokenVault.Open(options);
        ImmutableArray<Token>[] all = await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(async () =>
        {
            // Each host asks in an order of its own, and for some values twice.
            ImmutableArray<TokenizedValue> values = [.. Enumerable.Range(0, 400).Select(i => new TokenizedValue(new($"Person {i * (worker % 2 == 0 ? 7 : 293) % 300}"), PhiCategory.PersonName))];
            ImmutableArray<Token> tokens = await Tokenizer(worker % 2 == 0 ? first : second).TokenizeAsync(values, Context);
            return ImmutableArray.CreateRange(Enumerable.Range(0, 300).Select(value => tokens[values.IndexOf(new TokenizedValue(new($"Person {value}"), PhiCategory.PersonName))]));
        })));

        Assert.All(all, tokens => Assert.Equal(all[0], tokens));
        Assert.Equal(300L, await server.ExecuteAsync($"SELECT count(*) FROM {options.Schema}.token"));
    }

    [Fact]
    public async Task A_value_that_many_subjects_use_at_the_same_time_is_shared_once_and_for_all()
    {
        await using var vault = PostgreSqlTokenVault.Open(await server.NewVaultAsync());
        Token[] tokens = await Task.WhenAll(Enumerable.Range(0, 32).Select(worker => Task.Run(async () => await Tokenizer(vault).TokenizeAsync(
            new("Springfield"), PhiCategory.Geography, Context with { Subject = new SubjectId(new Digest256(9, (ulong)(worker % 5))) }))));

        Assert.Single(tokens.Distinct());
        Assert.Null((await vault.FindAsync(tokens[0], Context.Scope))!.Subject);
    }

    [Fact]
    public async Task No_value_stands_on_the_server_and_none_in_its_log()
    {
        PostgreSqlVaultOptions options = await server.NewVaultAsync();
        await using var vault = PostgreSqlTokenVault.Open(options);
        await Tokenizer(vault).TokenizeAsync(new("Zebediah Quillfeather-Canary"), PhiCategory.PersonName, Context);
        string row = (string)(await server.ExecuteAsync($"SELECT t::text || encode(envelope, 'escape') FROM {options.Schema}.token t"))!;
        Assert.DoesNotContain("Quillfeather", row, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Convert.ToHexString("Quillfeather"u8), row, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_crash_of_the_server_loses_no_token_that_was_handed_out_and_the_vault_goes_on()
    {
        await using var vault = PostgreSqlTokenVault.Open(await server.NewVaultAsync());
        VaultTokenizer tokenizer = Tokenizer(vault);
        var tokens = new List<Token>();
        for (int i = 0; i < 30; i++)
            tokens.Add(await tokenizer.TokenizeAsync(new($"Person {i}"), PhiCategory.PersonName, Context));

        await server.CrashAsync();

        // Each idle connection learns by itself that its server is gone.
        MedRedactException? fault = null;
        for (int attempt = 0; attempt < 80; attempt++)
        {
            try
            {
                Assert.Equal(tokens[0], await tokenizer.TokenizeAsync(new("Person 0"), PhiCategory.PersonName, Context));
                fault = null;
                break;
            }
            catch (MedRedactException gone)
            {
                fault = gone;
                Assert.Equal(Faults.ServerUnavailable, gone.Code);
                Assert.Null(gone.InnerException);
            }
        }

        Assert.Null(fault);
        for (int i = 0; i < 30; i++)
            Assert.Equal(tokens[i], await tokenizer.TokenizeAsync(new($"PERSON {i}"), PhiCategory.PersonName, Context));
    }

    private static VaultTokenizer Tokenizer(ITokenVault vault) => new(vault, new EnvelopeSealer(s_keys), s_keys, TimeProvider.System);
}
