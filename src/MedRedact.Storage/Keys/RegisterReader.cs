using MedRedact.Envelope;

namespace MedRedact.Storage;

/// <summary>Finds rows of a register and opens their keys.</summary>
internal sealed class RegisterReader(string path, IKeyWrapper root) : IDisposable
{
    // A row that is put under another epoch between two reads is read again; this often in a row it does not happen.
    private const int Attempts = 16;

    private readonly ReaderPool _readers = new(path, RegisterFile.Kind);

    /// <inheritdoc cref="ReaderPool.Read"/>
    public T Read<T>(Func<Statements, T> read) => _readers.Read(read);

    /// <summary>The secret of an epoch; the wrapping key of its zone is asked.</summary>
    public async ValueTask<SecretBuffer> OpenAsync(EpochRow epoch, CancellationToken cancellationToken)
    {
        using var secret = await root.UnwrapAsync(epoch.Wrapped, RegisterSecrets.EpochContext(epoch.Zone), cancellationToken);
        return SecretBuffer.Copy(secret.Memory.Span);
    }

    /// <summary>The key of a row as it stands now, which the caller disposes; null where there is no row.</summary>
    /// <exception cref="MedRedactException"><see cref="Faults.KeyGone"/>: the key of its subject was destroyed. <see cref="Faults.BrokenRegister"/>: it does not open.</exception>
    public async ValueTask<(ObjectKeyRow Row, SecretBuffer Key)?> OpenAsync(Func<Statements, ObjectKeyRow?> find, CancellationToken cancellationToken)
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
    public async ValueTask<(SubjectKeyRow Row, SecretBuffer Key)?> OpenSubjectAsync(Func<Statements, SubjectKeyRow?> find, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            if (Read(find) is not { } row)
                return null;

            if (Read(statements => RegisterEpochs.Find(statements, KeyRegister.SubjectZone, row.Epoch)) is { } epoch)
            {
                using SecretBuffer secret = await OpenAsync(epoch, cancellationToken);
                if (DerivedKeyWrap.TryUnwrap(secret.Span, row.Blob, RegisterSecrets.PlaceOf(row)) is { } key)
                    return (row, key);
            }

            if (attempt == Attempts || Read(find)?.Blob.AsSpan().SequenceEqual(row.Blob) == true)
                throw Faults.Refuse(Faults.BrokenRegister);
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _readers.Dispose();

    private async ValueTask<SecretBuffer?> TryOpenAsync(ObjectKeyRow row, CancellationToken cancellationToken)
    {
        if (Read(statements => RegisterEpochs.Find(statements, row.Place.Zone, row.Epoch)) is not { } epoch)
            return null;

        using SecretBuffer secret = await OpenAsync(epoch, cancellationToken);
        if (row.Bound is not { } bound)
            return DerivedKeyWrap.TryUnwrap(secret.Span, row.Blob, RegisterSecrets.PlaceOf(row));

        (SubjectKeyRow, SecretBuffer Key) opened = await OpenSubjectAsync(statements => RegisterRows.FindSubject(statements, bound), cancellationToken) ?? throw Faults.Refuse(Faults.KeyGone);
        using SecretBuffer subjectKey = opened.Key, both = RegisterSecrets.Combine(secret.Span, subjectKey.Span);
        return DerivedKeyWrap.TryUnwrap(both.Span, row.Blob, RegisterSecrets.PlaceOf(row));
    }
}
