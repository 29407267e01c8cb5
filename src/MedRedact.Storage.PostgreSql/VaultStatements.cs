namespace MedRedact.Storage.PostgreSql;

/// <summary>The statements of a vault in its schema, whose name was checked.</summary>
internal sealed class VaultStatements(string schema)
{
    private const string Columns = "t.token, t.tenant, t.category, t.idx, t.envelope, t.created, t.expires, t.held, t.subject";

    /// <summary>In the order of the unique index, so that batches that meet wait for each other and never in a circle.</summary>
    public string Add { get; } = $"""
        INSERT INTO {schema}.token (scope, token, tenant, category, idx, envelope, created, expires, held, subject)
        SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bytea[], $6::bytea[], $7::timestamptz[], $8::timestamptz[], $9::boolean[], $10::bytea[])
            AS r (scope, token, tenant, category, idx, envelope, created, expires, held, subject)
        ORDER BY r.scope COLLATE "C", r.category COLLATE "C", r.idx
        ON CONFLICT DO NOTHING
        RETURNING scope, token, category, idx
        """;

    public string Replace { get; } = $"""
        UPDATE {schema}.token SET idx = $1, envelope = $2, expires = $3, subject = $4
        WHERE scope = $5 AND token = $6 AND idx = $7 AND envelope = $8 AND expires IS NOT DISTINCT FROM $9 AND subject IS NOT DISTINCT FROM $10
        """;

    public string ByToken { get; } = $"SELECT {Columns} FROM {schema}.token t WHERE t.scope = $1 AND t.token = $2";

    public string ByValue { get; } = $"SELECT {Columns} FROM {schema}.token t WHERE t.scope = $1 AND t.category = $2 AND t.idx = $3";

    public string ByValues { get; } = $"""
        SELECT {Columns} FROM {schema}.token t
        JOIN unnest($2::text[], $3::bytea[]) AS v (category, idx) ON t.category = v.category AND t.idx = v.idx
        WHERE t.scope = $1
        """;

    public string HoldToken { get; } = $"UPDATE {schema}.token SET held = $1 WHERE scope = $2 AND token = $3";

    public string HoldSubject { get; } = $"UPDATE {schema}.token SET held = $1 WHERE tenant = $2 AND subject = $3";

    public string HeldOfSubject { get; } = $"SELECT count(*) FROM {schema}.token WHERE tenant = $1 AND subject = $2 AND held";

    public string PurgeOlder { get; } = $"DELETE FROM {schema}.token WHERE scope = $1 AND created < $2 AND NOT held";

    public string PurgeExpired { get; } = $"DELETE FROM {schema}.token WHERE scope = $1 AND expires <= $2 AND NOT held";

    public string PurgeSubject { get; } = $"DELETE FROM {schema}.token WHERE tenant = $1 AND subject = $2 AND created <= $3 AND NOT held";
}
