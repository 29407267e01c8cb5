using System.Collections.Immutable;
using MedRedact.Durability;
using Microsoft.Data.Sqlite;

namespace MedRedact.Storage;

/// <summary>A kind of database file: what marks it, and how an empty one is made.</summary>
/// <param name="ApplicationId">Marks the file.</param>
/// <param name="Version">The version of its tables.</param>
/// <param name="Schema">Makes them.</param>
/// <param name="Unknown">What is said of a file that is another.</param>
/// <param name="Failed">What is said where the disk refuses.</param>
internal sealed record DatabaseKind(int ApplicationId, int Version, string Schema, FaultCode Unknown, FaultCode Failed)
{
    private const int Corrupt = 11;
    private const int NotADatabase = 26;

    /// <summary>What makes a file of version 1 one of version 2, one of version 2 one of version 3, and so on.</summary>
    public ImmutableArray<string> Upgrades { get; init; } = [];

    /// <summary>What is said of a database's fault. Its own message can hold a path, and is not passed on.</summary>
    public MedRedactException Refuse(Exception fault) =>
        Faults.Refuse(fault is SqliteException { SqliteErrorCode: Corrupt or NotADatabase } ? Unknown : Failed, fault as DurabilityException);
}

/// <summary>Opens a database file for its one writer, and makes it where it is missing: mode 0600, write-ahead log, every commit synced.</summary>
internal static class DatabaseFile
{
    public static string ConnectionString(string path, SqliteOpenMode mode) => new SqliteConnectionStringBuilder
    {
        DataSource = path,
        Mode = mode,
        Pooling = false,
        DefaultTimeout = 30,
    }.ToString();

    public static SqliteConnection Open(string path, DatabaseKind kind)
    {
        var connection = new SqliteConnection(ConnectionString(path, SqliteOpenMode.ReadWrite));
        try
        {
            MakeFile(path);
            connection.Open();
            Prepare(connection, kind);
            return connection;
        }
        catch (Exception fault) when (fault is SqliteException or DurabilityException)
        {
            connection.Dispose();
            throw kind.Refuse(fault);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Executes one statement after the other: of several in one command the provider passes over a fault in any but the first, and all that follow it.</summary>
    public static void Execute(SqliteConnection connection, string statements)
    {
        foreach (string sql in statements.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
    }

    public static long Scalar(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

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

    private static void Prepare(SqliteConnection connection, DatabaseKind kind)
    {
        // FULL: a commit is on disk before it is acknowledged. secure_delete: what is deleted is overwritten.
        Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA trusted_schema = OFF;");

        using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
        long application = Scalar(connection, "PRAGMA application_id"), version = Scalar(connection, "PRAGMA user_version");
        if (application == 0 && version == 0 && Scalar(connection, "SELECT count(*) FROM sqlite_schema") == 0)
            Execute(connection, $"{kind.Schema} PRAGMA application_id = {kind.ApplicationId}; PRAGMA user_version = {kind.Version};");
        else if (application == kind.ApplicationId && version >= 1 && version <= kind.Upgrades.Length)
            Execute(connection, $"{string.Concat(kind.Upgrades.Skip((int)version - 1))} PRAGMA user_version = {kind.Version};");
        else if (application != kind.ApplicationId || version != kind.Version)
            throw Faults.Refuse(kind.Unknown);

        transaction.Commit();
    }
}
