using System.Buffers;
using CsCheck;
using MedRedact.KeyManagement;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace MedRedact.Storage.Tests;

public sealed class RegisterTurnTests : RegisterTests
{
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
        KeyDescription rotated = await Ring.RotateAsync(KeyRole.Wrapping(StorageZone.Redacted));
        Root.Calls = 0;
        Assert.Equal(1, await register.RewrapAsync());
        Assert.InRange(Root.Calls, 1, 2);
        Assert.Equal([rotated.Id], register.WrappingKeys());
        await Ring.SetStateAsync(before, KeyState.Disabled);

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

        File.Copy(Home["keys/register.db"], Home["copy.db"]);
        using (KeyRegister register = Open())
        {
            await register.ShredDocumentAsync(Clinic, places[0].Place.Document!.Value, null);
            KeyId before = Assert.Single(register.WrappingKeys());
            await Ring.RotateAsync(KeyRole.Wrapping(StorageZone.Redacted));
            Assert.Equal(3, (await register.TurnAsync()).Moved);
            Assert.DoesNotContain(before, register.WrappingKeys());
            await Ring.SetStateAsync(before, KeyState.Disabled);
            for (byte i = 1; i < 4; i++)
                Assert.Equal(Key(i), await OpenAsync(register, places[i].Wrapped, places[i].Place));
        }

        using KeyRegister restored = KeyRegister.Open(Home["copy.db"], Ring, TimeProvider.System);
        foreach ((WrappedKey wrapped, KeyContext place) in places)
            await Assert.ThrowsAnyAsync<MedRedactException>(() => OpenAsync(restored, wrapped, place));
    }

    [Fact]
    public async Task Turns_with_the_life_of_wrapping_keys_close_the_old_ones_at_once_and_destroy_them_when_they_may()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));
        using var ring = new LocalKeyRing(new LocalKeyRingOptions { Home = Home["other"] }, time);
        using KeyRegister register = KeyRegister.Open(Home["other/keys/register.db"], ring, time, ring);
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
    public async Task The_ledger_knows_of_a_wrapping_key_before_a_secret_lies_under_it_and_where_it_refuses_none_does()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));
        var ledger = new LedgerFake();
        using var ring = new LocalKeyRing(new LocalKeyRingOptions { Home = Home["other"] }, time);
        using KeyRegister register = KeyRegister.Open(Home["other/keys/register.db"], ring, time, ring, ledger);
        KeyContext place = Place(DocumentId.Create(TimeProvider.System), StorageZone.Redacted);
        WrappedKey wrapped = await register.WrapAsync(Key(1), place);
        KeyId first = Assert.Single(register.WrappingKeys());
        await register.TurnAsync();
        Assert.Empty(ledger.Events);

        // The turn rotates, and then cannot say so.
        time.Advance(TimeSpan.FromDays(8));
        ledger.Refuses = true;
        await Assert.ThrowsAsync<MedRedactException>(async () => await register.TurnAsync());
        Assert.Equal([first], register.WrappingKeys());
        Assert.Equal(Key(1), await OpenAsync(register, wrapped, place));

        ledger.Refuses = false;
        ledger.BeforeAnswer = _ => Assert.Equal([first], register.WrappingKeys());
        await register.TurnAsync();
        KeyId second = Assert.Single(register.WrappingKeys());
        Assert.Equal(second.Value, Assert.Single(ledger.Events).Fields.Single(field => field.Name == "key").Value.Text);

        ledger.BeforeAnswer = null;
        KeyDescription third = await ring.RotateAsync(KeyRole.Wrapping(StorageZone.Redacted));
        Assert.Equal(1, await register.RewrapAsync());
        Assert.Equal(third.Id.Value, ledger.Events[^1].Fields.Single(field => field.Name == "key").Value.Text);
        Assert.All(ledger.Events, each => Assert.Equal(AuditKind.KeyUsed, each.Kind));
        Assert.Equal(2, ledger.Events.Count);
    }

    [Fact]
    public async Task Whichever_call_of_theRoot_fails_during_a_turn_or_a_rewrap_nothing_is_lost_and_the_next_call_finishes()
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
                await Ring.RotateAsync(KeyRole.Wrapping(StorageZone.Redacted));
                Root.FailAt(at);
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
                    Root.FailAt(0);
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
            await Ring.RotateAsync(KeyRole.Wrapping(StorageZone.Redacted));
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

    private async Task RunAsync((int Kind, int Document, int Person)[] steps)
    {
        string file = Home[$"{Guid.CreateVersion7():N}.db"];
        using KeyRegister register = KeyRegister.Open(file, Root, TimeProvider.System);
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
                    await Ring.RotateAsync(KeyRole.Wrapping(StorageZone.Redacted));
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
}
