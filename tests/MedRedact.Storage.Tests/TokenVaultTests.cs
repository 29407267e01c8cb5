using System.Text;
using CsCheck;
using MedRedact.Envelope;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace MedRedact.Storage.Tests;

public sealed class TokenVaultTests : IDisposable
{
    private const string Canary = "Zebediah Quillfeather-Canary";

    private readonly Folder _folder = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 2, 3, 4, 5, 6, TimeSpan.Zero));
    private readonly LedgerFake _ledger = new();
    private SqliteTokenVault _vault;

    public TokenVaultTests() => _vault = SqliteTokenVault.Open(_folder["tokens.db"]);

    private static EnvelopeSealer Sealer { get; } = new(Machine.KeyRing);

    private VaultTokenizer Tokenizer => new(_vault, Sealer, Machine.KeyRing, _time);

    private VaultDetokenizer Detokenizer => new(_vault, Sealer, _ledger, _time, new RevealLimit(1_000_000));

    private AccessGrant Grant => Sample.Grant(_time.GetUtcNow().AddMinutes(5));

    public void Dispose()
    {
        _vault.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_value_comes_back_from_its_token_and_the_access_is_on_record_first()
    {
        Token token = await TokenizeAsync(Canary);

        Phi<string>? value = await Detokenizer.RevealAsync(token, Sample.Scope, Grant);

        Assert.Equal(Canary, value!.Value.Reveal());
        AuditEvent recorded = Assert.Single(_ledger.Events);
        Assert.Equal(AuditKind.TokenRevealed, recorded.Kind);
        Assert.Equal(AuditDecision.Permitted, recorded.Decision);
        Assert.Contains(new AuditField("token", AuditValue.Of(token)), recorded.Fields);

        _ledger.Refuses = true;
        await Assert.ThrowsAsync<MedRedactException>(async () => await Detokenizer.RevealAsync(token, Sample.Scope, Grant));
    }

    [Fact]
    public async Task A_grant_for_something_else_of_yesterday_or_of_another_tenant_reveals_nothing()
    {
        Token token = await TokenizeAsync(Canary);
        DateTimeOffset later = _time.GetUtcNow().AddMinutes(5);

        foreach (AccessGrant useless in new[] { Sample.Grant(later, AccessAction.ReadRedacted), Sample.Grant(_time.GetUtcNow()) })
        {
            MedRedactException refusal = await Assert.ThrowsAsync<MedRedactException>(async () => await Detokenizer.RevealAsync(token, Sample.Scope, useless));
            Assert.Equal(Faults.NotGranted, refusal.Code);
        }

        Assert.Null(await Detokenizer.RevealAsync(token, Sample.Scope, Sample.Grant(later, tenant: new TenantId("clinic-b"))));
        Assert.Equal(AuditDecision.Denied, Assert.Single(_ledger.Events).Decision);
    }

    [Fact]
    public async Task An_unknown_a_forged_and_a_foreign_token_are_not_found_and_not_written_down()
    {
        Token known = await TokenizeAsync(Canary);
        Token unknown = TokenFormat.Create(PhiCategory.PersonName, new byte[16]);

        Assert.Null(await Detokenizer.RevealAsync(unknown, Sample.Scope, Grant));
        Assert.Null(await Detokenizer.RevealAsync(new Token("JOHN-SMITH"), Sample.Scope, Grant));
        Assert.Null(await Detokenizer.RevealAsync(known, new TokenScope("study-9"), Grant));

        Assert.Equal(3, _ledger.Events.Count);
        Assert.All(_ledger.Events, recorded => Assert.DoesNotContain(recorded.Fields, field => field.Name == "token"));
    }

    [Fact]
    public async Task One_value_keeps_one_token_within_scope_and_category_and_nowhere_else()
    {
        Token token = await TokenizeAsync(Canary);

        Assert.Equal(token, await TokenizeAsync("  zebediah   QUILLFEATHER\u2010canary "));
        Assert.Equal(token, await Tokenizer.TokenizeAsync(new(Canary), PhiCategory.PersonName, new TokenContext(new TenantId("clinic-b"), Sample.Scope)));
        Assert.NotEqual(token, await TokenizeAsync(Canary + "s"));
        Assert.NotEqual(token, await Tokenizer.TokenizeAsync(new(Canary), PhiCategory.ClinicianName, Sample.Context));
        Assert.NotEqual(token, await Tokenizer.TokenizeAsync(new(Canary), PhiCategory.PersonName, new TokenContext(Sample.Tenant, new TokenScope("study-9"))));
    }

    [Fact]
    public async Task Any_value_comes_back_as_it_came_but_for_case_and_spacing() => await Gen.String.SampleAsync(
        async value =>
        {
            // What is no Unicode text, lone surrogates, cannot be recognized text either.
            string text = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(value));
            Token token = await Tokenizer.TokenizeAsync(new(text), PhiCategory.Unique, Sample.Context);
            Phi<string>? back = await Detokenizer.RevealAsync(token, Sample.Scope, Grant);
            return ValueNormalizer.Normalize(back!.Value.Reveal()).AsSpan().SequenceEqual(ValueNormalizer.Normalize(text));
        },
        seed: "0000TokVault1",
        iter: 20,
        threads: 1);

    [Fact]
    public async Task Very_short_and_very_long_values_are_values_too()
    {
        foreach (string value in new[] { "", "x", new string('y', 100_000) })
        {
            Phi<string>? back = await Detokenizer.RevealAsync(await TokenizeAsync(value), Sample.Scope, Grant);
            Assert.Equal(value, back!.Value.Reveal());
        }
    }

    [Fact]
    public async Task Many_threads_that_tokenize_the_same_values_make_one_row_a_value()
    {
        using SqliteTokenVault second = SqliteTokenVault.Open(_folder["tokens.db"]);
        VaultTokenizer[] tokenizers = [Tokenizer, new(second, Sealer, Machine.KeyRing, _time)];

        Token[][] all = await Task.WhenAll(Enumerable.Range(0, 32).Select(worker => Task.Run(async () =>
        {
            var tokens = new Token[25];
            for (int i = 0; i < tokens.Length; i++)
                tokens[i] = await tokenizers[worker % 2].TokenizeAsync(new($"Person {i}"), PhiCategory.PersonName, Sample.Context);

            return tokens;
        })));

        Assert.All(all, tokens => Assert.Equal(all[0], tokens));
        Assert.Equal(25L, Scalar("SELECT count(*) FROM token"));
    }

    [Fact]
    public async Task No_value_stands_in_the_files_of_the_vault()
    {
        for (int i = 0; i < 50; i++)
            await TokenizeAsync($"{Canary} {i}");

        string[] files = [.. _folder.Files];
        Assert.Contains(files, file => file.EndsWith("-wal", StringComparison.Ordinal));
        foreach (string file in files)
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            byte[] bytes = ReadShared(file);
            foreach (byte[] trace in Traces(Canary).Concat(Traces("QUILLFEATHER")))
                Assert.Equal(-1, bytes.AsSpan().IndexOf(trace));
        }
    }

    [Fact]
    public async Task A_row_that_was_exchanged_or_damaged_is_refused()
    {
        Token first = await TokenizeAsync("First Person");
        Token second = await TokenizeAsync("Second Person");
        Execute($"UPDATE token SET envelope = (SELECT envelope FROM token WHERE token = '{second}') WHERE token = '{first}'");

        Assert.Equal(Faults.BrokenRow, (await Assert.ThrowsAsync<MedRedactException>(async () => await Detokenizer.RevealAsync(first, Sample.Scope, Grant))).Code);

        Execute($"UPDATE token SET envelope = x'00' WHERE token = '{second}'");
        Assert.Equal(Faults.BrokenRow, (await Assert.ThrowsAsync<MedRedactException>(async () => await Detokenizer.RevealAsync(second, Sample.Scope, Grant))).Code);
        Assert.Empty(_ledger.Events);
    }

    [Fact]
    public async Task A_crash_loses_no_token_that_was_handed_out_and_a_torn_log_is_cut()
    {
        var handedOut = new List<Token>();
        for (int i = 0; i < 40; i++)
            handedOut.Add(await TokenizeAsync($"Person {i}"));

        byte[] database = ReadShared(_folder["tokens.db"]), log = ReadShared(_folder["tokens.db-wal"]);
        await ExpectAsync(log, handedOut.Count);
        for (int cut = 0; cut < log.Length; cut += 4099)
            await ExpectAsync(log[..cut], null);

        async Task ExpectAsync(byte[] tornLog, int? found)
        {
            using var crashed = new Folder();
            await File.WriteAllBytesAsync(crashed["tokens.db"], database);
            await File.WriteAllBytesAsync(crashed["tokens.db-wal"], tornLog);
            using SqliteTokenVault after = SqliteTokenVault.Open(crashed["tokens.db"]);

            var detokenizer = new VaultDetokenizer(after, Sealer, _ledger, _time);
            int count = 0;
            foreach (Token token in handedOut)
            {
                if (await detokenizer.RevealAsync(token, Sample.Scope, Grant) is not { } value)
                    break;

                Assert.Equal($"Person {count++}", value.Reveal());
            }

            Assert.Equal(found ?? count, count);
        }
    }

    [Fact]
    public async Task Purged_tokens_are_gone_and_their_values_get_new_ones()
    {
        Token old = await TokenizeAsync(Canary);
        _time.Advance(TimeSpan.FromDays(1));
        Token recent = await TokenizeAsync("Somebody Else");

        Assert.Equal(1, await _vault.PurgeAsync(Sample.Scope, _time.GetUtcNow()));

        Assert.Null(await Detokenizer.RevealAsync(old, Sample.Scope, Grant));
        Assert.NotNull(await Detokenizer.RevealAsync(recent, Sample.Scope, Grant));
        Assert.NotEqual(old, await TokenizeAsync(Canary));
    }

    [Fact]
    public async Task Tokens_survive_a_restart()
    {
        Token token = await TokenizeAsync(Canary);
        _vault.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await TokenizeAsync("after the end"));
        _vault = SqliteTokenVault.Open(_folder["tokens.db"]);

        Assert.Equal(token, await TokenizeAsync(Canary));
    }

    [Fact]
    public void A_file_that_is_no_vault_is_left_alone()
    {
        File.WriteAllText(_folder["notes.db"], new string('n', 5000));
        Assert.Equal(Faults.UnknownVault, Assert.Throws<MedRedactException>(() => SqliteTokenVault.Open(_folder["notes.db"])).Code);
        Assert.Equal(new string('n', 5000), File.ReadAllText(_folder["notes.db"]));

        using (var other = new SqliteConnection($"Data Source={_folder["other.db"]};Pooling=False"))
        {
            other.Open();
            using SqliteCommand command = other.CreateCommand();
            command.CommandText = "CREATE TABLE something (a)";
            command.ExecuteNonQuery();
        }

        MedRedactException refusal = Assert.Throws<MedRedactException>(() => SqliteTokenVault.Open(_folder["other.db"]));
        Assert.Equal(Faults.UnknownVault, refusal.Code);
        Assert.DoesNotContain(_folder.Path, refusal.ToString(), StringComparison.Ordinal);
    }

    private ValueTask<Token> TokenizeAsync(string value) => Tokenizer.TokenizeAsync(new(value), PhiCategory.PersonName, Sample.Context);

    private static IEnumerable<byte[]> Traces(string value) =>
    [
        Encoding.UTF8.GetBytes(value),
        Encoding.Unicode.GetBytes(value),
        Encoding.ASCII.GetBytes(Convert.ToHexString(Encoding.UTF8.GetBytes(value))),
        Encoding.ASCII.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes(value))[..16]),
    ];

    private static byte[] ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private object? Scalar(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_folder["tokens.db"]};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    private void Execute(string sql) => Scalar(sql);
}
