using Npgsql;

namespace MedRedact.Storage.PostgreSql;

/// <summary>Makes the tables of a vault where they are missing, and refuses those it does not know. A user who may only read and write rows finds them made.</summary>
internal static class VaultSchema
{
    private const int Version = 1;
    private const long Lock = 0x4D525654;   // "MRVT"

    public static void Prepare(NpgsqlDataSource source, string schema)
    {
        using NpgsqlConnection connection = source.OpenConnection();
        if (Find(connection, schema) is { } version)
        {
            Check(version);
            return;
        }

        // Hosts that start together wait here for each other; the second finds the tables made. The lock is the session's and not a transaction's: only at the start of
        // a transaction does a session learn of names that others made.
        Execute(connection, $"SELECT pg_advisory_lock({Lock})");
        try
        {
            if (Find(connection, schema) is { } made)
                Check(made);
            else
                Make(connection, schema);
        }
        finally
        {
            if (connection.FullState.HasFlag(System.Data.ConnectionState.Open))
                Execute(connection, $"SELECT pg_advisory_unlock({Lock})");
        }
    }

    private static void Make(NpgsqlConnection connection, string schema)
    {
        using NpgsqlTransaction transaction = connection.BeginTransaction();
        Execute(connection, Tables(schema));
        transaction.Commit();
    }

    private static void Check(int version)
    {
        if (version != Version)
            throw Faults.Refuse(Faults.UnknownSchema);
    }

    private static int? Find(NpgsqlConnection connection, string schema)
    {
        using (var table = new NpgsqlCommand("SELECT to_regclass($1) IS NOT NULL", connection) { Parameters = { new() { Value = $"{schema}.vault_version" } } })
        {
            if (!(bool)table.ExecuteScalar()!)
                return null;
        }

        using var version = new NpgsqlCommand($"SELECT max(version) FROM {schema}.vault_version", connection);
        return version.ExecuteScalar() as int? ?? 0;
    }

    private static void Execute(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    // COLLATE "C": the order of bytes, which no update of a system's library changes under an index.
    private static string Tables(string schema) => $"""
        CREATE SCHEMA IF NOT EXISTS {schema};
        CREATE TABLE {schema}.vault_version (version integer NOT NULL);
        CREATE TABLE {schema}.token (
            scope    text COLLATE "C" NOT NULL,
            token    text COLLATE "C" NOT NULL,
            tenant   text COLLATE "C" NOT NULL,
            category text COLLATE "C" NOT NULL,
            idx      bytea       NOT NULL,
            envelope bytea       NOT NULL,
            created  timestamptz NOT NULL,
            expires  timestamptz,
            held     boolean     NOT NULL DEFAULT false,
            subject  bytea,
            PRIMARY KEY (scope, token)
        );
        CREATE UNIQUE INDEX token_by_value ON {schema}.token (scope, category, idx);
        CREATE INDEX token_by_expiry ON {schema}.token (scope, expires) WHERE expires IS NOT NULL;
        CREATE INDEX token_by_subject ON {schema}.token (tenant, subject) WHERE subject IS NOT NULL;
        INSERT INTO {schema}.vault_version VALUES ({Version});
        """;
}
