using Microsoft.Data.Sqlite;

namespace MedRedact.Storage;

/// <summary>The secret that all keys of a zone are wrapped under for a time, wrapped itself by the zone's wrapping key.</summary>
internal sealed record EpochRow(StorageZone Zone, long Number, WrappedKey Wrapped);

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

/// <summary>The statements of a register. Each runs on the connection it is given, inside that one's transaction if there is one.</summary>
internal static class RegisterRows
{
    private const string SubjectColumns = "id, tenant, subject, epoch, blob";
    private const string KeyColumns = "id, tenant, zone, document, subject, bound, epoch, blob";

    public static IReadOnlyList<EpochRow> Epochs(SqliteConnection connection) =>
        Read(connection, "SELECT zone, number, key, blob FROM epoch ORDER BY zone, number", [], ReadEpoch);

    public static EpochRow? Epoch(SqliteConnection connection, StorageZone zone, long number) => Read(
        connection, "SELECT zone, number, key, blob FROM epoch WHERE zone = $zone AND number = $number", [("$zone", (int)zone), ("$number", number)], ReadEpoch)
        .SingleOrDefault();

    public static EpochRow? Newest(SqliteConnection connection, StorageZone zone) => Read(
        connection, "SELECT zone, number, key, blob FROM epoch WHERE zone = $zone ORDER BY number DESC LIMIT 1", [("$zone", (int)zone)], ReadEpoch)
        .SingleOrDefault();

    public static void Add(SqliteConnection connection, EpochRow row, long now) => Change(
        connection,
        "INSERT INTO epoch (zone, number, key, blob, created) VALUES ($zone, $number, $key, $blob, $created)",
        [("$zone", (int)row.Zone), ("$number", row.Number), ("$key", row.Wrapped.WrappedBy.Value), ("$blob", row.Wrapped.Blob.ToArray()), ("$created", now)]);

    /// <summary>Wraps a secret anew, unless somebody else did meanwhile; the wrapping key before is noted as one that was let go.</summary>
    public static bool Replace(SqliteConnection connection, EpochRow was, WrappedKey wrapped)
    {
        bool replaced = Change(
            connection,
            "UPDATE epoch SET key = $key, blob = $blob WHERE zone = $zone AND number = $number AND blob = $was",
            [("$zone", (int)was.Zone), ("$number", was.Number), ("$key", wrapped.WrappedBy.Value), ("$blob", wrapped.Blob.ToArray()), ("$was", was.Wrapped.Blob.ToArray())]) == 1;
        if (replaced)
            LetGo(connection, was.Wrapped.WrappedBy);
        return replaced;
    }

    /// <summary>The wrapping keys that secrets here were wrapped by and none is any more: only these are the register's to retire.</summary>
    public static IReadOnlyList<KeyId> LetGo(SqliteConnection connection) => Read(
        connection, "SELECT key FROM let_go WHERE key NOT IN (SELECT key FROM epoch) ORDER BY key", [], static row => new KeyId(row.GetString(0)));

    public static int Forget(SqliteConnection connection, KeyId key) => Change(connection, "DELETE FROM let_go WHERE key = $key", [("$key", key.Value)]);

    private static void LetGo(SqliteConnection connection, KeyId key) => Change(connection, "INSERT OR IGNORE INTO let_go (key) VALUES ($key)", [("$key", key.Value)]);

    /// <summary>Forgets the epochs before one that nothing lies under any more.</summary>
    public static int DropBefore(SqliteConnection connection, StorageZone zone, long number)
    {
        string unused = "zone = $zone AND number < $number AND NOT EXISTS (SELECT 1 FROM object_key WHERE object_key.zone = $zone AND object_key.epoch = epoch.number)"
            + (zone == KeyRegister.SubjectZone ? " AND NOT EXISTS (SELECT 1 FROM subject_key WHERE subject_key.epoch = epoch.number)" : "");
        Change(connection, $"INSERT OR IGNORE INTO let_go (key) SELECT key FROM epoch WHERE {unused}", [("$zone", (int)zone), ("$number", number)]);
        return Change(connection, $"DELETE FROM epoch WHERE {unused}", [("$zone", (int)zone), ("$number", number)]);
    }

