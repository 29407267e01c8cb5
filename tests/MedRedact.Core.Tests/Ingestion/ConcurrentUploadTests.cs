using MedRedact.Synthesis;

namespace MedRedact.Core.Tests.Ingestion;

/// <summary>The same document from several callers at once.</summary>
public sealed class ConcurrentUploadTests
{
    private const int Callers = 16;

    private static SyntheticRecord Record { get; } = SyntheticRecords.Create(DocumentKind.Prescription, 8);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Under_one_key_one_is_released_and_each_of_the_others_gets_its_report_or_a_conflict()
    {
        await using var rig = new PipelineRig(Record);
        var key = new IdempotencyKey(new Guid("11111111-2222-4333-8444-666666666666"));

        object[] answers = await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(() => AnswerAsync(rig, key), Cancel)));

        IngestionReport[] reports = [.. answers.OfType<IngestionReport>()];
        Assert.NotEmpty(reports);
        Assert.All(reports, report => Assert.Equal((reports[0].Document, DocumentVerdict.Released), (report.Document, report.Verdict)));
        Assert.All(answers.OfType<MedRedactException>(), conflict => Assert.Equal("MR-PIP-004", conflict.Code.Value));
        Assert.Equal(Callers, reports.Length + answers.OfType<MedRedactException>().Count());
        Assert.Single(rig.Store.Documents);
        Assert.Single(rig.Events, item => item.Kind == AuditKind.DocumentReleased);
    }

    [Fact]
    public async Task Without_a_key_each_is_a_document_of_its_own_with_events_of_its_own()
    {
        await using var rig = new PipelineRig(Record);

        object[] answers = await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(() => AnswerAsync(rig, key: null), Cancel)));

        HashSet<DocumentId> documents = [.. answers.Cast<IngestionReport>().Select(report => report.Document)];
        DocumentId[] released = [.. rig.Events.Where(item => item.Kind == AuditKind.DocumentReleased).Select(item => item.Document!.Value)];
        Assert.Equal((Callers, Callers, Callers), (documents.Count, rig.Store.Documents.Count, released.Length));
        Assert.True(documents.SetEquals(released));
    }

    private static async Task<object> AnswerAsync(PipelineRig rig, IdempotencyKey? key)
    {
        try
        {
            return await rig.Pipeline.IngestAsync(PipelineRig.Request([1, 2, 3], key), Cancel);
        }
        catch (MedRedactException conflict)
        {
            return conflict;
        }
    }
}
