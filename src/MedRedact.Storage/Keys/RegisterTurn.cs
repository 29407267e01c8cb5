using MedRedact.Envelope;

namespace MedRedact.Storage;

/// <summary>Puts the keys of a register under new epoch secrets, and epoch secrets under new wrapping keys. Every step is a transaction that leaves all keys openable, so an
/// interrupted call is finished by the next.</summary>
internal sealed class RegisterTurn(GroupWriter writer, RegisterReader reader, IKeyWrapper root, IKeyLifecycle? wrappingKeys, IAuditSink? audit, TimeProvider time)
{
    private const int KeysAtOnce = 256;
    private const int Attempts = 16;

    private static readonly StorageZone[] Zones = Enum.GetValues<StorageZone>();
    private static readonly ActorId Actor = new("key-register");
    private static readonly KeyPurpose Wrapping = new("register-wrapping");

    /// <summary>The epoch that new keys of a zone belong to; the first is made here.</summary>
    public async ValueTask<EpochRow> NewestAsync(StorageZone zone, CancellationToken cancellationToken) =>
        reader.Read(statements => RegisterEpochs.Newest(statements, zone)) ?? await BeginAsync(zone, before: null, cancellationToken);

    /// <summary>Turns every zone that has keys.</summary>
    public async ValueTask<KeyTurn> TurnAsync(CancellationToken cancellationToken)
    {
        int turned = 0;
        bool closes = wrappingKeys is not null;
        foreach (StorageZone zone in Zones)
        {
            if (reader.Read(statements => RegisterEpochs.Newest(statements, zone)) is not { } newest)
                continue;

            closes &= await TryRotateAsync(zone, cancellationToken);
            EpochRow next = await BeginAsync(zone, newest, cancellationToken);
            closes &= next.Wrapped.WrappedBy != newest.Wrapped.WrappedBy;
            turned += await MoveAsync(next, cancellationToken);
            await writer.RunAsync(statements => RegisterEpochs.DropBefore(statements, zone, next.Number), cancellationToken);

            // A key that does not open stays with its epoch, for whoever repairs it from a copy; until then that epoch's copies stay open.
            closes &= reader.Read(RegisterEpochs.All).Count(epoch => epoch.Zone == zone) == 1;
        }

        await writer.FoldAsync(isRequired: true);
        await RetireAsync(cancellationToken);
        return new KeyTurn(turned, closes);
    }

    /// <summary>Wraps every epoch secret anew under the active wrapping key of its zone.</summary>
    /// <returns>How many secrets another key wraps now.</returns>
    public async ValueTask<int> RewrapAsync(CancellationToken cancellationToken)
    {
        int changed = 0;
        foreach (EpochRow epoch in reader.Read(RegisterEpochs.All))
        {
            using SecretBuffer secret = await reader.OpenAsync(epoch, cancellationToken);
            WrappedKey wrapped = await root.WrapAsync(secret.Memory, RegisterSecrets.EpochContext(epoch.Zone), cancellationToken);
            if (wrapped.WrappedBy == epoch.Wrapped.WrappedBy)
                continue;

            await RecordAsync(wrapped.WrappedBy, cancellationToken);
            changed += await writer.RunAsync(statements => RegisterEpochs.Replace(statements, epoch, wrapped), cancellationToken) ? 1 : 0;
        }

        await writer.FoldAsync(isRequired: false);
        return changed;
    }

    /// <summary>A copy of the register from before is worth what its wrapping key is, so that one is replaced; but not oftener than keys can be destroyed, or a
    /// ring would fill with keys that wait. A turn that comes sooner leaves it to the next.</summary>
    private async ValueTask<bool> TryRotateAsync(StorageZone zone, CancellationToken cancellationToken)
    {
        if (wrappingKeys is null)
            return false;

        DateTimeOffset young = time.GetUtcNow() - IKeyLifecycle.MinDestructionWait;
        KeyRole role = KeyRole.Wrapping(zone);
        if ((await wrappingKeys.ListAsync(cancellationToken)).Any(key => key.Role == role && key.State == KeyState.Active && key.CreatedAt > young))
            return false;

        await wrappingKeys.RotateAsync(role, operation: null, cancellationToken);
        return true;
    }

