using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace MedRedact.Benchmarks;

/// <summary>Rows in SQLite, WAL and synchronous=FULL, committed together as the ledger's batches were.</summary>
internal static class LedgerSqlite
{
    /// <param name="path">The database; made, and gone afterwards.</param>
    /// <param name="batches">The sizes of the batches.</param>
    /// <param name="eventSize">The size of a row.</param>
    /// <returns>Seconds.</returns>
    public static double Run(string path, int[] batches, int eventSize)
    {
        byte[] row = RandomNumberGenerator.GetBytes(eventSize);
        double seconds;
        using (var connection = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            connection.Open();
            using (SqliteCommand setUp = connection.CreateCommand())
            {
                setUp.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE event (seq INTEGER PRIMARY KEY, leaf BLOB NOT NULL)";
                setUp.ExecuteNonQuery();
            }

            using SqliteCommand insert = connection.CreateCommand();
            insert.CommandText = "INSERT INTO event (leaf) VALUES ($leaf)";
            insert.Parameters.AddWithValue("$leaf", row);
            insert.Prepare();
            var watch = Stopwatch.StartNew();
            foreach (int size in batches)
            {
                using SqliteTransaction transaction = connection.BeginTransaction();
                insert.Transaction = transaction;
                for (int i = 0; i < Math.Max(1, size / eventSize); i++)
                    insert.ExecuteNonQuery();
                transaction.Commit();
            }

            seconds = watch.Elapsed.TotalSeconds;
        }

        foreach (string file in new[] { path, path + "-wal", path + "-shm" })
            File.Delete(file);
        return seconds;
    }
}
