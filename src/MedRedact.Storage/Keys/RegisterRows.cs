using Microsoft.Data.Sqlite;

namespace MedRedact.Storage;

/// <summary>Where a key belongs: what its row is found by, and what its wrap is bound to. A subject is named where the key is for the values of one, which
/// belong to no document.</summary>
internal sealed record KeyPlace(TenantId Tenant, StorageZone Zone, DocumentId? Document, SubjectId? Subject)
{
    public byte[] DocumentBytes => Document?.Value.ToByteArray(bigEndian: true) ?? [];

    public byte[] SubjectBytes => Subject?.Value.ToArray() ?? [];
}

/// <summary>The key of a place, wrapped under its epoch and, where it is bound, under the key of a subject too, which is named by its own id: a subject that comes back has another.</summary>
internal sealed record ObjectKeyRow(byte[] Id, KeyPlace Place, Guid? Bound, long Epoch, byte[] Blob);

/// <summary>The key of a subject, wrapped under an epoch of zone tokens.</summary>
internal sealed record SubjectKeyRow(Guid Id, TenantId Tenant, SubjectId Subject, long Epoch, byte[] Blob);

/// <summary>The statements about a register's keys. Each runs inside the transaction of its connection, if there is one.</summary>
internal static class RegisterRows
{
    private const string KeyColumns = "id, tenant, zone, document, subject, bound, epoch, blob";
    private const string SubjectColumns = "id, tenant, subject, epoch, blob";

    public static ObjectKeyRow? Find(Statements statements, byte[] id) => Keys(statements.Query($"SELECT {KeyColumns} FROM object_key WHERE id = $1", id)).SingleOrDefault();

    public static ObjectKeyRow? Find(Statements statements, KeyPlace place) => Keys(statements.Query(
        $"SELECT {KeyColumns} FROM object_key WHERE tenant = $1 AND document = $2 AND zone = $3 AND subject = $4",
        place.Tenant.Value, place.DocumentBytes, (long)place.Zone, place.SubjectBytes)).SingleOrDefault();

    public static IReadOnlyList<ObjectKeyRow> OfDocument(Statements statements, TenantId tenant, DocumentId document) => Keys(statements.Query(
        $"SELECT {KeyColumns} FROM object_key WHERE tenant = $1 AND document = $2", tenant.Value, Bytes(document.Value)));

    /// <summary>The documents with a key under a subject's.</summary>
    public static IReadOnlyList<DocumentId> DocumentsOf(Statements statements, TenantId tenant, Guid subjectKey) => Rows.Read(
        statements.Query("SELECT DISTINCT document FROM object_key WHERE tenant = $1 AND document != x'' AND bound = $2", tenant.Value, Bytes(subjectKey)),
        static row => new DocumentId(new Guid(row.GetFieldValue<byte[]>(0), bigEndian: true)),
        Faults.BrokenRegister);

    /// <summary>Keys of a zone under earlier epochs, in the order of their ids, after one.</summary>
    public static IReadOnlyList<ObjectKeyRow> Before(Statements statements, StorageZone zone, long epoch, byte[] after, int most) => Keys(statements.Query(
        $"SELECT {KeyColumns} FROM object_key WHERE zone = $1 AND epoch < $2 AND id > $3 ORDER BY id LIMIT $4", (long)zone, epoch, after, (long)most));