    /// <summary>Wrapping keys that this register let go of are closed now and destroyed once they may be. Of others it knows nothing, and leaves them.</summary>
    private async ValueTask RetireAsync(CancellationToken cancellationToken)
    {
        if (wrappingKeys is null)
            return;

        await wrappingKeys.DestroyDueAsync(cancellationToken);
        Dictionary<KeyId, KeyDescription> known = (await wrappingKeys.ListAsync(cancellationToken)).ToDictionary(key => key.Id);
        foreach (KeyId key in reader.Read(RegisterEpochs.LetGo))
        {
            if (known.GetValueOrDefault(key) is not { State: not KeyState.Destroyed } living)
                await writer.RunAsync(statements => RegisterEpochs.Forget(statements, key), cancellationToken);
            else if (living.State == KeyState.DecryptOnly)
                await wrappingKeys.ScheduleDestroyAsync(key, IKeyLifecycle.MinDestructionWait, cancellationToken);
        }
    }

    /// <summary>Makes the epoch after another; where somebody else was faster, theirs.</summary>
    private async ValueTask<EpochRow> BeginAsync(StorageZone zone, EpochRow? before, CancellationToken cancellationToken)
    {
        long after = before?.Number ?? 0;
        using SecretBuffer secret = SecretBuffer.Random(DerivedKeyWrap.KeySize);
        var epoch = new EpochRow(zone, after + 1, await root.WrapAsync(secret.Memory, RegisterSecrets.EpochContext(zone), cancellationToken));
        if (before is not null && before.Wrapped.WrappedBy != epoch.Wrapped.WrappedBy)
            await RecordAsync(epoch.Wrapped.WrappedBy, cancellationToken);
        return await writer.RunAsync(
            statements =>
            {
                if (RegisterEpochs.Newest(statements, zone) is { } newest && newest.Number > after)
                    return newest;

                RegisterEpochs.Add(statements, epoch, time.GetUtcNow().ToUnixTimeMilliseconds());
                return epoch;
            },
            cancellationToken);
    }

    /// <summary>The ledger knows of a wrapping key before a secret lies under it, whoever rotated; after a crash in between it may be told twice.</summary>
    private async ValueTask RecordAsync(KeyId key, CancellationToken cancellationToken)
    {
        if (audit is null)
            return;

        await audit.AppendAsync(
            new AuditEvent(AuditKind.KeyUsed, time.GetUtcNow(), Actor) { Fields = [new("key", AuditValue.Of(key)), new("purpose", AuditValue.Of(Wrapping))] },
            cancellationToken);
    }

    private async ValueTask<int> MoveAsync(EpochRow to, CancellationToken cancellationToken)
    {
        using SecretBuffer secret = await reader.OpenAsync(to, cancellationToken);
        int moved = 0;
        byte[] after = [];
        for (IReadOnlyList<ObjectKeyRow> rows; (rows = reader.Read(statements => RegisterRows.Before(statements, to.Zone, to.Number, after, KeysAtOnce))).Count > 0; after = rows[^1].Id)
            moved += await MoveAsync(rows, to, secret, cancellationToken);

        if (to.Zone == KeyRegister.SubjectZone)
        {
            after = [];
            for (IReadOnlyList<SubjectKeyRow> rows; (rows = reader.Read(statements => RegisterRows.SubjectsBefore(statements, to.Number, after, KeysAtOnce))).Count > 0;
                after = rows[^1].Id.ToByteArray(bigEndian: true))
                moved += await MoveAsync(rows, to, secret, cancellationToken);
        }

        return moved;
    }

