using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using MedRedact.Envelope;
using MedRedact.KeyManagement;
using MedRedact.Storage;
using Microsoft.Data.Sqlite;

namespace MedRedact.Benchmarks;

/// <summary>Making tokens in the SQLite vault, beside bare SQLite inserts of rows of the same size with the same indexes (WAL, FULL), in turns in one run; and giving values back.</summary>
/// <remarks>Bounds: batches of 1,000 at least 0.4 of bare transactions of 1,000, one by one at least 0.6 of bare single inserts, look-up and opening p99 at most 0.3 ms.
/// Usage: <c>vault [values] [rounds] [folder]</c>; the folder should lie on the disk that is meant.</remarks>
internal static class VaultSpeed
{
    private const int Batch = 1_000;

    private static readonly TokenContext Context = new(new TenantId("clinic-a"), new TokenScope("clinic-a"));

    public static async Task<int> RunAsync(string[] args)
    {
        int values = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 20_000;
        int rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 5;
        string folder = Directory.CreateDirectory(Path.Combine(args.Length > 2 ? args[2] : Path.GetTempPath(), Path.GetRandomFileName())).FullName;
        try
        {
            using var keys = new LocalKeyRing(new LocalKeyRingOptions { Home = folder }, TimeProvider.System);
            var sealer = new EnvelopeSealer(keys);
            int envelope = await EnvelopeSizeAsync(Path.Combine(folder, "sample.db"), sealer, keys);
            List<double> batched = [], single = [];
            double batchRate = 0, singleRate = 0;

            // The first round is for the compiler.
            for (int round = 0; round <= rounds; round++)
            {
                double ours = await TokenizeAsync(Path.Combine(folder, $"{round}-batch.db"), sealer, keys, values, Batch);
                double bare = Bare(Path.Combine(folder, $"{round}-bare-batch.db"), envelope, values, Batch);
                double oursSingle = await TokenizeAsync(Path.Combine(folder, $"{round}-single.db"), sealer, keys, values / 20, 1);
                double bareSingle = Bare(Path.Combine(folder, $"{round}-bare-single.db"), envelope, values / 20, 1);
                if (round == 0)
                    continue;

                batched.Add(bare / ours);
                single.Add(bareSingle / oursSingle);
                batchRate = Math.Max(batchRate, values / ours);
                singleRate = Math.Max(singleRate, values / 20 / oursSingle);
            }

            (double median, double p99) = await RevealAsync(Path.Combine(folder, $"{rounds}-batch.db"), sealer, keys, values);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"batches of {Batch:N0}: {batchRate:N0} tokens/s, {Bench.Median(batched):F2} x bare inserts ({batched.Min():F2} to {batched.Max():F2}); one by one: {singleRate:N0} tokens/s, " +
                $"{Bench.Median(single):F2} x ({single.Min():F2} to {single.Max():F2}); envelope {envelope} bytes; look-up and opening {median:F3} ms, p99 {p99:F3} ms"));
            return Bench.Median(batched) >= 0.4 && Bench.Median(single) >= 0.6 && p99 <= 0.3 ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<int> EnvelopeSizeAsync(string path, IObjectSealer sealer, IKeyProvider keys)
    {
        using SqliteTokenVault vault = SqliteTokenVault.Open(path);
        Token token = await new VaultTokenizer(vault, sealer, keys, TimeProvider.System).TokenizeAsync(new("Person 10000"), PhiCategory.PersonName, Context);
        return (await vault.FindAsync(token, Context.Scope))!.Envelope.Length;
    }

    private static async Task<double> TokenizeAsync(string path, IObjectSealer sealer, IKeyProvider keys, int values, int batch)
    {
        using SqliteTokenVault vault = SqliteTokenVault.Open(path);
        var tokenizer = new VaultTokenizer(vault, sealer, keys, TimeProvider.System);
        ImmutableArray<TokenizedValue> all = [.. Enumerable.Range(0, values).Select(i => new TokenizedValue(new($"Person {i}"), PhiCategory.PersonName))];
        var watch = Stopwatch.StartNew();
        for (int start = 0; start < values; start += batch)
        {
            if (batch == 1)
                await tokenizer.TokenizeAsync(all[start].Value, all[start].Category, Context);
            else
                await tokenizer.TokenizeAsync(all[start..Math.Min(values, start + batch)], Context);
        }

        return watch.Elapsed.TotalSeconds;
    }

