using System.Collections.Immutable;
using MedRedact.Synthesis;
using MedRedact.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace MedRedact.Core.Tests.Ingestion;

public sealed class SubjectBindingTests
{
    [Fact]
    public async Task A_document_is_put_under_its_patients_key_before_it_can_be_seen_and_documents_of_one_patient_under_one()
    {
        var keys = new RecordedKeys();
        await using var rig = new PipelineRig(SyntheticRecords.Create(DocumentKind.DischargeSummary, 12), options => options.Configure = builder => builder.Services.AddSingleton<IObjectKeys>(keys));
        keys.IsVisible = async document => await rig.Store.FindReportAsync(document, new TenantId("clinic")) is not null;

        IngestionReport first = await rig.IngestAsync(), second = await rig.IngestAsync();

        Assert.Equal(DocumentVerdict.Released, first.Verdict);
        Assert.Equal([first.Document, second.Document], keys.Bound.Select(each => each.Document));
        Assert.Single(keys.Bound.Select(each => each.Subject).Distinct());
        Assert.All(keys.Bound, each => Assert.False(each.WasVisible, "the document could be seen before it was bound"));
    }

    [Fact]
    public async Task A_document_whose_key_cannot_be_bound_is_not_released()
    {
        var keys = new RecordedKeys { Refuses = true };
        await using var rig = new PipelineRig(SyntheticRecords.Create(DocumentKind.DischargeSummary, 12), options => options.Configure = builder => builder.Services.AddSingleton<IObjectKeys>(keys));

        await Assert.ThrowsAsync<MedRedactException>(rig.IngestAsync);

        Assert.DoesNotContain(rig.Events, each => each.Kind == AuditKind.DocumentReleased);
    }

    [Fact]
    public async Task A_document_whose_person_is_shredded_while_it_is_worked_on_is_not_kept()
    {
        var keys = new RecordedKeys { Forgets = true };
        await using var rig = new PipelineRig(SyntheticRecords.Create(DocumentKind.DischargeSummary, 12), options => options.Configure = builder => builder.Services.AddSingleton<IObjectKeys>(keys));

        MedRedactException refused = await Assert.ThrowsAsync<MedRedactException>(rig.IngestAsync);

        Assert.Equal("MR-PIP-022", refused.Code.Value);
        Assert.DoesNotContain(rig.Events, each => each.Kind == AuditKind.DocumentReleased);
        Assert.Null(await rig.Store.FindReportAsync(Assert.Single(keys.Bound).Document, new TenantId("clinic"), TestContext.Current.CancellationToken));
    }

    private sealed class RecordedKeys : IObjectKeys
    {
        public Func<DocumentId, Task<bool>>? IsVisible { get; set; }

        public bool Refuses { get; init; }

        /// <summary>Whether somebody shreds each person right after its document was bound.</summary>
        public bool Forgets { get; init; }

        public List<(DocumentId Document, SubjectId Subject, bool WasVisible)> Bound { get; } = [];

        public async ValueTask BindAsync(TenantId tenant, DocumentId document, SubjectId subject, CancellationToken cancellationToken = default)
        {
            if (Refuses)
                throw new MedRedactException(new FaultCode("MR-STO-031"), "The key register refused.");

            Bound.Add((document, subject, IsVisible is not null && await IsVisible(document)));
        }

        public ValueTask<ImmutableArray<DocumentId>?> FindDocumentsAsync(TenantId tenant, SubjectId subject, CancellationToken cancellationToken = default) =>
            Forgets ? new((ImmutableArray<DocumentId>?)null) : new((ImmutableArray<DocumentId>?)[.. Bound.Where(each => each.Subject == subject).Select(each => each.Document).Distinct()]);

        public ValueTask<int> ShredDocumentAsync(TenantId tenant, DocumentId document, StorageZone? zone, CancellationToken cancellationToken = default) => new(0);

        public ValueTask<bool> ShredSubjectAsync(TenantId tenant, SubjectId subject, CancellationToken cancellationToken = default) => new(false);

        public ValueTask<KeyTurn> TurnAsync(CancellationToken cancellationToken = default) => new(new KeyTurn(0, false));
    }
}
