using System.Collections.Immutable;

namespace MedRedact.ConformanceTests;

/// <content>What goes, what stays, and what the ledger knows of it.</content>
public abstract partial class ErasableFieldsContract
{
    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task What_the_ledger_does_not_know_is_neither_shown_nor_erased()
    {
        IErasableFields fields = await OpenAsync(_audit, _time);
        AuditField field = await CommitAsync(fields, Document);
        _audit.Fails = true;
        await Assert.ThrowsAnyAsync<Exception>(async () => await RevealAsync(fields, field));
        await Assert.ThrowsAnyAsync<Exception>(async () => await EraseAsync(fields, Document, field));
        await Assert.ThrowsAnyAsync<Exception>(async () => await fields.EraseAsync(Samples.Tenant, Document, Officer, Samples.Cancellation));
        _audit.Fails = false;
        Assert.NotNull(await RevealAsync(fields, field));
        await AuditSinkContract.DisposeAsync(fields);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task What_was_erased_is_gone_and_everything_else_is_not()
    {
        IErasableFields fields = await OpenAsync(_audit, _time);
        AuditField first = await CommitAsync(fields, Document), second = await CommitAsync(fields, Document), of = await CommitAsync(fields, null);
        Assert.Equal(0, await EraseAsync(fields, Other, first, second));
        Assert.Equal(0, await fields.EraseAsync(Samples.OtherTenant, Document, [CommitmentOf(first)], Officer, Samples.Cancellation));
        Assert.NotNull(await RevealAsync(fields, first));
        Assert.Equal(1, await EraseAsync(fields, Document, first));
        Assert.Null(await RevealAsync(fields, first));
        Assert.NotNull(await RevealAsync(fields, second));
        Assert.Equal(1, await EraseAsync(fields, null, of));
        Assert.Null(await RevealAsync(fields, of, null));
        await AuditSinkContract.DisposeAsync(fields);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task All_of_a_document_is_erased_and_nothing_of_another_or_of_none()
    {
        IErasableFields fields = await OpenAsync(_audit, _time);
        AuditField[] gone = [await CommitAsync(fields, Document), await CommitAsync(fields, Document)];
        AuditField other = await CommitAsync(fields, Other), none = await CommitAsync(fields, null);
        AuditField elsewhere = await fields.CommitAsync(new ErasableField(Samples.OtherTenant, Document, Name), Phi.Of("elsewhere"), Samples.Cancellation);
        Assert.Equal(2, await fields.EraseAsync(Samples.Tenant, Document, Officer, Samples.Cancellation));
        foreach (AuditField field in gone)
            Assert.Null(await RevealAsync(fields, field));
        Assert.NotNull(await RevealAsync(fields, other, Other));
        Assert.NotNull(await RevealAsync(fields, none, null));
        Assert.NotNull(await fields.RevealAsync(CommitmentOf(elsewhere), await GrantAsync(Document, Samples.OtherTenant), Samples.Cancellation));
        await AuditSinkContract.DisposeAsync(fields);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task The_ledger_is_told_what_is_erased_by_whom_and_that_it_is_gone()
    {
        IErasableFields fields = await OpenAsync(_audit, _time);
        AuditField[] kept = [await CommitAsync(fields, Document), await CommitAsync(fields, Document), await CommitAsync(fields, Document)];
        await EraseAsync(fields, Document, kept[0]);
        await fields.EraseAsync(Samples.Tenant, Document, Officer, Samples.Cancellation);
        Assert.Equal(kept.Select(field => field.Value.Text).Order(), _audit.Of(AuditKind.FieldErasing).Select(each => each.Fields.Single(field => field.Name == "commitment").Value.Text).Order());
        Assert.Equal(["1", "2"], _audit.Of(AuditKind.FieldErased).Select(each => each.Fields.Single(field => field.Name == "count").Value.Text));
        Assert.All(_audit.Kept.Where(each => each.Event.Kind != AuditKind.FieldRevealed), each =>
            Assert.Equal((Officer, Samples.Tenant, Document), (each.Event.Actor, each.Event.Tenant!.Value, each.Event.Document!.Value)));
        Assert.Equal(
            [AuditKind.FieldErasing, AuditKind.FieldErased, AuditKind.FieldErasing, AuditKind.FieldErasing, AuditKind.FieldErased], _audit.Kept.Select(each => each.Event.Kind));
        await AuditSinkContract.DisposeAsync(fields);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task Erasing_again_is_no_fault_and_erases_nothing_more()
    {
        IErasableFields fields = await OpenAsync(_audit, _time);
        AuditField field = await CommitAsync(fields, Document);
        Assert.Equal(1, await EraseAsync(fields, Document, field, field));
        Assert.Equal(0, await EraseAsync(fields, Document, field));
        Assert.Equal(0, await fields.EraseAsync(Samples.Tenant, Document, Officer, Samples.Cancellation));
        Assert.Equal(0, await fields.EraseAsync(Samples.Tenant, Other, Officer, Samples.Cancellation));
        Assert.Equal(0, await EraseAsync(fields, null));
        AuditField later = await CommitAsync(fields, Document);
        Assert.NotNull(await RevealAsync(fields, later));
        await AuditSinkContract.DisposeAsync(fields);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task What_was_kept_and_erased_is_so_when_the_fields_are_opened_again()
    {
        IErasableFields fields = await OpenAsync(_audit, _time);
        AuditField kept = await CommitAsync(fields, Document), erased = await CommitAsync(fields, Document);
        await EraseAsync(fields, Document, erased);
        await AuditSinkContract.DisposeAsync(fields);

        IErasableFields again = await OpenAsync(_audit, _time);
        Assert.True((await RevealAsync(again, kept))?.Opens(kept), "what was kept is gone");
        Assert.Null(await RevealAsync(again, erased));
        await AuditSinkContract.DisposeAsync(again);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task Many_threads_keep_read_and_erase_at_the_same_time()
    {
        IErasableFields fields = await OpenAsync(_audit, _time);
        AccessGrant grant = await GrantAsync(Document);
        (AuditField Field, bool IsErased)[] done = await Task.WhenAll(Enumerable.Range(0, 32).Select(i => Task.Run(async () =>
        {
            AuditField field = await fields.CommitAsync(Field(Document), Phi.Of($"value {i}"), Samples.Cancellation);
            FieldOpening? opening = await fields.RevealAsync(CommitmentOf(field), grant, Samples.Cancellation);
            Assert.True(opening?.Value == Phi.Of($"value {i}"), "somebody else's value comes back");
            if (i % 2 == 0)
                Assert.Equal(1, await EraseAsync(fields, Document, field));
            return (field, i % 2 == 0);
        })));
        foreach ((AuditField field, bool isErased) in done)
            Assert.Equal(isErased, await fields.RevealAsync(CommitmentOf(field), grant, Samples.Cancellation) is null);
        await AuditSinkContract.DisposeAsync(fields);
    }

    private static ValueTask<int> EraseAsync(IErasableFields fields, DocumentId? document, params ReadOnlySpan<AuditField> erased)
    {
        ImmutableArray<AuditField> all = [.. erased];
        return fields.EraseAsync(Samples.Tenant, document, [.. all.Select(CommitmentOf)], Officer, Samples.Cancellation);
    }
}
