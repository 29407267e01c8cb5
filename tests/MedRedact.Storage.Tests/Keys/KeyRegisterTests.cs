using System.Buffers;
using MedRedact.KeyManagement;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace MedRedact.Storage.Tests;

public sealed class KeyRegisterTests : RegisterTests
{
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
    public async Task What_was_wrapped_opens_in_another_process_and_with_anotherRing_it_does_not()
    {
        KeyContext place = Place(DocumentId.Create(TimeProvider.System), StorageZone.Redacted);
        WrappedKey wrapped;
        using (KeyRegister first = Open())
            wrapped = await first.WrapAsync(Key(7), place);

        using KeyRegister second = Open();
        Assert.Equal(Key(7), await OpenAsync(second, wrapped, place));

        using var strangerHome = new Folder();
        using var stranger = new LocalKeyRing(new LocalKeyRingOptions { Home = strangerHome.Path }, TimeProvider.System);
        using KeyRegister other = KeyRegister.Open(Home["keys/register.db"], stranger, TimeProvider.System);
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
    public void A_file_that_is_no_register_is_refused()
    {
        Directory.CreateDirectory(Home["keys"]);
        File.WriteAllText(Home["keys/register.db"], new string('x', 4096));
        MedRedactException fault = Assert.ThrowsAny<MedRedactException>(Open);
        Assert.Equal(Faults.UnknownRegister, fault.Code);
    }

    [Fact]
    public async Task The_file_shows_no_key_and_others_may_not_read_it()
    {
        byte[] key = Key(201);
        using (KeyRegister register = Open())
            await register.WrapAsync(key, Place(DocumentId.Create(TimeProvider.System), StorageZone.Redacted));

        Assert.True(File.ReadAllBytes(Home["keys/register.db"]).AsSpan().IndexOf(key.AsSpan(0, 8)) < 0, "the key is in the file");
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Home["keys/register.db"]));
    }
}
