using System.Collections.Immutable;
using Npgsql;
using NpgsqlTypes;

namespace MedRedact.Storage.PostgreSql;

/// <summary>How an entry lies in the table.</summary>
internal static class VaultRow
{
    public static NpgsqlParameter Text(string value) => new NpgsqlParameter<string> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Text };

    public static NpgsqlParameter Texts(IEnumerable<string> values) => Array(values.ToArray(), NpgsqlDbType.Text);

    public static NpgsqlParameter Flag(bool value) => new NpgsqlParameter<bool> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Boolean };

    public static NpgsqlParameter Bytes(byte[]? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bytea };

    public static NpgsqlParameter Bytes(IEnumerable<byte[]?> values) => Array(values.ToArray(), NpgsqlDbType.Bytea);

    public static NpgsqlParameter Moment(DateTimeOffset? value) => new() { Value = (object?)value?.UtcDateTime ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz };

    public static NpgsqlParameter[] Parameters(ImmutableArray<VaultEntry> entries) =>
    [
        Texts(entries.Select(entry => entry.Scope.Value)),
        Texts(entries.Select(entry => entry.Token.Value)),
        Texts(entries.Select(entry => entry.Tenant.Value)),
        Texts(entries.Select(entry => entry.Category.ToString())),
        Bytes(entries.Select(entry => entry.Index.ToArray())),
        Bytes(entries.Select(entry => entry.Envelope.ToArray())),
        Array(entries.Select(entry => entry.CreatedAt.UtcDateTime).ToArray(), NpgsqlDbType.TimestampTz),
        Array(entries.Select(entry => entry.ExpiresAt?.UtcDateTime).ToArray(), NpgsqlDbType.TimestampTz),
        Array(entries.Select(entry => entry.IsHeld).ToArray(), NpgsqlDbType.Boolean),
        Bytes(entries.Select(entry => entry.Subject?.Value.ToArray())),
    ];

    public static VaultEntry Read(NpgsqlDataReader row, TokenScope scope)
    {
        try
        {
            return new VaultEntry(
                new Token(row.GetString(0)),
                new TenantId(row.GetString(1)),
                scope,
                PhiCategory.TryParse(row.GetString(2), out PhiCategory category) ? category : throw new FormatException(),
                Digest256.From(row.GetFieldValue<byte[]>(3)),
                row.GetFieldValue<byte[]>(4),
                row.GetFieldValue<DateTimeOffset>(5))
            {
                ExpiresAt = row.IsDBNull(6) ? null : row.GetFieldValue<DateTimeOffset>(6),
                IsHeld = row.GetBoolean(7),
                Subject = row.IsDBNull(8) ? null : new SubjectId(Digest256.From(row.GetFieldValue<byte[]>(8))),
            };
        }
        catch (Exception malformed) when (malformed is ArgumentException or FormatException)
        {
            throw new MedRedactException(Storage.Faults.BrokenRow, "A row of the vault is damaged or was moved. Restore the vault from a copy.");
        }
    }

    private static NpgsqlParameter<T[]> Array<T>(T[] values, NpgsqlDbType type) => new() { TypedValue = values, NpgsqlDbType = type | NpgsqlDbType.Array };
}
