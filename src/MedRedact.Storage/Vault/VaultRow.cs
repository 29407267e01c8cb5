using Microsoft.Data.Sqlite;

namespace MedRedact.Storage;

/// <summary>How an entry lies in the table of a SQLite vault.</summary>
internal static class VaultRow
{
    public const string Insert = """
        INSERT INTO token (scope, token, tenant, category, idx, envelope, created, expires, held, subject)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING
        """;

    public const string Update = """
        UPDATE OR IGNORE token SET idx = $1, envelope = $2, expires = $3, subject = $4
        WHERE scope = $5 AND token = $6 AND idx = $7 AND envelope = $8 AND expires IS $9 AND subject IS $10
        """;

    public const string ByToken = $"SELECT {Columns} FROM token WHERE scope = $1 AND token = $2";

    public const string ByValue = $"SELECT {Columns} FROM token WHERE scope = $1 AND category = $2 AND idx = $3";

    private const string Columns = "token, tenant, category, idx, envelope, created, expires, held, subject";

    public static bool Add(Statements statements, VaultEntry entry) => statements.Execute(
        Insert,
        entry.Scope.Value,
        entry.Token.Value,
        entry.Tenant.Value,
        entry.Category.ToString(),
        entry.Index.ToArray(),
        entry.Envelope.ToArray(),
        Moment(entry.CreatedAt),
        Moment(entry.ExpiresAt),
        entry.IsHeld ? 1L : 0L,
        entry.Subject?.Value.ToArray()) == 1;

    public static bool Replace(Statements statements, VaultEntry known, VaultEntry next) => statements.Execute(
        Update,
        next.Index.ToArray(),
        next.Envelope.ToArray(),
        Moment(next.ExpiresAt),
        next.Subject?.Value.ToArray(),
        known.Scope.Value,
        known.Token.Value,
        known.Index.ToArray(),
        known.Envelope.ToArray(),
        Moment(known.ExpiresAt),
        known.Subject?.Value.ToArray()) == 1;

    public static VaultEntry? Find(Statements statements, Token token, TokenScope scope) =>
        One(statements.Query(ByToken, scope.Value, token.Value), scope);

    public static VaultEntry? Find(Statements statements, ValueKey value, TokenScope scope) =>
        One(statements.Query(ByValue, scope.Value, value.Category.ToString(), value.Index.ToArray()), scope);

    /// <summary>Milliseconds since 1970.</summary>
    public static object? Moment(DateTimeOffset? moment) => moment?.ToUnixTimeMilliseconds();

    private static VaultEntry? One(SqliteDataReader rows, TokenScope scope) => Rows.Read(
        rows,
        row => new VaultEntry(
            new Token(row.GetString(0)),
            new TenantId(row.GetString(1)),
            scope,
            PhiCategory.TryParse(row.GetString(2), out PhiCategory category) ? category : throw new FormatException(),
            Digest256.From(row.GetFieldValue<byte[]>(3)),
            row.GetFieldValue<byte[]>(4),
            DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5)))
        {
            ExpiresAt = row.IsDBNull(6) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(6)),
            IsHeld = row.GetInt64(7) != 0,
            Subject = row.IsDBNull(8) ? null : new SubjectId(Digest256.From(row.GetFieldValue<byte[]>(8))),
        },
        Faults.BrokenRow).SingleOrDefault();
}
