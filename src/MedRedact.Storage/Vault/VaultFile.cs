namespace MedRedact.Storage;

/// <summary>The table of a vault, and what makes one of version 1 into it; <c>docs/formats/token-vault.md</c>.</summary>
internal static class VaultFile
{
    public static DatabaseKind Kind { get; } = new(ApplicationId: 0x4D525654, Version: 2, Schema, Faults.UnknownVault, Faults.VaultFailed) { Upgrades = [FromVersion1] };   // "MRVT"

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
}