    private async ValueTask<int> MoveAsync(IReadOnlyList<ObjectKeyRow> rows, EpochRow to, SecretBuffer secret, CancellationToken cancellationToken)
    {
        var changes = new List<(ObjectKeyRow Was, ObjectKeyRow? Is)>();
        foreach (ObjectKeyRow row in rows)
        {
            try
            {
                if (await MovedAsync(row, to, secret, cancellationToken) is { } moved)
                    changes.Add(moved);
            }
            catch (MedRedactException gone) when (gone.Code == Faults.KeyGone)
            {
                changes.Add((row, null));
            }
            catch (MedRedactException broken) when (broken.Code == Faults.BrokenRegister)
            {
                // It stays where it is, and its epoch with it.
            }
        }

        return await writer.RunAsync(
            statements =>
            {
                int moved = 0;
                foreach ((ObjectKeyRow was, ObjectKeyRow? changed) in changes)
                {
                    if (RegisterRows.Find(statements, was.Id) is not { } now || !now.Blob.AsSpan().SequenceEqual(was.Blob))
                        continue;

                    // What no subject opens any more is dead already: it goes, so that the epoch can.
                    if (changed is null)
                        RegisterRows.Remove(statements, was.Id);
                    else
                        RegisterRows.Replace(statements, changed);
                    moved += changed is null ? 0 : 1;
                }

                return moved;
            },
            cancellationToken);
    }

    /// <summary>A key under the new epoch; nothing where its row went meanwhile or is there already.</summary>
    /// <exception cref="MedRedactException"><see cref="Faults.KeyGone"/>: its subject's key was destroyed. <see cref="Faults.BrokenRegister"/>: it does not open.</exception>
    private async ValueTask<(ObjectKeyRow Was, ObjectKeyRow? Is)?> MovedAsync(ObjectKeyRow row, EpochRow to, SecretBuffer secret, CancellationToken cancellationToken)
    {
        if (await reader.OpenAsync(statements => RegisterRows.Find(statements, row.Id), cancellationToken) is not { } opened)
            return null;

        using SecretBuffer key = opened.Key;
        if (opened.Row.Epoch >= to.Number)
            return null;

        using SecretBuffer? subject = opened.Row.Bound is { } bound
            ? (await reader.OpenSubjectAsync(statements => RegisterRows.FindSubject(statements, bound), cancellationToken))?.Key ?? throw Faults.Refuse(Faults.KeyGone)
            : null;
        using SecretBuffer both = RegisterSecrets.Combine(secret.Span, subject is null ? [] : subject.Span);
        ObjectKeyRow moved = opened.Row with { Epoch = to.Number };
        return (opened.Row, moved with { Blob = DerivedKeyWrap.Wrap(both.Span, key.Span, RegisterSecrets.PlaceOf(moved)) });
    }

    private async ValueTask<int> MoveAsync(IReadOnlyList<SubjectKeyRow> rows, EpochRow to, SecretBuffer secret, CancellationToken cancellationToken)
    {
        var changes = new List<(SubjectKeyRow Was, SubjectKeyRow Is)>();
        foreach (SubjectKeyRow row in rows)
        {
            if (await TryOpenAsync(row, cancellationToken) is not { } opened)
                continue;

            using SecretBuffer key = opened.Key;
            SubjectKeyRow moved = opened.Row with { Epoch = to.Number };
            changes.Add((opened.Row, moved with { Blob = DerivedKeyWrap.Wrap(secret.Span, key.Span, RegisterSecrets.PlaceOf(moved)) }));
        }

        return await writer.RunAsync(
            statements =>
            {
                foreach ((SubjectKeyRow was, SubjectKeyRow changed) in changes)
                {
                    if (RegisterRows.FindSubject(statements, was.Id) is { } now && now.Blob.AsSpan().SequenceEqual(was.Blob))
                        RegisterRows.Replace(statements, changed);
                }

                return changes.Count;
            },
            cancellationToken);
    }

    private async ValueTask<(SubjectKeyRow Row, SecretBuffer Key)?> TryOpenAsync(SubjectKeyRow row, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.OpenSubjectAsync(statements => RegisterRows.FindSubject(statements, row.Id), cancellationToken);
        }
        catch (MedRedactException broken) when (broken.Code == Faults.BrokenRegister)
        {
            return null;
        }
    }
}