    public static ObjectKeyRow? Find(SqliteConnection connection, byte[] id) =>
        Read(connection, $"SELECT {KeyColumns} FROM object_key WHERE id = $id", [("$id", id)], ReadKey).SingleOrDefault();

    public static ObjectKeyRow? Find(SqliteConnection connection, KeyPlace place) => Read(
        connection,
        $"SELECT {KeyColumns} FROM object_key WHERE tenant = $tenant AND document = $document AND zone = $zone AND subject = $subject",
        [("$tenant", place.Tenant.Value), ("$document", place.DocumentBytes), ("$zone", (int)place.Zone), ("$subject", place.SubjectBytes)],
        ReadKey).SingleOrDefault();

    public static IReadOnlyList<ObjectKeyRow> OfDocument(SqliteConnection connection, TenantId tenant, DocumentId document) => Read(
        connection,
        $"SELECT {KeyColumns} FROM object_key WHERE tenant = $tenant AND document = $document",
        [("$tenant", tenant.Value), ("$document", document.Value.ToByteArray(bigEndian: true))],
        ReadKey);

    public static IReadOnlyList<ObjectKeyRow> Before(SqliteConnection connection, StorageZone zone, long epoch, byte[] after, int most) => Read(
        connection,
        $"SELECT {KeyColumns} FROM object_key WHERE zone = $zone AND epoch < $epoch AND id > $after ORDER BY id LIMIT $most",
        [("$zone", (int)zone), ("$epoch", epoch), ("$after", after), ("$most", most)],
        ReadKey);

    public static void Add(SqliteConnection connection, ObjectKeyRow row, long now) => Change(
        connection,
        $"INSERT INTO object_key ({KeyColumns}, created) VALUES ($id, $tenant, $zone, $document, $subject, $bound, $epoch, $blob, $created)",
        [
            ("$id", row.Id), ("$tenant", row.Place.Tenant.Value), ("$zone", (int)row.Place.Zone), ("$document", row.Place.DocumentBytes),
            ("$subject", row.Place.SubjectBytes), ("$bound", row.Bound?.ToByteArray(bigEndian: true) ?? []), ("$epoch", row.Epoch), ("$blob", row.Blob), ("$created", now),
        ]);

    public static void Replace(SqliteConnection connection, ObjectKeyRow row) => Change(
        connection,
        "UPDATE object_key SET bound = $bound, epoch = $epoch, blob = $blob WHERE id = $id",
        [("$id", row.Id), ("$bound", row.Bound?.ToByteArray(bigEndian: true) ?? []), ("$epoch", row.Epoch), ("$blob", row.Blob)]);

    public static int Remove(SqliteConnection connection, TenantId tenant, DocumentId document, StorageZone? zone) => Change(
        connection,
        "DELETE FROM object_key WHERE tenant = $tenant AND document = $document" + (zone is null ? "" : " AND zone = $zone"),
        zone is { } one
            ? [("$tenant", tenant.Value), ("$document", document.Value.ToByteArray(bigEndian: true)), ("$zone", (int)one)]
            : [("$tenant", tenant.Value), ("$document", document.Value.ToByteArray(bigEndian: true))]);

    public static int Remove(SqliteConnection connection, byte[] id) => Change(connection, "DELETE FROM object_key WHERE id = $id", [("$id", id)]);

    public static SubjectKeyRow? FindSubject(SqliteConnection connection, Guid id) => Read(
        connection, $"SELECT {SubjectColumns} FROM subject_key WHERE id = $id", [("$id", id.ToByteArray(bigEndian: true))], ReadSubject).SingleOrDefault();

    public static SubjectKeyRow? Find(SqliteConnection connection, TenantId tenant, SubjectId subject) => Read(
        connection,
        $"SELECT {SubjectColumns} FROM subject_key WHERE tenant = $tenant AND subject = $subject",
        [("$tenant", tenant.Value), ("$subject", Bytes(subject))],
        ReadSubject).SingleOrDefault();