    public static void Add(Statements statements, ObjectKeyRow row, long now) => statements.Execute(
        $"INSERT INTO object_key ({KeyColumns}, created) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        row.Id, row.Place.Tenant.Value, (long)row.Place.Zone, row.Place.DocumentBytes, row.Place.SubjectBytes, Bytes(row.Bound), row.Epoch, row.Blob, now);

    public static void Replace(Statements statements, ObjectKeyRow row) =>
        statements.Execute("UPDATE object_key SET bound = $1, epoch = $2, blob = $3 WHERE id = $4", Bytes(row.Bound), row.Epoch, row.Blob, row.Id);

    public static int Remove(Statements statements, byte[] id) => statements.Execute("DELETE FROM object_key WHERE id = $1", id);

    public static int Remove(Statements statements, TenantId tenant, DocumentId document, StorageZone? zone) => zone is { } one
        ? statements.Execute("DELETE FROM object_key WHERE tenant = $1 AND document = $2 AND zone = $3", tenant.Value, Bytes(document.Value), (long)one)
        : statements.Execute("DELETE FROM object_key WHERE tenant = $1 AND document = $2", tenant.Value, Bytes(document.Value));

    public static SubjectKeyRow? FindSubject(Statements statements, Guid id) =>
        Subjects(statements.Query($"SELECT {SubjectColumns} FROM subject_key WHERE id = $1", Bytes(id))).SingleOrDefault();

    public static SubjectKeyRow? Find(Statements statements, TenantId tenant, SubjectId subject) => Subjects(statements.Query(
        $"SELECT {SubjectColumns} FROM subject_key WHERE tenant = $1 AND subject = $2", tenant.Value, subject.Value.ToArray())).SingleOrDefault();

    /// <summary>Keys of subjects under earlier epochs, in the order of their ids, after one.</summary>
    public static IReadOnlyList<SubjectKeyRow> SubjectsBefore(Statements statements, long epoch, byte[] after, int most) => Subjects(statements.Query(
        $"SELECT {SubjectColumns} FROM subject_key WHERE epoch < $1 AND id > $2 ORDER BY id LIMIT $3", epoch, after, (long)most));

    public static void Add(Statements statements, SubjectKeyRow row, long now) => statements.Execute(
        $"INSERT INTO subject_key ({SubjectColumns}, created) VALUES ($1, $2, $3, $4, $5, $6)",
        Bytes(row.Id), row.Tenant.Value, row.Subject.Value.ToArray(), row.Epoch, row.Blob, now);

    public static void Replace(Statements statements, SubjectKeyRow row) =>
        statements.Execute("UPDATE subject_key SET epoch = $1, blob = $2 WHERE id = $3", row.Epoch, row.Blob, Bytes(row.Id));

    /// <summary>The key of a subject, and the key of its values, which nothing else is under.</summary>
    public static int Remove(Statements statements, TenantId tenant, SubjectId subject)
    {
        statements.Execute("DELETE FROM object_key WHERE tenant = $1 AND document = x'' AND subject = $2", tenant.Value, subject.Value.ToArray());
        return statements.Execute("DELETE FROM subject_key WHERE tenant = $1 AND subject = $2", tenant.Value, subject.Value.ToArray());
    }

    private static byte[] Bytes(Guid? id) => id?.ToByteArray(bigEndian: true) ?? [];

    private static List<ObjectKeyRow> Keys(SqliteDataReader rows) => Rows.Read(
        rows,
        static row => new ObjectKeyRow(
            row.GetFieldValue<byte[]>(0),
            new KeyPlace(
                new TenantId(row.GetString(1)),
                (StorageZone)row.GetInt32(2),
                Id(row.GetFieldValue<byte[]>(3)) is { } document ? new DocumentId(document) : null,
                row.GetFieldValue<byte[]>(4) is { Length: > 0 } subject ? new SubjectId(Digest256.From(subject)) : null),
            Id(row.GetFieldValue<byte[]>(5)),
            row.GetInt64(6),
            row.GetFieldValue<byte[]>(7)),
        Faults.BrokenRegister);

    private static List<SubjectKeyRow> Subjects(SqliteDataReader rows) => Rows.Read(
        rows,
        static row => new SubjectKeyRow(
            new Guid(row.GetFieldValue<byte[]>(0), bigEndian: true),
            new TenantId(row.GetString(1)),
            new SubjectId(Digest256.From(row.GetFieldValue<byte[]>(2))),
            row.GetInt64(3),
            row.GetFieldValue<byte[]>(4)),
        Faults.BrokenRegister);

    private static Guid? Id(byte[] bytes) => bytes.Length == 0 ? null : new Guid(bytes, bigEndian: true);
}
