namespace MedRedact.Storage;

/// <summary>The tables of a key register; <c>docs/formats/key-register.md</c>.</summary>
internal static class RegisterFile
{
    public static DatabaseKind Kind { get; } = new(ApplicationId: 0x4D524B52, Version: 1, Schema, Faults.UnknownRegister, Faults.RegisterFailed);   // "MRKR"

    private const string Schema = """
        CREATE TABLE epoch (
            zone    INTEGER NOT NULL,
            number  INTEGER NOT NULL,
            key     TEXT    NOT NULL,
            blob    BLOB    NOT NULL,
            created INTEGER NOT NULL,
            PRIMARY KEY (zone, number)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE object_key (
            id       BLOB    NOT NULL PRIMARY KEY,
            tenant   TEXT    NOT NULL,
            zone     INTEGER NOT NULL,
            document BLOB    NOT NULL,
            subject  BLOB    NOT NULL,
            bound    BLOB    NOT NULL,
            epoch    INTEGER NOT NULL,
            blob     BLOB    NOT NULL,
            created  INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX object_key_by_place ON object_key (tenant, document, zone, subject);
        CREATE INDEX object_key_by_epoch ON object_key (zone, epoch);
        CREATE TABLE let_go (key TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;
        CREATE TABLE subject_key (
            id      BLOB    NOT NULL UNIQUE,
            tenant  TEXT    NOT NULL,
            subject BLOB    NOT NULL,
            epoch   INTEGER NOT NULL,
            blob    BLOB    NOT NULL,
            created INTEGER NOT NULL,
            PRIMARY KEY (tenant, subject)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX subject_key_by_epoch ON subject_key (epoch);
        """;
}
