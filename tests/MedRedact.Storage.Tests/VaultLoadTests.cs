using Microsoft.Data.Sqlite;

namespace MedRedact.Storage.Tests;

public sealed class VaultLoadTests : IDisposable
{
    private const int Threads = 64;

    private readonly VaultRig _rig = new();

    public void Dispose() => _rig.Dispose();

    /// <summary>With <c>MEDREDACT_SOAK=1</c> a million calls on a thousand values, else twelve thousand on two hundred.</summary>
    [Fact]
    public async Task Any_number_of_calls_from_64_threads_leave_exactly_one_row_a_value()
    {
        bool soak = Environment.GetEnvironmentVariable("MEDREDACT_SOAK") == "1";
        int values = soak ? 1000 : 200, calls = soak ? 1_000_000 : 12_000;
        VaultTokenizer tokenizer = _rig.Tokenizer;
        var tokens = new Token[values];
        int different = 0;
        Task[] workers = [.. Enumerable.Range(0, Threads).Select(worker => Task.Factory.StartNew(
            () =>
            {
                for (int call = worker; call < calls; call += Threads)
                {
                    int value = (int)(call * 2654435761L % values);
                    Token token = tokenizer.TokenizeAsync(new($"Person {value}"), PhiCategory.PersonName, Sample.Context).AsTask().GetAwaiter().GetResult();
                    lock (tokens)
                    {
                        if (tokens[value].Value is null)
                            tokens[value] = token;
                        else if (tokens[value] != token)
                            different++;
                    }
                }
            },
            TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        await Task.WhenAll(workers);

        Assert.Equal(0, different);
        Assert.Equal(values, tokens.Distinct().Count());
        Assert.Equal((long)values, Scalar("SELECT count(*) FROM token"));
        Assert.Equal((long)values, Scalar("SELECT count(DISTINCT idx) FROM token"));
    }

    [Fact]
    public async Task While_another_process_writes_a_caller_can_still_leave_and_what_it_asked_for_is_done_afterwards()
    {
        await _rig.TokenizeAsync("Person 1");
        using var leaving = new CancellationTokenSource();
        using (var other = new SqliteConnection($"Data Source={_rig.File};Pooling=False"))
        {
            other.Open();
            using SqliteTransaction writing = other.BeginTransaction(deferred: false);
            ValueTask<Token> asked = _rig.Tokenizer.TokenizeAsync(new("Person 2"), PhiCategory.PersonName, Sample.Context, leaving.Token);
            Assert.False(asked.IsCompleted);

            await leaving.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await asked);
        }

        Token token = await _rig.TokenizeAsync("Person 2");
        Assert.Equal("Person 2", await _rig.RevealAsync(token));
        Assert.Equal(2L, Scalar("SELECT count(*) FROM token"));
    }

    [Fact]
    public async Task A_batch_gives_the_same_tokens_as_single_calls_and_one_a_value()
    {
        string[] names = [.. Enumerable.Range(0, 700).Select(i => $"Person {i % 500}")];
        Token first = await _rig.TokenizeAsync("PERSON 7");
        var tokens = await _rig.Tokenizer.TokenizeAsync([.. names.Select(name => new TokenizedValue(new(name), PhiCategory.PersonName))], Sample.Context);

        Assert.Equal(first, tokens[7]);
        Assert.Equal(500, tokens.Distinct().Count());
        Assert.Equal(tokens[..200], tokens[500..]);
        Assert.Equal(tokens[499], await _rig.TokenizeAsync("Person 499"));
        Assert.Equal("Person 8", await _rig.RevealAsync(tokens[8]));
        Assert.Empty(await _rig.Tokenizer.TokenizeAsync([], Sample.Context));
    }

    private object? Scalar(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_rig.File};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