    private static double Bare(string path, int envelope, int rows, int batch)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        foreach (string sql in (string[])[
            "PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", "PRAGMA secure_delete = ON",
            """
            CREATE TABLE token (scope TEXT NOT NULL, token TEXT NOT NULL, tenant TEXT NOT NULL, category TEXT NOT NULL, idx BLOB NOT NULL, envelope BLOB NOT NULL,
                created INTEGER NOT NULL, expires INTEGER, held INTEGER NOT NULL DEFAULT 0, subject BLOB, PRIMARY KEY (scope, token)) STRICT, WITHOUT ROWID
            """,
            "CREATE UNIQUE INDEX token_by_value ON token (scope, category, idx)"])
        {
            using SqliteCommand setUp = connection.CreateCommand();
            setUp.CommandText = sql;
            setUp.ExecuteNonQuery();
        }

        (string Token, byte[] Index, byte[] Envelope)[] all =
        [
            .. Enumerable.Range(0, rows).Select(_ => (
                TokenFormat.Create(PhiCategory.PersonName, RandomNumberGenerator.GetBytes(16)).Value, RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(envelope))),
        ];
        var watch = Stopwatch.StartNew();
        using SqliteCommand insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO token VALUES ('clinic-a', $token, 'clinic-a', 'safe-harbor:name', $idx, $envelope, 1770000000000, NULL, 0, NULL)";
        SqliteParameter token = insert.Parameters.Add("$token", SqliteType.Text), idx = insert.Parameters.Add("$idx", SqliteType.Blob), sealedValue = insert.Parameters.Add("$envelope", SqliteType.Blob);
        for (int start = 0; start < rows; start += batch)
        {
            using SqliteTransaction transaction = connection.BeginTransaction();
            insert.Transaction = transaction;
            for (int i = start; i < Math.Min(rows, start + batch); i++)
            {
                (token.Value, idx.Value, sealedValue.Value) = (all[i].Token, all[i].Index, all[i].Envelope);
                insert.ExecuteNonQuery();
            }

            transaction.Commit();
        }

        return watch.Elapsed.TotalSeconds;
    }

    private static async Task<(double Median, double P99)> RevealAsync(string path, IObjectSealer sealer, IKeyProvider keys, int values)
    {
        using SqliteTokenVault vault = SqliteTokenVault.Open(path);
        ImmutableArray<Token> tokens = await new VaultTokenizer(vault, sealer, keys, TimeProvider.System).TokenizeAsync(
            [.. Enumerable.Range(0, Math.Min(values, 5_000)).Select(i => new TokenizedValue(new($"Person {i}"), PhiCategory.PersonName))], Context);
        var detokenizer = new VaultDetokenizer(vault, sealer, new NoLedger(), TimeProvider.System, new RevealLimit(1_000_000, 1_000_000));
        AccessGrant grant = Grant();
        var times = new List<double>();
        for (int pass = 0; pass < 3; pass++)
        {
            times.Clear();
            foreach (Token token in tokens)
            {
                long start = Stopwatch.GetTimestamp();
                if (await detokenizer.RevealAsync(token, Context.Scope, grant) is null)
                    throw new InvalidOperationException("A token led nowhere.");

                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }

        times.Sort();
        return (times[times.Count / 2], times[times.Count * 99 / 100]);
    }

    /// <summary>Only the core may make a grant; a measure of the vault alone needs one all the same.</summary>
    private static AccessGrant Grant() => (AccessGrant)Activator.CreateInstance(
        typeof(AccessGrant), BindingFlags.Instance | BindingFlags.NonPublic, null,
        [new AccessRequest(Bench.Actor, PurposeOfUse.Operations, AccessAction.RevealToken, Context.Tenant, null), DateTimeOffset.MaxValue, default(AuditReceipt)], null)!;

    private sealed class NoLedger : IAuditSink
    {
        public ValueTask<AuditReceipt> AppendAsync(AuditEvent auditEvent, CancellationToken cancellationToken = default) => default;
    }
}