    public static IReadOnlyList<SubjectKeyRow> SubjectsBefore(SqliteConnection connection, long epoch, byte[] after, int most) => Read(
        connection, $"SELECT {SubjectColumns} FROM subject_key WHERE epoch < $epoch AND id > $after ORDER BY id LIMIT $most",
        [("$epoch", epoch), ("$after", after), ("$most", most)], ReadSubject);

    public static void Add(SqliteConnection connection, SubjectKeyRow row, long now) => Change(
        connection,
        "INSERT INTO subject_key (id, tenant, subject, epoch, blob, created) VALUES ($id, $tenant, $subject, $epoch, $blob, $created)",
        [("$id", row.Id.ToByteArray(bigEndian: true)), ("$tenant", row.Tenant.Value), ("$subject", Bytes(row.Subject)), ("$epoch", row.Epoch), ("$blob", row.Blob), ("$created", now)]);

    public static void Replace(SqliteConnection connection, SubjectKeyRow row) => Change(
        connection,
        "UPDATE subject_key SET epoch = $epoch, blob = $blob WHERE id = $id",
        [("$id", row.Id.ToByteArray(bigEndian: true)), ("$epoch", row.Epoch), ("$blob", row.Blob)]);

    /// <summary>The key of a subject, and the key of its values, which nothing else is under.</summary>
    public static int Remove(SqliteConnection connection, TenantId tenant, SubjectId subject)
    {
        Change(connection, "DELETE FROM object_key WHERE tenant = $tenant AND document = x'' AND subject = $subject", [("$tenant", tenant.Value), ("$subject", Bytes(subject))]);
        return Change(connection, "DELETE FROM subject_key WHERE tenant = $tenant AND subject = $subject", [("$tenant", tenant.Value), ("$subject", Bytes(subject))]);
    }

    private static byte[] Bytes(SubjectId? subject) => subject?.Value.ToArray() ?? [];

    private static SubjectId? Subject(byte[] bytes) => bytes.Length == 0 ? null : new SubjectId(Digest256.From(bytes));

    private static EpochRow ReadEpoch(SqliteDataReader row) =>
        new((StorageZone)row.GetInt32(0), row.GetInt64(1), new WrappedKey(new KeyId(row.GetString(2)), row.GetFieldValue<byte[]>(3)));

    private static ObjectKeyRow ReadKey(SqliteDataReader row)
    {
        byte[] document = row.GetFieldValue<byte[]>(3);
        var place = new KeyPlace(
            new TenantId(row.GetString(1)),
            (StorageZone)row.GetInt32(2),
            document.Length == 0 ? null : new DocumentId(new Guid(document, bigEndian: true)),
            Subject(row.GetFieldValue<byte[]>(4)));
        byte[] bound = row.GetFieldValue<byte[]>(5);
        return new(row.GetFieldValue<byte[]>(0), place, bound.Length == 0 ? null : new Guid(bound, bigEndian: true), row.GetInt64(6), row.GetFieldValue<byte[]>(7));
    }

    private static SubjectKeyRow ReadSubject(SqliteDataReader row) =>
        new(new Guid(row.GetFieldValue<byte[]>(0), bigEndian: true), new TenantId(row.GetString(1)), new SubjectId(Digest256.From(row.GetFieldValue<byte[]>(2))), row.GetInt64(3), row.GetFieldValue<byte[]>(4));

    private static List<T> Read<T>(SqliteConnection connection, string sql, ReadOnlySpan<(string Name, object Value)> parameters, Func<SqliteDataReader, T> read)
    {
        using SqliteCommand command = Command(connection, sql, parameters);
        using SqliteDataReader rows = command.ExecuteReader();
        var found = new List<T>();
        try
        {
            while (rows.Read())
                found.Add(read(rows));
        }
        catch (Exception malformed) when (malformed is ArgumentException or FormatException)
        {
            throw Faults.Refuse(Faults.BrokenRegister);
        }

        return found;
    }

    private static int Change(SqliteConnection connection, string sql, ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using SqliteCommand command = Command(connection, sql, parameters);
        return command.ExecuteNonQuery();
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql, ReadOnlySpan<(string Name, object Value)> parameters)
    {
        SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        foreach ((string name, object value) in parameters)
            command.Parameters.AddWithValue(name, value);

        return command;
    }
}
