using Microsoft.Data.Sqlite;

namespace MedRedact.Storage;

/// <summary>The secret that all keys of a zone are wrapped under for a time, wrapped itself by the zone's wrapping key.</summary>
internal sealed record EpochRow(StorageZone Zone, long Number, WrappedKey Wrapped);

/// <summary>The statements about a register's epochs, and about the wrapping keys that it let go of.</summary>
internal static class RegisterEpochs
{
    private const string Columns = "zone, number, key, blob";

    public static IReadOnlyList<EpochRow> All(Statements statements) => Read(statements.Query($"SELECT {Columns} FROM epoch ORDER BY zone, number"));

    public static EpochRow? Find(Statements statements, StorageZone zone, long number) =>
        Read(statements.Query($"SELECT {Columns} FROM epoch WHERE zone = $1 AND number = $2", (long)zone, number)).SingleOrDefault();

    /// <summary>The epoch that new keys of a zone belong to.</summary>
    public static EpochRow? Newest(Statements statements, StorageZone zone) =>
        Read(statements.Query($"SELECT {Columns} FROM epoch WHERE zone = $1 ORDER BY number DESC LIMIT 1", (long)zone)).SingleOrDefault();

    public static void Add(Statements statements, EpochRow row, long now) => statements.Execute(
        $"INSERT INTO epoch ({Columns}, created) VALUES ($1, $2, $3, $4, $5)", (long)row.Zone, row.Number, row.Wrapped.WrappedBy.Value, row.Wrapped.Blob.ToArray(), now);

    /// <summary>Wraps a secret anew, unless somebody else did meanwhile; the wrapping key before is noted as one that was let go.</summary>
    public static bool Replace(Statements statements, EpochRow was, WrappedKey wrapped)
    {
        bool replaced = statements.Execute(
            "UPDATE epoch SET key = $1, blob = $2 WHERE zone = $3 AND number = $4 AND blob = $5",
            wrapped.WrappedBy.Value, wrapped.Blob.ToArray(), (long)was.Zone, was.Number, was.Wrapped.Blob.ToArray()) == 1;
        if (replaced)
            statements.Execute("INSERT OR IGNORE INTO let_go (key) VALUES ($1)", was.Wrapped.WrappedBy.Value);
        return replaced;
    }

    /// <summary>Forgets the epochs before one that nothing lies under any more.</summary>
    public static int DropBefore(Statements statements, StorageZone zone, long number)
    {
        string unused = "zone = $1 AND number < $2 AND NOT EXISTS (SELECT 1 FROM object_key WHERE object_key.zone = $1 AND object_key.epoch = epoch.number)"
            + (zone == KeyRegister.SubjectZone ? " AND NOT EXISTS (SELECT 1 FROM subject_key WHERE subject_key.epoch = epoch.number)" : "");
        statements.Execute($"INSERT OR IGNORE INTO let_go (key) SELECT key FROM epoch WHERE {unused}", (long)zone, number);
        return statements.Execute($"DELETE FROM epoch WHERE {unused}", (long)zone, number);
    }

    /// <summary>The wrapping keys that secrets here were wrapped by and none is any more: only these are the register's to retire.</summary>
    public static IReadOnlyList<KeyId> LetGo(Statements statements) => Rows.Read(
        statements.Query("SELECT key FROM let_go WHERE key NOT IN (SELECT key FROM epoch) ORDER BY key"), static row => new KeyId(row.GetString(0)), Faults.BrokenRegister);

    public static int Forget(Statements statements, KeyId key) => statements.Execute("DELETE FROM let_go WHERE key = $1", key.Value);

    private static List<EpochRow> Read(SqliteDataReader rows) => Rows.Read(
        rows,
        static row => new EpochRow((StorageZone)row.GetInt32(0), row.GetInt64(1), new WrappedKey(new KeyId(row.GetString(2)), row.GetFieldValue<byte[]>(3))),
        Faults.BrokenRegister);
}
