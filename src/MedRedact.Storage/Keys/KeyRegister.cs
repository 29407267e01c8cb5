using System.Buffers;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using MedRedact.Envelope;

namespace MedRedact.Storage;

/// <summary>Keeps a key for each document and zone, for each subject, and for what belongs to no document, in one file; data keys are wrapped under these, and these
/// under a secret a zone that alone is wrapped by the zone's wrapping key.</summary>
/// <remarks>So a key service is not asked for each object by name but for one secret a zone; rotating a wrapping key wraps one secret anew and touches no object; and
/// deleting a row closes what was sealed under it in every copy. Layout in <c>docs/formats/key-register.md</c>. Thread-safe; several processes of one machine may
/// share the file.</remarks>
public sealed class KeyRegister : IKeyWrapper, IObjectKeys, IDisposable
{
    /// <summary>The zone whose wrapping key guards the keys of subjects.</summary>
    internal const StorageZone SubjectZone = StorageZone.Tokens;

    private const string IdStart = "reg-";
    private const int Attempts = 16;

    private readonly TimeProvider _time;
    private readonly GroupWriter _writer;
    private readonly RegisterReader _reader;
    private readonly RegisterTurn _turn;

    private KeyRegister(string path, IKeyWrapper root, TimeProvider time, IKeyLifecycle? wrappingKeys, IAuditSink? audit)
    {
        _time = time;
        _writer = new GroupWriter(path, RegisterFile.Kind, "MedRedact key register");
        _reader = new RegisterReader(path, root);
        _turn = new RegisterTurn(_writer, _reader, root, wrappingKeys, audit, time);
    }

    /// <summary>Opens a register, making it where it is missing: a file of mode 0600.</summary>
    /// <param name="path">The database file. Not on a network share: SQLite's locks do not hold there.</param>
    /// <param name="root">Holds the wrapping keys; the caller owns it.</param>
    /// <param name="time">Dates new keys.</param>
    /// <param name="wrappingKeys">The life of the wrapping keys, where the register is to replace them on a turn and to have those destroyed that it no longer needs. They are
    /// the register's alone then: nothing else may be wrapped by them.</param>
    /// <param name="audit">Records every wrapping key that a secret is put under in the place of another (<see cref="AuditKind.KeyUsed"/>), before it is.</param>
    /// <returns>The register.</returns>
    /// <exception cref="MedRedactException"><see cref="Faults.RegisterFailed"/> or <see cref="Faults.UnknownRegister"/>.</exception>
    public static KeyRegister Open(string path, IKeyWrapper root, TimeProvider time, IKeyLifecycle? wrappingKeys = null, IAuditSink? audit = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(time);
        return new KeyRegister(Path.GetFullPath(path), root, time, wrappingKeys, audit);
    }

