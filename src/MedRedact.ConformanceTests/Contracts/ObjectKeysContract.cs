using System.Buffers;
using System.Security.Cryptography;
using MedRedact.Testing;

namespace MedRedact.ConformanceTests;

/// <summary>What every <see cref="IObjectKeys"/> promises, with the wrapper that seals under its keys: destroying one closes what was sealed under it, and nothing else.</summary>
public abstract class ObjectKeysContract
{
    private readonly SeededIds _ids = new(21);
    private int _keys;

    /// <summary>Opens keys that nothing was sealed under yet, and the wrapper over them. Both are disposed where they can be; they may be one.</summary>
    /// <returns>The keys and the wrapper.</returns>
    protected abstract ValueTask<(IObjectKeys Keys, IKeyWrapper Wrapper)> OpenAsync();

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task A_shredded_zone_of_a_document_opens_nothing_more_and_everything_else_does()
    {
        (IObjectKeys keys, IKeyWrapper wrapper) = await OpenAsync();
        DocumentId document = _ids.NextDocument(), neighbour = _ids.NextDocument();
        Sealed gone = await SealAsync(wrapper, Of(document, StorageZone.Quarantine));
        Sealed[] kept = [await SealAsync(wrapper, Of(document, StorageZone.Redacted)), await SealAsync(wrapper, Of(neighbour, StorageZone.Quarantine)), await SealAsync(wrapper, Of(null, StorageZone.Quarantine))];
        Assert.Equal(1, await keys.ShredDocumentAsync(Samples.Tenant, document, StorageZone.Quarantine, Samples.Cancellation));
        await AssertClosedAsync(wrapper, gone);
        foreach (Sealed each in kept)
            await AssertOpensAsync(wrapper, each);
        Assert.Equal(0, await keys.ShredDocumentAsync(Samples.Tenant, document, StorageZone.Quarantine, Samples.Cancellation));
        await CloseAsync(keys, wrapper);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task What_is_sealed_for_a_shredded_document_afterwards_opens_and_opens_nothing_old()
    {
        (IObjectKeys keys, IKeyWrapper wrapper) = await OpenAsync();
        DocumentId document = _ids.NextDocument();
        Sealed[] old = [await SealAsync(wrapper, Of(document, StorageZone.Redacted)), await SealAsync(wrapper, Of(document, StorageZone.Structured))];
        Assert.Equal(2, await keys.ShredDocumentAsync(Samples.Tenant, document, null, Samples.Cancellation));
        Sealed now = await SealAsync(wrapper, Of(document, StorageZone.Redacted));
        await AssertOpensAsync(wrapper, now);
        foreach (Sealed each in old)
            await AssertClosedAsync(wrapper, each);
        await CloseAsync(keys, wrapper);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task A_shredded_subject_closes_its_documents_and_values_and_leaves_evidence_and_other_people()
    {
        (IObjectKeys keys, IKeyWrapper wrapper) = await OpenAsync();
        SubjectId person = Person(1), other = Person(2);
        DocumentId[] hers = [_ids.NextDocument(), _ids.NextDocument()];
        DocumentId his = _ids.NextDocument();
        var closed = new List<Sealed> { await SealAsync(wrapper, Of(null, StorageZone.Tokens) with { Subject = person }) };
        var kept = new List<Sealed> { await SealAsync(wrapper, Of(null, StorageZone.Tokens) with { Subject = other }), await SealAsync(wrapper, Of(his, StorageZone.Redacted)) };
        await keys.BindAsync(Samples.Tenant, his, other, Samples.Cancellation);
        foreach (DocumentId document in hers)
        {
            closed.Add(await SealAsync(wrapper, Of(document, StorageZone.Quarantine)));
            closed.Add(await SealAsync(wrapper, Of(document, StorageZone.Redacted)));
            kept.Add(await SealAsync(wrapper, Of(document, StorageZone.Proofs)));
            await keys.BindAsync(Samples.Tenant, document, person, Samples.Cancellation);
        }

        foreach (Sealed each in closed)
            await AssertOpensAsync(wrapper, each);
        Assert.True(await keys.ShredSubjectAsync(Samples.Tenant, person, Samples.Cancellation), "nobody was there");
        foreach (Sealed each in closed)
            await AssertClosedAsync(wrapper, each);
        foreach (Sealed each in kept)
            await AssertOpensAsync(wrapper, each);
        Assert.False(await keys.ShredSubjectAsync(Samples.Tenant, person, Samples.Cancellation), "she was there twice");
        await CloseAsync(keys, wrapper);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task The_documents_of_a_subject_are_those_bound_to_it_until_it_is_destroyed()
    {
        (IObjectKeys keys, IKeyWrapper wrapper) = await OpenAsync();
        DocumentId[] hers = [_ids.NextDocument(), _ids.NextDocument()];
        DocumentId his = _ids.NextDocument();
        Assert.Null(await keys.FindDocumentsAsync(Samples.Tenant, Person(1), Samples.Cancellation));
        foreach ((DocumentId document, SubjectId person) in new[] { (hers[0], Person(1)), (hers[1], Person(1)), (his, Person(2)) })
        {
            await SealAsync(wrapper, Of(document, StorageZone.Redacted));
            await keys.BindAsync(Samples.Tenant, document, person, Samples.Cancellation);
        }

        Assert.True(await keys.FindDocumentsAsync(Samples.Tenant, Person(1), Samples.Cancellation) is { } found && found.ToHashSet().SetEquals(hers), "others are found");
        await keys.ShredSubjectAsync(Samples.Tenant, Person(1), Samples.Cancellation);
        Assert.Null(await keys.FindDocumentsAsync(Samples.Tenant, Person(1), Samples.Cancellation));
        await CloseAsync(keys, wrapper);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task Keys_that_a_bound_document_gets_later_close_with_its_subject_too()
    {
        (IObjectKeys keys, IKeyWrapper wrapper) = await OpenAsync();
        DocumentId document = _ids.NextDocument();
        await SealAsync(wrapper, Of(document, StorageZone.Redacted));
        await keys.BindAsync(Samples.Tenant, document, Person(1), Samples.Cancellation);
        Sealed later = await SealAsync(wrapper, Of(document, StorageZone.Structured));
        await AssertOpensAsync(wrapper, later);
        await keys.ShredSubjectAsync(Samples.Tenant, Person(1), Samples.Cancellation);
        await AssertClosedAsync(wrapper, later);
        await CloseAsync(keys, wrapper);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task Binding_once_or_again_closes_nothing()
    {
        (IObjectKeys keys, IKeyWrapper wrapper) = await OpenAsync();
        DocumentId document = _ids.NextDocument();
        Sealed before = await SealAsync(wrapper, Of(document, StorageZone.Redacted));
        for (int i = 0; i < 2; i++)
        {
            await keys.BindAsync(Samples.Tenant, document, Person(1), Samples.Cancellation);
            await AssertOpensAsync(wrapper, before);
        }

        await CloseAsync(keys, wrapper);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task A_document_whose_subject_was_destroyed_stays_closed_when_the_subject_comes_back()
    {
        (IObjectKeys keys, IKeyWrapper wrapper) = await OpenAsync();
        DocumentId document = _ids.NextDocument(), later = _ids.NextDocument();
        Sealed old = await SealAsync(wrapper, Of(document, StorageZone.Redacted)), value = await SealAsync(wrapper, Of(null, StorageZone.Tokens) with { Subject = Person(1) });
        await keys.BindAsync(Samples.Tenant, document, Person(1), Samples.Cancellation);
        await keys.ShredSubjectAsync(Samples.Tenant, Person(1), Samples.Cancellation);

        Sealed fresh = await SealAsync(wrapper, Of(later, StorageZone.Redacted)), again = await SealAsync(wrapper, Of(null, StorageZone.Tokens) with { Subject = Person(1) });
        await keys.BindAsync(Samples.Tenant, later, Person(1), Samples.Cancellation);
        await AssertOpensAsync(wrapper, fresh);
        await AssertOpensAsync(wrapper, again);
        await AssertClosedAsync(wrapper, old);
        await AssertClosedAsync(wrapper, value);
        await CloseAsync(keys, wrapper);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task A_turn_counts_what_it_moves_closes_nothing_and_brings_nothing_back()
    {
        (IObjectKeys keys, IKeyWrapper wrapper) = await OpenAsync();
        DocumentId document = _ids.NextDocument(), doomed = _ids.NextDocument();
        Sealed[] kept = [await SealAsync(wrapper, Of(document, StorageZone.Redacted)), await SealAsync(wrapper, Of(document, StorageZone.Proofs)), await SealAsync(wrapper, Of(null, StorageZone.Tokens) with { Subject = Person(1) })];
        Sealed gone = await SealAsync(wrapper, Of(doomed, StorageZone.Redacted));
        await keys.BindAsync(Samples.Tenant, document, Person(1), Samples.Cancellation);
        await keys.ShredDocumentAsync(Samples.Tenant, doomed, null, Samples.Cancellation);
        for (int i = 0; i < 2; i++)
        {
            Assert.True((await keys.TurnAsync(Samples.Cancellation)).Moved >= 2, "it says that it moved less than there is");
            foreach (Sealed each in kept)
                await AssertOpensAsync(wrapper, each);
            await AssertClosedAsync(wrapper, gone);
        }

        await keys.ShredSubjectAsync(Samples.Tenant, Person(1), Samples.Cancellation);
        await AssertClosedAsync(wrapper, kept[0]);
        await CloseAsync(keys, wrapper);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task Tenants_share_no_document_and_no_subject()
    {
        (IObjectKeys keys, IKeyWrapper wrapper) = await OpenAsync();
        DocumentId document = _ids.NextDocument();
        Sealed here = await SealAsync(wrapper, Of(document, StorageZone.Redacted)), there = await SealAsync(wrapper, Of(document, StorageZone.Redacted) with { Tenant = Samples.OtherTenant });
        await keys.BindAsync(Samples.Tenant, document, Person(1), Samples.Cancellation);
        await keys.BindAsync(Samples.OtherTenant, document, Person(1), Samples.Cancellation);
        await keys.ShredSubjectAsync(Samples.Tenant, Person(1), Samples.Cancellation);
        await AssertClosedAsync(wrapper, here);
        await AssertOpensAsync(wrapper, there);
        Assert.Equal(1, await keys.ShredDocumentAsync(Samples.OtherTenant, document, null, Samples.Cancellation));
        await AssertClosedAsync(wrapper, there);
        await CloseAsync(keys, wrapper);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task Many_threads_seal_bind_and_shred_at_the_same_time()
    {
        (IObjectKeys keys, IKeyWrapper wrapper) = await OpenAsync();
        (DocumentId Document, SubjectId Subject)[] people = [.. Enumerable.Range(1, 12).Select(number => (_ids.NextDocument(), Person((ulong)number)))];
        await Task.WhenAll(people.Select(each => Task.Run(async () =>
        {
            Sealed page = await SealAsync(wrapper, Of(each.Document, StorageZone.Redacted));
            await keys.BindAsync(Samples.Tenant, each.Document, each.Subject, Samples.Cancellation);
            await AssertOpensAsync(wrapper, page);
            await keys.ShredSubjectAsync(Samples.Tenant, each.Subject, Samples.Cancellation);
            await AssertClosedAsync(wrapper, page);
        })));
        await CloseAsync(keys, wrapper);
    }

    private static SubjectId Person(ulong number) => new(new Digest256(number, 77));

    private static KeyContext Of(DocumentId? document, StorageZone zone) => new(new KeyPurpose("document"), zone, Samples.Tenant, document);

    private async Task<Sealed> SealAsync(IKeyWrapper wrapper, KeyContext context)
    {
        byte[] key = SHA256.HashData(BitConverter.GetBytes(Interlocked.Increment(ref _keys)));
        return new(await wrapper.WrapAsync(key, context, Samples.Cancellation), context, key);
    }

    private static async Task AssertOpensAsync(IKeyWrapper wrapper, Sealed what)
    {
        using IMemoryOwner<byte> opened = await wrapper.UnwrapAsync(what.Wrapped, what.Context, Samples.Cancellation);
        Assert.True(opened.Memory.Span.SequenceEqual(what.Key), "another key came out");
    }

    private static async Task AssertClosedAsync(IKeyWrapper wrapper, Sealed what)
    {
        MedRedactException refused = await Assert.ThrowsAnyAsync<MedRedactException>(async () => await wrapper.UnwrapAsync(what.Wrapped, what.Context, Samples.Cancellation));
        Assert.False(refused is KeyServiceException { Failure: not KeyFailure.Integrity }, "what was destroyed is taken for a failure of the service");
    }

    private static async ValueTask CloseAsync(IObjectKeys keys, IKeyWrapper wrapper)
    {
        await KeyProviderContract.DisposeAsync(keys);
        if (!ReferenceEquals(keys, wrapper))
            await KeyProviderContract.DisposeAsync(wrapper);
    }

    private sealed record Sealed(WrappedKey Wrapped, KeyContext Context, byte[] Key);
}
