using MedRedact.Envelope;
using Microsoft.Data.Sqlite;

namespace MedRedact.Storage;

/// <summary>Finds rows of a register and opens their keys.</summary>
internal sealed class RegisterReader(string path, IKeyWrapper root) : IDisposable
{
    // A row that is put under another epoch between two reads is read again; this often in a row it does not happen.
    private const int Attempts = 16;

    private readonly string _reading = DatabaseFile.ConnectionString(path, SqliteOpenMode.ReadOnly);

    /// <summary>Reads on a connection of the pool, in one statement's view of the file.</summary>
    public T Read<T>(Func<SqliteConnection, T> read)
    {
        try
        {
            using var connection = new SqliteConnection(_reading);
            connection.Open();
            return read(connection);
        }
        catch (SqliteException fault)
        {
            throw RegisterFile.Kind.Refuse(fault);
        }
    }

    /// <summary>The secret of an epoch; the wrapping key of its zone is asked.</summary>
    public async ValueTask<SecretBuffer> OpenAsync(EpochRow epoch, CancellationToken cancellationToken)
    {
        using var secret = await root.UnwrapAsync(epoch.Wrapped, RegisterSecrets.EpochContext(epoch.Zone), cancellationToken);
        return SecretBuffer.Copy(secret.Memory.Span);
    }

    /// <summary>The key of a row as it stands now, which the caller disposes; null where there is no row.</summary>
    /// <exception cref="MedRedactException"><see cref="Faults.KeyGone"/>: the key of its subject was destroyed. <see cref="Faults.BrokenRegister"/>: it does not open.</exception>
    public async ValueTask<(ObjectKeyRow Row, SecretBuffer Key)?> OpenAsync(Func<SqliteConnection, ObjectKeyRow?> find, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            if (Read(find) is not { } row)
                return null;

            if (await TryOpenAsync(row, cancellationToken) is { } key)
                return (row, key);

            if (attempt == Attempts || Read(find)?.Blob.AsSpan().SequenceEqual(row.Blob) == true)
                throw Faults.Refuse(Faults.BrokenRegister);
        }
    }

    /// <summary>The key of a subject as it stands now, which the caller disposes; null where there is none.</summary>
    public async ValueTask<(SubjectKeyRow Row, SecretBuffer Key)?> OpenSubjectAsync(Func<SqliteConnection, SubjectKeyRow?> find, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            if (Read(find) is not { } row)
                return null;

            if (Read(connection => RegisterRows.Epoch(connection, KeyRegister.SubjectZone, row.Epoch)) is { } epoch)
            {
                using SecretBuffer secret = await OpenAsync(epoch, cancellationToken);
                if (DerivedKeyWrap.TryUnwrap(secret.Span, row.Blob, RegisterSecrets.PlaceOf(row)) is { } key)
                    return (row, key);
            }

            if (attempt == Attempts || Read(find)?.Blob.AsSpan().SequenceEqual(row.Blob) == true)
                throw Faults.Refuse(Faults.BrokenRegister);
        }
    }

    /// <summary>Empties the pool, so that the file is let go.</summary>
    public void Dispose()
    {
        using var pooled = new SqliteConnection(_reading);
        SqliteConnection.ClearPool(pooled);
    }

    private async ValueTask<SecretBuffer?> TryOpenAsync(ObjectKeyRow row, CancellationToken cancellationToken)
    {
        if (Read(connection => RegisterRows.Epoch(connection, row.Place.Zone, row.Epoch)) is not { } epoch)
            return null;

        using SecretBuffer secret = await OpenAsync(epoch, cancellationToken);
        if (row.Bound is not { } bound)
            return DerivedKeyWrap.TryUnwrap(secret.Span, row.Blob, RegisterSecrets.PlaceOf(row));

        (SubjectKeyRow, SecretBuffer Key) opened = await OpenSubjectAsync(connection => RegisterRows.FindSubject(connection, bound), cancellationToken) ?? throw Faults.Refuse(Faults.KeyGone);
        using SecretBuffer subjectKey = opened.Key, both = RegisterSecrets.Combine(secret.Span, subjectKey.Span);
        return DerivedKeyWrap.TryUnwrap(both.Span, row.Blob, RegisterSecrets.PlaceOf(row));
    }
}