    /// <inheritdoc/>
    /// <remarks>The first wrap of a place makes its key, which is durable before the call returns.</remarks>
    /// <exception cref="MedRedactException">The root's fault; <see cref="Faults.KeyGone"/> where the document's subject was shredded; <see cref="Faults.RegisterFailed"/>.</exception>
    public async ValueTask<WrappedKey> WrapAsync(ReadOnlyMemory<byte> dataKey, KeyContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentOutOfRangeException.ThrowIfNotEqual(dataKey.Length, DerivedKeyWrap.KeySize, nameof(dataKey));
        (ObjectKeyRow row, SecretBuffer key) = await KeyOfAsync(PlaceOf(context), cancellationToken);
        using (key)
        {
            var id = new KeyId(IdStart + Convert.ToHexStringLower(row.Id));
            return new(id, DerivedKeyWrap.Wrap(key.Span, dataKey.Span, RegisterSecrets.PlaceOf(id, context)));
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IMemoryOwner<byte>> UnwrapAsync(WrappedKey dataKey, KeyContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataKey);
        ArgumentNullException.ThrowIfNull(context);
        if (!TryReadId(dataKey.WrappedBy, out byte[]? id) || await _reader.OpenAsync(statements => RegisterRows.Find(statements, id), cancellationToken) is not { } opened)
            throw Faults.Refuse(Faults.KeyGone);

        using SecretBuffer key = opened.Key;
        return opened.Row.Place == PlaceOf(context) && DerivedKeyWrap.TryUnwrap(key.Span, dataKey.Blob.Span, RegisterSecrets.PlaceOf(dataKey.WrappedBy, context)) is { } unwrapped
            ? unwrapped
            : throw Faults.Refuse(Faults.KeyGone);
    }

    /// <inheritdoc/>
    /// <remarks>Keys of zone proofs stay apart: evidence of what was done outlives the data it is about (45 CFR 164.316(b)(2)(i)).</remarks>
    public async ValueTask BindAsync(TenantId tenant, DocumentId document, SubjectId subject, CancellationToken cancellationToken = default)
    {
        for (int attempt = 1; attempt <= Attempts; attempt++)
        {
            (SubjectKeyRow owner, SecretBuffer subjectKey) = await SubjectKeyAsync(tenant, subject, cancellationToken);
            using SecretBuffer held = subjectKey;
            var bound = new List<(ObjectKeyRow Was, ObjectKeyRow Is)>();
            foreach (ObjectKeyRow row in _reader.Read(statements => RegisterRows.OfDocument(statements, tenant, document)))
            {
                if (!IsBindable(row.Place) || row.Bound == owner.Id)
                    continue;

                if (await BoundAsync(row, owner.Id, subjectKey, cancellationToken) is { } changed)
                    bound.Add(changed);
            }

            bool done = await _writer.RunAsync(
                statements =>
                {
                    // Nothing of it counts unless all rows are still as they were read, and the very key of the subject is still there.
                    if (RegisterRows.FindSubject(statements, owner.Id) is null
                        || bound.Any(each => RegisterRows.Find(statements, each.Was.Id)?.Blob.AsSpan().SequenceEqual(each.Was.Blob) != true))
                    {
                        return false;
                    }

                    foreach ((_, ObjectKeyRow changed) in bound)
                        RegisterRows.Replace(statements, changed);
                    return RegisterRows.OfDocument(statements, tenant, document).All(row => !IsBindable(row.Place) || row.Bound == owner.Id);
                },
                cancellationToken);
            if (done)
                return;
        }

        throw Faults.Refuse(Faults.RegisterFailed);
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<DocumentId>?> FindDocumentsAsync(TenantId tenant, SubjectId subject, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(_reader.Read<ImmutableArray<DocumentId>?>(statements =>
            RegisterRows.Find(statements, tenant, subject) is { } key ? [.. RegisterRows.DocumentsOf(statements, tenant, key.Id)] : null));
    }

    /// <inheritdoc/>
    public async ValueTask<int> ShredDocumentAsync(TenantId tenant, DocumentId document, StorageZone? zone, CancellationToken cancellationToken = default)
    {
        int removed = await _writer.RunAsync(statements => RegisterRows.Remove(statements, tenant, document, zone), cancellationToken);
        await _writer.FoldAsync(isRequired: false);
        return removed;
    }

    /// <inheritdoc/>
    public async ValueTask<bool> ShredSubjectAsync(TenantId tenant, SubjectId subject, CancellationToken cancellationToken = default)
    {
        int removed = await _writer.RunAsync(statements => RegisterRows.Remove(statements, tenant, subject), cancellationToken);
        await _writer.FoldAsync(isRequired: false);
        return removed > 0;
    }

    /// <inheritdoc/>
    /// <remarks>Where the register has the life of the wrapping keys, those older than <see cref="IKeyLifecycle.MinDestructionWait"/> are replaced, and those that nothing here
    /// needs any more are closed at once and destroyed after that time: from then on an earlier copy of the register opens nothing.</remarks>
    public ValueTask<KeyTurn> TurnAsync(CancellationToken cancellationToken = default) => _turn.TurnAsync(cancellationToken);

    /// <summary>Wraps the secret of each zone anew under the zone's active wrapping key, after that one was rotated. No object and no key of an object is touched.</summary>
    /// <param name="cancellationToken">Stops the call; what was done stays done, and calling again finishes it.</param>
    /// <returns>How many secrets are wrapped by another key now.</returns>
    /// <exception cref="MedRedactException">The root's fault, or <see cref="Faults.RegisterFailed"/>; all that could be opened still can.</exception>
    public ValueTask<int> RewrapAsync(CancellationToken cancellationToken = default) => _turn.RewrapAsync(cancellationToken);

    /// <summary>The wrapping keys that the register still needs; all others may be destroyed.</summary>
    /// <returns>Their ids, a zone's oldest secret first.</returns>
    /// <exception cref="MedRedactException"><see cref="Faults.RegisterFailed"/>.</exception>
    public IReadOnlyList<KeyId> WrappingKeys() => [.. _reader.Read(RegisterEpochs.All).Select(epoch => epoch.Wrapped.WrappedBy).Distinct()];

    /// <summary>Answers who still waits, then closes the file.</summary>
    public void Dispose()
    {
        _writer.Dispose();
        _reader.Dispose();
    }

    private static bool IsBindable(KeyPlace place) => place.Zone != StorageZone.Proofs;

    private static KeyPlace PlaceOf(KeyContext context) => new(context.Tenant, context.Zone, context.Document, context.Subject);

    private static bool TryReadId(KeyId key, [NotNullWhen(true)] out byte[]? id)
    {
        id = null;
        if (key.Value is not { Length: 36 } value || !value.StartsWith(IdStart, StringComparison.Ordinal))
            return false;

        byte[] bytes = new byte[16];
        if (Convert.FromHexString(value.AsSpan(IdStart.Length), bytes, out _, out int written) != OperationStatus.Done || written != 16)
            return false;

        id = bytes;
        return true;
    }

    /// <summary>The key of a place, made where there is none.</summary>
    private async ValueTask<(ObjectKeyRow Row, SecretBuffer Key)> KeyOfAsync(KeyPlace place, CancellationToken cancellationToken)
    {
        for (int attempt = 1; attempt <= Attempts; attempt++)
        {
            if (await _reader.OpenAsync(statements => RegisterRows.Find(statements, place), cancellationToken) is { } found)
                return found;

            EpochRow epoch = await _turn.NewestAsync(place.Zone, cancellationToken);
            (SubjectKeyRow Row, SecretBuffer Key)? owner = await OwnerAsync(place, cancellationToken);
            using SecretBuffer? subjectKey = owner?.Key;
            using SecretBuffer epochSecret = await _reader.OpenAsync(epoch, cancellationToken);
            using SecretBuffer both = RegisterSecrets.Combine(epochSecret.Span, subjectKey is null ? [] : subjectKey.Span);

            var key = SecretBuffer.Random(DerivedKeyWrap.KeySize);
            var row = new ObjectKeyRow(RandomNumberGenerator.GetBytes(16), place, owner?.Row.Id, epoch.Number, []);
            row = row with { Blob = DerivedKeyWrap.Wrap(both.Span, key.Span, RegisterSecrets.PlaceOf(row)) };
            if (await TryAddAsync(row, cancellationToken))
                return (row, key);

            key.Dispose();
        }

        throw Faults.Refuse(Faults.RegisterFailed);
    }

    private ValueTask<bool> TryAddAsync(ObjectKeyRow row, CancellationToken cancellationToken) => _writer.RunAsync(
        statements =>
        {
            // Another was faster, the zone has turned, or the subject came or went meanwhile: look again.
            if (RegisterRows.Find(statements, row.Place) is not null
                || RegisterEpochs.Newest(statements, row.Place.Zone)?.Number != row.Epoch
                || (row.Bound is { } owner && RegisterRows.FindSubject(statements, owner) is null)
                || (row.Place.Subject is null && BoundWith(statements, row.Place) != row.Bound))
            {
                return false;
            }

            RegisterRows.Add(statements, row, _time.GetUtcNow().ToUnixTimeMilliseconds());
            return true;
        },
        cancellationToken);

    /// <summary>The key of a subject that the other keys of a document are bound to: one that is made later is bound with them.</summary>
    private static Guid? BoundWith(Statements statements, KeyPlace place) => place.Document is { } document && IsBindable(place)
        ? RegisterRows.OfDocument(statements, place.Tenant, document).FirstOrDefault(row => row.Bound is not null)?.Bound
        : null;

    /// <summary>Whose key a new key is put under. A value of a subject makes the subject's key; a document that was bound before does not bring back a destroyed one.</summary>
    private async ValueTask<(SubjectKeyRow Row, SecretBuffer Key)?> OwnerAsync(KeyPlace place, CancellationToken cancellationToken)
    {
        if (place.Subject is { } subject)
            return await SubjectKeyAsync(place.Tenant, subject, cancellationToken);

        return _reader.Read(statements => BoundWith(statements, place)) is { } bound
            ? await _reader.OpenSubjectAsync(statements => RegisterRows.FindSubject(statements, bound), cancellationToken) ?? throw Faults.Refuse(Faults.KeyGone)
            : null;
    }

    private async ValueTask<(SubjectKeyRow Row, SecretBuffer Key)> SubjectKeyAsync(TenantId tenant, SubjectId subject, CancellationToken cancellationToken)
    {
        for (int attempt = 1; attempt <= Attempts; attempt++)
        {
            if (await _reader.OpenSubjectAsync(statements => RegisterRows.Find(statements, tenant, subject), cancellationToken) is { } found)
                return found;

            EpochRow epoch = await _turn.NewestAsync(SubjectZone, cancellationToken);
            using SecretBuffer epochSecret = await _reader.OpenAsync(epoch, cancellationToken);
            var key = SecretBuffer.Random(DerivedKeyWrap.KeySize);
            var row = new SubjectKeyRow(new Guid(RandomNumberGenerator.GetBytes(16)), tenant, subject, epoch.Number, []);
            row = row with { Blob = DerivedKeyWrap.Wrap(epochSecret.Span, key.Span, RegisterSecrets.PlaceOf(row)) };
            bool added = await _writer.RunAsync(
                statements =>
                {
                    if (RegisterRows.Find(statements, tenant, subject) is not null || RegisterEpochs.Newest(statements, SubjectZone)?.Number != epoch.Number)
                        return false;

                    RegisterRows.Add(statements, row, _time.GetUtcNow().ToUnixTimeMilliseconds());
                    return true;
                },
                cancellationToken);
            if (added)
                return (row, key);

            key.Dispose();
        }

        throw Faults.Refuse(Faults.RegisterFailed);
    }

    private async ValueTask<(ObjectKeyRow Was, ObjectKeyRow Is)?> BoundAsync(
        ObjectKeyRow row, Guid owner, SecretBuffer subjectKey, CancellationToken cancellationToken)
    {
        if (await _reader.OpenAsync(statements => RegisterRows.Find(statements, row.Id), cancellationToken) is not { } opened)
            return null;

        using SecretBuffer key = opened.Key;
        EpochRow epoch = _reader.Read(statements => RegisterEpochs.Find(statements, row.Place.Zone, opened.Row.Epoch)) ?? throw Faults.Refuse(Faults.BrokenRegister);
        using SecretBuffer epochSecret = await _reader.OpenAsync(epoch, cancellationToken), both = RegisterSecrets.Combine(epochSecret.Span, subjectKey.Span);
        ObjectKeyRow bound = opened.Row with { Bound = owner };
        return (opened.Row, bound with { Blob = DerivedKeyWrap.Wrap(both.Span, key.Span, RegisterSecrets.PlaceOf(bound)) });
    }
}
