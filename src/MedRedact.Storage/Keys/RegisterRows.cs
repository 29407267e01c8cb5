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

/// <summary>The key of a place, wrapped under its epoch and, where it is bound, under the key of a subject too.</summary>
internal sealed record ObjectKeyRow(byte[] Id, KeyPlace Place, SubjectId? Bound, long Epoch, byte[] Blob);

/// <summary>The key of a subject, wrapped under an epoch of zone tokens.</summary>
internal sealed record SubjectKeyRow(TenantId Tenant, SubjectId Subject, long Epoch, byte[] Blob);

/// <summary>The statements of a register. Each runs on the connection it is given, inside that one's transaction if there is one.</summary>
internal static class RegisterRows
{
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

    public static void Replace(SqliteConnection connection, EpochRow row) => Change(
        connection,
        "UPDATE epoch SET key = $key, blob = $blob WHERE zone = $zone AND number = $number",
        [("$zone", (int)row.Zone), ("$number", row.Number), ("$key", row.Wrapped.WrappedBy.Value), ("$blob", row.Wrapped.Blob.ToArray())]);

    /// <summary>Forgets the epochs before one that nothing lies under any more.</summary>
    public static int DropBefore(SqliteConnection connection, StorageZone zone, long number) => Change(
        connection,
        "DELETE FROM epoch WHERE zone = $zone AND number < $number AND NOT EXISTS (SELECT 1 FROM object_key WHERE zone = $zone AND epoch = epoch.number)"
            + (zone == KeyRegister.SubjectZone ? " AND NOT EXISTS (SELECT 1 FROM subject_key WHERE subject_key.epoch = epoch.number)" : ""),
        [("$zone", (int)zone), ("$number", number)]);

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

    public static IReadOnlyList<ObjectKeyRow> Before(SqliteConnection connection, StorageZone zone, long epoch, int most) => Read(
        connection,
        $"SELECT {KeyColumns} FROM object_key WHERE zone = $zone AND epoch < $epoch LIMIT $most",
        [("$zone", (int)zone), ("$epoch", epoch), ("$most", most)],
        ReadKey);

    public static void Add(SqliteConnection connection, ObjectKeyRow row, long now) => Change(
        connection,
        $"INSERT INTO object_key ({KeyColumns}, created) VALUES ($id, $tenant, $zone, $document, $subject, $bound, $epoch, $blob, $created)",
        [
            ("$id", row.Id), ("$tenant", row.Place.Tenant.Value), ("$zone", (int)row.Place.Zone), ("$document", row.Place.DocumentBytes),
            ("$subject", row.Place.SubjectBytes), ("$bound", Bytes(row.Bound)), ("$epoch", row.Epoch), ("$blob", row.Blob), ("$created", now),
        ]);

    public static void Replace(SqliteConnection connection, ObjectKeyRow row) => Change(
        connection,
        "UPDATE object_key SET bound = $bound, epoch = $epoch, blob = $blob WHERE id = $id",
        [("$id", row.Id), ("$bound", Bytes(row.Bound)), ("$epoch", row.Epoch), ("$blob", row.Blob)]);

    public static int Remove(SqliteConnection connection, TenantId tenant, DocumentId document, StorageZone? zone) => Change(
        connection,
        "DELETE FROM object_key WHERE tenant = $tenant AND document = $document" + (zone is null ? "" : " AND zone = $zone"),
        zone is { } one
            ? [("$tenant", tenant.Value), ("$document", document.Value.ToByteArray(bigEndian: true)), ("$zone", (int)one)]
            : [("$tenant", tenant.Value), ("$document", document.Value.ToByteArray(bigEndian: true))]);

    public static int Remove(SqliteConnection connection, byte[] id) => Change(connection, "DELETE FROM object_key WHERE id = $id", [("$id", id)]);

    public static SubjectKeyRow? Find(SqliteConnection connection, TenantId tenant, SubjectId subject) => Read(
        connection,
        "SELECT tenant, subject, epoch, blob FROM subject_key WHERE tenant = $tenant AND subject = $subject",
        [("$tenant", tenant.Value), ("$subject", Bytes(subject))],
        ReadSubject).SingleOrDefault();

    public static IReadOnlyList<SubjectKeyRow> SubjectsBefore(SqliteConnection connection, long epoch, int most) => Read(
        connection, "SELECT tenant, subject, epoch, blob FROM subject_key WHERE epoch < $epoch LIMIT $most", [("$epoch", epoch), ("$most", most)], ReadSubject);

    public static void Add(SqliteConnection connection, SubjectKeyRow row, long now) => Change(
        connection,
        "INSERT INTO subject_key (tenant, subject, epoch, blob, created) VALUES ($tenant, $subject, $epoch, $blob, $created)",
        [("$tenant", row.Tenant.Value), ("$subject", Bytes(row.Subject)), ("$epoch", row.Epoch), ("$blob", row.Blob), ("$created", now)]);

    public static void Replace(SqliteConnection connection, SubjectKeyRow row) => Change(
        connection,
        "UPDATE subject_key SET epoch = $epoch, blob = $blob WHERE tenant = $tenant AND subject = $subject",
        [("$tenant", row.Tenant.Value), ("$subject", Bytes(row.Subject)), ("$epoch", row.Epoch), ("$blob", row.Blob)]);

    public static int Remove(SqliteConnection connection, TenantId tenant, SubjectId subject) => Change(
        connection, "DELETE FROM subject_key WHERE tenant = $tenant AND subject = $subject", [("$tenant", tenant.Value), ("$subject", Bytes(subject))]);

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
        return new(row.GetFieldValue<byte[]>(0), place, Subject(row.GetFieldValue<byte[]>(5)), row.GetInt64(6), row.GetFieldValue<byte[]>(7));
    }

    private static SubjectKeyRow ReadSubject(SqliteDataReader row) =>
        new(new TenantId(row.GetString(0)), new SubjectId(Digest256.From(row.GetFieldValue<byte[]>(1))), row.GetInt64(2), row.GetFieldValue<byte[]>(3));

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
