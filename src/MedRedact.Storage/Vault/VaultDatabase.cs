using MedRedact.Durability;
using Microsoft.Data.Sqlite;

namespace MedRedact.Storage;

/// <summary>Opens the database file of a vault, and makes it where it is missing.</summary>
internal static class VaultDatabase
{
    private const int ApplicationId = 0x4D525654;   // "MRVT"
    private const int Version = 2;
    private const int Corrupt = 11;
    private const int NotADatabase = 26;

    private const string Indexes = """
        CREATE INDEX token_by_expiry ON token (scope, expires) WHERE expires IS NOT NULL;
        CREATE INDEX token_by_subject ON token (tenant, subject) WHERE subject IS NOT NULL;
        """;

    private const string Schema = $"""
        CREATE TABLE token (
            scope    TEXT    NOT NULL,
            token    TEXT    NOT NULL,
            tenant   TEXT    NOT NULL,
            category TEXT    NOT NULL,
            idx      BLOB    NOT NULL,
            envelope BLOB    NOT NULL,
            created  INTEGER NOT NULL,
            expires  INTEGER,
            held     INTEGER NOT NULL DEFAULT 0,
            subject  BLOB,
            PRIMARY KEY (scope, token)
        ) STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX token_by_value ON token (scope, category, idx);
        {Indexes}
        """;

    private const string FromVersion1 = $"""
        ALTER TABLE token ADD COLUMN expires INTEGER;
        ALTER TABLE token ADD COLUMN held INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE token ADD COLUMN subject BLOB;
        {Indexes}
        """;

    public static string ConnectionString(string path, SqliteOpenMode mode) => new SqliteConnectionStringBuilder
    {
        DataSource = path,
        Mode = mode,
        Pooling = false,
        DefaultTimeout = 30,
    }.ToString();

    /// <summary>The connection of the one writer.</summary>
    public static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(ConnectionString(path, SqliteOpenMode.ReadWrite));
        try
        {
            MakeFile(path);
            connection.Open();
            Prepare(connection);
            return connection;
        }
        catch (Exception fault) when (fault is SqliteException or DurabilityException)
        {
            connection.Dispose();
            throw Refuse(fault);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>What is said of a database's fault. Its own message can hold a path, and is not passed on.</summary>
    public static MedRedactException Refuse(Exception fault) =>
        Faults.Refuse(fault is SqliteException { SqliteErrorCode: Corrupt or NotADatabase } ? Faults.UnknownVault : Faults.VaultFailed, fault as DurabilityException);

    /// <summary>SQLite would let the process's mask decide who may read the file, and gives its log the mode of the file.</summary>
    private static void MakeFile(string path)
    {
        string folder = Path.GetDirectoryName(path)!;
        DurableDirectory.Create(folder);
        if (File.Exists(path))
            return;

        try
        {
            PhysicalFileOperations.Instance.Open(path, FileOpening.CreateNew).Dispose();
            PhysicalFileOperations.Instance.SyncDirectory(folder);
        }
        catch (DurabilityException race) when (race.Fault == DurabilityFault.AlreadyExists)
        {
            // Another process was faster.
        }
    }

    private static void Prepare(SqliteConnection connection)
    {
        // FULL: a commit is on disk before it is acknowledged. secure_delete: what is purged is overwritten.
        Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA trusted_schema = OFF;");

        using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
        long application = Scalar(connection, "PRAGMA application_id"), version = Scalar(connection, "PRAGMA user_version");
        if (application == 0 && version == 0 && Scalar(connection, "SELECT count(*) FROM sqlite_schema") == 0)
            Execute(connection, $"{Schema} PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Version};");
        else if (application == ApplicationId && version == 1)
            Execute(connection, $"{FromVersion1} PRAGMA user_version = {Version};");
        else if (application != ApplicationId || version != Version)
            throw Faults.Refuse(Faults.UnknownVault);

        transaction.Commit();
    }

    /// <summary>Executes one statement after the other: of several in one command the provider passes over a fault in any but the first, and all that follow it.</summary>
    private static void Execute(SqliteConnection connection, string statements)
    {
        foreach (string sql in statements.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
    }

    private static long Scalar(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
}
