using System.Buffers;
using CsCheck;
using MedRedact.KeyManagement;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace MedRedact.Storage.Tests;

public sealed class KeyRegisterTests : IDisposable
{
    private static readonly TenantId Clinic = new("clinic");
    private static readonly KeyPurpose Purpose = new("document");

    private readonly Folder _folder = new();
    private readonly LocalKeyRing _ring;
    private readonly CountedRoot _root;

    public KeyRegisterTests()
    {
        _ring = new LocalKeyRing(new LocalKeyRingOptions { Home = _folder.Path }, TimeProvider.System);
        _root = new CountedRoot(_ring);
    }

    public void Dispose()
    {
        _ring.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Objects_of_a_document_in_one_zone_share_a_key_and_other_places_have_others()
    {
        using KeyRegister register = Open();
        DocumentId document = DocumentId.Create(TimeProvider.System);
        KeyContext redacted = Place(document, StorageZone.Redacted);
        KeyId one = (await register.WrapAsync(Key(1), redacted)).WrappedBy, again = (await register.WrapAsync(Key(2), redacted)).WrappedBy;
        KeyId[] others =
        [
            (await register.WrapAsync(Key(3), redacted with { Zone = StorageZone.Structured })).WrappedBy,
            (await register.WrapAsync(Key(3), redacted with { Tenant = new TenantId("other") })).WrappedBy,
            (await register.WrapAsync(Key(3), redacted with { Document = null })).WrappedBy,
            (await register.WrapAsync(Key(3), redacted with { Document = DocumentId.Create(TimeProvider.System) })).WrappedBy,
            (await register.WrapAsync(Key(3), redacted with { Document = null, Subject = Person(1) })).WrappedBy,
        ];
        Assert.Equal(one, again);
        Assert.Equal(6, others.Append(one).Distinct().Count());
    }

    [Fact]
    public async Task What_was_wrapped_opens_in_another_process_and_with_another_ring_it_does_not()
    {
        KeyContext place = Place(DocumentId.Create(TimeProvider.System), StorageZone.Redacted);
        WrappedKey wrapped;
        using (KeyRegister first = Open())
            wrapped = await first.WrapAsync(Key(7), place);

        using KeyRegister second = Open();
        Assert.Equal(Key(7), await OpenAsync(second, wrapped, place));

        using var strangerHome = new Folder();
        using var stranger = new LocalKeyRing(new LocalKeyRingOptions { Home = strangerHome.Path }, TimeProvider.System);
        using KeyRegister other = KeyRegister.Open(_folder["keys/register.db"], stranger, TimeProvider.System);
        await Assert.ThrowsAnyAsync<MedRedactException>(() => OpenAsync(other, wrapped, place));
    }

    [Fact]
    public async Task A_shredded_document_opens_nowhere_any_more_and_its_neighbours_do()
    {
        using KeyRegister register = Open();
        DocumentId document = DocumentId.Create(TimeProvider.System), neighbour = DocumentId.Create(TimeProvider.System);
        WrappedKey quarantined = await register.WrapAsync(Key(1), Place(document, StorageZone.Quarantine));
        WrappedKey redacted = await register.WrapAsync(Key(2), Place(document, StorageZone.Redacted));
        WrappedKey next = await register.WrapAsync(Key(3), Place(neighbour, StorageZone.Quarantine));

        Assert.Equal(1, await register.ShredDocumentAsync(Clinic, document, StorageZone.Quarantine));
        await AssertGoneAsync(register, quarantined, Place(document, StorageZone.Quarantine));
        Assert.Equal(Key(2), await OpenAsync(register, redacted, Place(document, StorageZone.Redacted)));

        Assert.Equal(1, await register.ShredDocumentAsync(Clinic, document, null));
        await AssertGoneAsync(register, redacted, Place(document, StorageZone.Redacted));
        Assert.Equal(Key(3), await OpenAsync(register, next, Place(neighbour, StorageZone.Quarantine)));
        Assert.Equal(0, await register.ShredDocumentAsync(Clinic, document, null));
    }

    [Fact]
    public async Task Shredding_a_subject_closes_all_that_was_bound_to_it_by_deleting_its_key_and_that_of_its_values_and_leaves_evidence_readable()
    {
        using KeyRegister register = Open();
        SubjectId person = Person(1), relative = Person(2);
        var bound = new List<(WrappedKey Wrapped, KeyContext Place)>();
        var kept = new List<(WrappedKey Wrapped, KeyContext Place, byte Value)>();
        for (byte i = 1; i <= 5; i++)
        {
            DocumentId document = DocumentId.Create(TimeProvider.System);
            foreach (StorageZone zone in new[] { StorageZone.Quarantine, StorageZone.Redacted, StorageZone.Proofs })
            {
                KeyContext place = Place(document, zone);
                WrappedKey wrapped = await register.WrapAsync(Key(i), place);
                if (zone == StorageZone.Proofs || i == 5)
                    kept.Add((wrapped, place, i));
                else
                    bound.Add((wrapped, place));
            }

            await register.BindAsync(Clinic, document, i == 5 ? relative : person);
            KeyContext later = Place(document, StorageZone.Structured);
            WrappedKey record = await register.WrapAsync(Key(i), later);
            if (i == 5)
                kept.Add((record, later, i));
            else
                bound.Add((record, later));
        }

        KeyContext value = Place(null, StorageZone.Tokens) with { Subject = person };
        bound.Add((await register.WrapAsync(Key(9), value), value));
        foreach ((WrappedKey wrapped, KeyContext place) in bound)
            Assert.Equal(32, (await OpenAsync(register, wrapped, place)).Length);

        long rows = Rows();
        Assert.True(await register.ShredSubjectAsync(Clinic, person));
        Assert.Equal(rows - 2, Rows());
        foreach ((WrappedKey wrapped, KeyContext place) in bound)
            await AssertGoneAsync(register, wrapped, place);
        foreach ((WrappedKey wrapped, KeyContext place, byte i) in kept)
            Assert.Equal(Key(i), await OpenAsync(register, wrapped, place));

        Assert.False(await register.ShredSubjectAsync(Clinic, person));
        await Assert.ThrowsAnyAsync<MedRedactException>(async () => await register.WrapAsync(Key(1), bound[0].Place with { Zone = StorageZone.Tokens }));
    }

    [Fact]
    public async Task A_subject_that_comes_back_gets_a_new_key_that_opens_nothing_old()
    {
        using KeyRegister register = Open();
        KeyContext value = Place(null, StorageZone.Tokens) with { Subject = Person(1) };
        WrappedKey old = await register.WrapAsync(Key(1), value);
        DocumentId document = DocumentId.Create(TimeProvider.System);
        WrappedKey page = await register.WrapAsync(Key(3), Place(document, StorageZone.Redacted));
        await register.BindAsync(Clinic, document, Person(1));

        await register.ShredSubjectAsync(Clinic, Person(1));
        WrappedKey made = await register.WrapAsync(Key(2), value);
        DocumentId later = DocumentId.Create(TimeProvider.System);
        WrappedKey fresh = await register.WrapAsync(Key(4), Place(later, StorageZone.Redacted));
        await register.BindAsync(Clinic, later, Person(1));
        await AssertGoneAsync(register, page, Place(document, StorageZone.Redacted));
        await register.TurnAsync();
        await AssertGoneAsync(register, page, Place(document, StorageZone.Redacted));
        Assert.Equal(Key(4), await OpenAsync(register, fresh, Place(later, StorageZone.Redacted)));
        await AssertGoneAsync(register, old, value);
        Assert.Equal(Key(2), await OpenAsync(register, made, value));
    }

    [Fact]
    public async Task Rotating_a_wrapping_key_wraps_one_secret_anew_and_all_that_was_wrapped_still_opens()
    {
        using KeyRegister register = Open();
        var wrapped = new List<(WrappedKey Wrapped, KeyContext Place)>();
        for (byte i = 0; i < 20; i++)
        {
            KeyContext place = Place(DocumentId.Create(TimeProvider.System), StorageZone.Redacted);
            wrapped.Add((await register.WrapAsync(Key(i), place), place));
        }

        KeyId before = Assert.Single(register.WrappingKeys());
        KeyDescription rotated = await _ring.RotateAsync(KeyRole.Wrapping(StorageZone.Redacted));
        _root.Calls = 0;
        Assert.Equal(1, await register.RewrapAsync());
        Assert.InRange(_root.Calls, 1, 2);
        Assert.Equal([rotated.Id], register.WrappingKeys());
        await _ring.SetStateAsync(before, KeyState.Disabled);

        for (byte i = 0; i < 20; i++)
            Assert.Equal(Key(i), await OpenAsync(register, wrapped[i].Wrapped, wrapped[i].Place));
        Assert.Equal(0, await register.RewrapAsync());
    }

    [Fact]
    public async Task A_copy_of_the_register_from_before_a_turn_opens_nothing_once_the_wrapping_key_before_is_gone()
    {
        var places = new List<(WrappedKey Wrapped, KeyContext Place)>();
        using (KeyRegister register = Open())
        {
            for (byte i = 0; i < 4; i++)
            {
                KeyContext place = Place(DocumentId.Create(TimeProvider.System), StorageZone.Redacted);
                places.Add((await register.WrapAsync(Key(i), place), place));
            }
        }

        File.Copy(_folder["keys/register.db"], _folder["copy.db"]);
        using (KeyRegister register = Open())
        {
            await register.ShredDocumentAsync(Clinic, places[0].Place.Document!.Value, null);
            KeyId before = Assert.Single(register.WrappingKeys());
            await _ring.RotateAsync(KeyRole.Wrapping(StorageZone.Redacted));
            Assert.Equal(3, (await register.TurnAsync()).Moved);
            Assert.DoesNotContain(before, register.WrappingKeys());
            await _ring.SetStateAsync(before, KeyState.Disabled);
            for (byte i = 1; i < 4; i++)
                Assert.Equal(Key(i), await OpenAsync(register, places[i].Wrapped, places[i].Place));
        }

        using KeyRegister restored = KeyRegister.Open(_folder["copy.db"], _ring, TimeProvider.System);
        foreach ((WrappedKey wrapped, KeyContext place) in places)
            await Assert.ThrowsAnyAsync<MedRedactException>(() => OpenAsync(restored, wrapped, place));
    }

    [Fact]
    public async Task Turns_with_the_life_of_wrapping_keys_close_the_old_ones_at_once_and_destroy_them_when_they_may()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));
        using var ring = new LocalKeyRing(new LocalKeyRingOptions { Home = _folder["other"] }, time);
        using KeyRegister register = KeyRegister.Open(_folder["other/keys/register.db"], ring, time, ring);
        KeyContext place = Place(DocumentId.Create(TimeProvider.System), StorageZone.Redacted);
        WrappedKey wrapped = await register.WrapAsync(Key(1), place);
        KeyId first = Assert.Single(register.WrappingKeys());
        KeyState StateOf(KeyId key) => ring.ListAsync().AsTask().GetAwaiter().GetResult().Single(each => each.Id == key).State;

        // Too soon: the secret turns, the wrapping key stays.
        Assert.False((await register.TurnAsync()).ClosesCopies);
        Assert.Equal([first], register.WrappingKeys());
        Assert.Equal(KeyState.Active, StateOf(first));

        KeyDescription stranger = (await ring.ListAsync()).First(key => key.Zone == StorageZone.Structured);
        await ring.RotateAsync(KeyRole.Wrapping(StorageZone.Structured));
        time.Advance(TimeSpan.FromDays(8));
        Assert.True((await register.TurnAsync()).ClosesCopies);
        Assert.Equal(KeyState.DecryptOnly, StateOf(stranger.Id));
        Assert.DoesNotContain(first, register.WrappingKeys());
        Assert.Equal(KeyState.Disabled, StateOf(first));

        time.Advance(TimeSpan.FromDays(8));
        await register.TurnAsync();
        Assert.Equal(KeyState.Destroyed, StateOf(first));
        Assert.Equal(Key(1), await OpenAsync(register, wrapped, place));
    }

    [Fact]
    public async Task Whichever_call_of_the_root_fails_during_a_turn_or_a_rewrap_nothing_is_lost_and_the_next_call_finishes()
    {
        using KeyRegister register = Open();
        var wrapped = new List<(WrappedKey Wrapped, KeyContext Place, byte Value)>();
        for (byte i = 0; i < 6; i++)
        {
            DocumentId document = DocumentId.Create(TimeProvider.System);
            foreach (StorageZone zone in new[] { StorageZone.Quarantine, StorageZone.Redacted, StorageZone.Tokens })
            {
                KeyContext place = Place(document, zone);
                wrapped.Add((await register.WrapAsync(Key(i), place), place, i));
            }

            if (i < 3)
                await register.BindAsync(Clinic, document, Person(i));
        }

        foreach (Func<KeyRegister, ValueTask<int>> act in new Func<KeyRegister, ValueTask<int>>[] { async each => (await each.TurnAsync()).Moved, each => each.RewrapAsync() })
        {
            int faults = 0;
            for (int at = 1; ; at++)
            {
                await _ring.RotateAsync(KeyRole.Wrapping(StorageZone.Redacted));
                _root.FailAt(at);
                try
                {
                    await act(register);
                    break;
                }
                catch (MedRedactException)
                {
                    faults++;
                }
                finally
                {
                    _root.FailAt(0);
                }

                foreach ((WrappedKey each, KeyContext place, byte value) in wrapped)
                    Assert.Equal(Key(value), await OpenAsync(register, each, place));
            }

            Assert.True(faults > 2, "the fault was never met");
        }

        await register.TurnAsync();
        Assert.Equal(3, Scalar("SELECT count(*) FROM epoch"));
        foreach ((WrappedKey each, KeyContext place, byte value) in wrapped)
            Assert.Equal(Key(value), await OpenAsync(register, each, place));
    }

    [Fact]
    public async Task Turns_and_rotations_under_readers_and_writers_fail_nobody()
    {
        using KeyRegister register = Open(), other = Open();
        using var done = new CancellationTokenSource();
        DocumentId shared = DocumentId.Create(TimeProvider.System);
        WrappedKey wrapped = await register.WrapAsync(Key(1), Place(shared, StorageZone.Redacted));
        await register.BindAsync(Clinic, shared, Person(1));

        Task[] readers = [.. Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
                Assert.Equal(Key(1), await OpenAsync(i % 2 == 0 ? register : other, wrapped, Place(shared, StorageZone.Redacted)));
        }))];
        Task[] writers = [.. Enumerable.Range(0, 2).Select(i => Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                KeyContext place = Place(DocumentId.Create(TimeProvider.System), StorageZone.Redacted);
                WrappedKey made = await (i == 0 ? register : other).WrapAsync(Key(2), place);
                Assert.Equal(Key(2), await OpenAsync(register, made, place));
            }
        }))];
        for (int turn = 0; turn < 4; turn++)
        {
            await _ring.RotateAsync(KeyRole.Wrapping(StorageZone.Redacted));
            await (turn % 2 == 0 ? register : other).RewrapAsync();
            await (turn % 3 == 0 ? register : other).TurnAsync();
        }

        await done.CancelAsync();
        await Task.WhenAll([.. readers, .. writers]);
    }

    [Fact]
    public void Any_sequence_of_wraps_binds_shreds_turns_and_rotations_keeps_what_lives_readable_and_what_was_shredded_closed() =>
        Gen.Int[0, 5].SelectMany(kind => Gen.Select(Gen.Int[0, 3], Gen.Int[0, 1], (document, person) => (kind, document, person))).Array[1, 24].Sample(
            steps => RunAsync(steps).GetAwaiter().GetResult(), iter: 12);

    [Theory]
    [InlineData("CREATE TEMP TABLE old AS SELECT id, blob FROM object_key; UPDATE object_key SET blob = (SELECT blob FROM old WHERE old.id != object_key.id)")]
    [InlineData("UPDATE object_key SET blob = zeroblob(81)")]
    [InlineData("UPDATE epoch SET blob = zeroblob(81)")]
    [InlineData("UPDATE object_key SET tenant = 'no tenant'")]
    [InlineData("UPDATE object_key SET document = CAST(x'00112233445566778899aabbccddee' || substr(document, 16, 1) AS BLOB)")]
    public async Task A_row_that_was_changed_or_exchanged_opens_nothing(string damage)
    {
        using KeyRegister register = Open();
        KeyContext one = Place(DocumentId.Create(TimeProvider.System), StorageZone.Redacted), two = Place(DocumentId.Create(TimeProvider.System), StorageZone.Redacted);
        WrappedKey first = await register.WrapAsync(Key(1), one), second = await register.WrapAsync(Key(2), two);
        Execute(damage);
        await Assert.ThrowsAnyAsync<MedRedactException>(() => OpenAsync(register, first, one));
        await Assert.ThrowsAnyAsync<MedRedactException>(() => OpenAsync(register, second, two));
    }

    [Fact]
    public async Task One_damaged_row_keeps_its_epoch_and_does_not_stop_a_turn_of_the_others()
    {
        using KeyRegister register = Open();
        KeyContext one = Place(DocumentId.Create(TimeProvider.System), StorageZone.Redacted), two = Place(DocumentId.Create(TimeProvider.System), StorageZone.Redacted);
        await register.WrapAsync(Key(1), one);
        WrappedKey sound = await register.WrapAsync(Key(2), two);
        Execute("UPDATE object_key SET blob = zeroblob(81) WHERE id = (SELECT id FROM object_key ORDER BY created, id LIMIT 1)");
        bool damagedFirst = false;
        try
        {
            await OpenAsync(register, sound, two);
        }
        catch (MedRedactException)
        {
            damagedFirst = true;
        }

        KeyTurn turn = await register.TurnAsync();
        Assert.Equal((1, false), (turn.Moved, turn.ClosesCopies));
        Assert.Equal(2, Scalar("SELECT count(*) FROM epoch"));
        if (!damagedFirst)
            Assert.Equal(Key(2), await OpenAsync(register, sound, two));
    }

    [Fact]
    public void A_file_that_is_no_register_is_refused()
    {
        Directory.CreateDirectory(_folder["keys"]);
        File.WriteAllText(_folder["keys/register.db"], new string('x', 4096));
        MedRedactException fault = Assert.ThrowsAny<MedRedactException>(Open);
        Assert.Equal(Faults.UnknownRegister, fault.Code);
    }

    [Fact]
    public async Task The_file_shows_no_key_and_others_may_not_read_it()
    {
        byte[] key = Key(201);
        using (KeyRegister register = Open())
            await register.WrapAsync(key, Place(DocumentId.Create(TimeProvider.System), StorageZone.Redacted));

        Assert.True(File.ReadAllBytes(_folder["keys/register.db"]).AsSpan().IndexOf(key.AsSpan(0, 8)) < 0, "the key is in the file");
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder["keys/register.db"]));
    }

    private static byte[] Key(byte value) => [.. Enumerable.Range(0, 32).Select(i => (byte)(value ^ (i * 37)))];

    private static SubjectId Person(int number)
    {
        byte[] digest = new byte[32];
        digest[0] = (byte)(number + 1);
        return new SubjectId(Digest256.From(digest));
    }

    private static KeyContext Place(DocumentId? document, StorageZone zone) => new(Purpose, zone, Clinic, document);

    private static async Task<byte[]> OpenAsync(KeyRegister register, WrappedKey wrapped, KeyContext place)
    {
        using IMemoryOwner<byte> opened = await register.UnwrapAsync(wrapped, place);
        return opened.Memory.ToArray();
    }

    private static async Task AssertGoneAsync(KeyRegister register, WrappedKey wrapped, KeyContext place) =>
        Assert.Equal(Faults.KeyGone, (await Assert.ThrowsAnyAsync<MedRedactException>(() => OpenAsync(register, wrapped, place))).Code);

    private KeyRegister Open() => KeyRegister.Open(_folder["keys/register.db"], _root, TimeProvider.System);

    private async Task RunAsync((int Kind, int Document, int Person)[] steps)
    {
        string file = _folder[$"{Guid.CreateVersion7():N}.db"];
        using KeyRegister register = KeyRegister.Open(file, _root, TimeProvider.System);
        DocumentId[] documents = [.. Enumerable.Range(0, 4).Select(_ => DocumentId.Create(TimeProvider.System))];
        var owner = new int?[4];
        var living = new List<(WrappedKey Wrapped, KeyContext Place, int Document)>();
        var dead = new List<(WrappedKey Wrapped, KeyContext Place)>();
        foreach ((int kind, int document, int person) in steps)
        {
            switch (kind)
            {
                case 0 or 1:
                    KeyContext place = Place(documents[document], kind == 0 ? StorageZone.Quarantine : StorageZone.Redacted);
                    living.Add((await register.WrapAsync(Key(3), place), place, document));
                    break;
                case 2 when living.Any(each => each.Document == document):
                    await register.BindAsync(Clinic, documents[document], Person(person));
                    owner[document] = person;
                    break;
                case 3:
                    await register.ShredDocumentAsync(Clinic, documents[document], null);
                    Bury(each => each == document);
                    owner[document] = null;
                    break;
                case 4:
                    await register.ShredSubjectAsync(Clinic, Person(person));
                    Bury(each => owner[each] == person);
                    foreach (int each in Enumerable.Range(0, 4).Where(each => owner[each] == person))
                    {
                        // Whoever ingests the document again does so under a new id.
                        documents[each] = DocumentId.Create(TimeProvider.System);
                        owner[each] = null;
                    }

                    break;
                default:
                    await _ring.RotateAsync(KeyRole.Wrapping(StorageZone.Redacted));
                    _ = person == 0 ? (await register.TurnAsync()).Moved : await register.RewrapAsync();
                    break;
            }

            foreach ((WrappedKey wrapped, KeyContext where, _) in living)
                Assert.Equal(Key(3), await OpenAsync(register, wrapped, where));
            foreach ((WrappedKey wrapped, KeyContext where) in dead)
                await AssertGoneAsync(register, wrapped, where);
        }

        void Bury(Func<int, bool> died)
        {
            dead.AddRange(living.Where(each => died(each.Document)).Select(each => (each.Wrapped, each.Place)));
            living.RemoveAll(each => died(each.Document));
        }
    }

    private long Rows() => Scalar("SELECT (SELECT count(*) FROM object_key) + (SELECT count(*) FROM subject_key)");

    private long Scalar(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_folder["keys/register.db"]};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_folder["keys/register.db"]};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>A root that counts what it is asked and may fail once.</summary>
    private sealed class CountedRoot(IKeyWrapper inner) : IKeyWrapper
    {
        private int _failAt;

        public int Calls { get; set; }

        public void FailAt(int call) => (_failAt, Calls) = (call, 0);

        public ValueTask<WrappedKey> WrapAsync(ReadOnlyMemory<byte> dataKey, KeyContext context, CancellationToken cancellationToken = default)
        {
            Count();
            return inner.WrapAsync(dataKey, context, cancellationToken);
        }

        public ValueTask<IMemoryOwner<byte>> UnwrapAsync(WrappedKey dataKey, KeyContext context, CancellationToken cancellationToken = default)
        {
            Count();
            return inner.UnwrapAsync(dataKey, context, cancellationToken);
        }

        private void Count()
        {
            if (++Calls == _failAt)
                throw new MedRedactException(new FaultCode("MR-KEY-009"), "The key service failed once.");
        }
    }
}
