namespace MedRedact.Storage;

/// <summary>That a document was checked by a person, and by whom.</summary>
internal sealed record QualityMark(Guid Document, string Actor, DateTimeOffset At);

/// <summary>The marks that rules with <c>until</c> wait for, a file each.</summary>
internal sealed class QualityMarks(RetentionFiles files)
{
    public void Place(TenantId tenant, QualityMark mark) =>
        files.Write(PathOf(tenant, new DocumentId(mark.Document)), RetentionFileKind.QualityMark, mark, StorageJson.Default.QualityMark);

    public bool Has(TenantId tenant, DocumentId document) =>
        files.Find(PathOf(tenant, document), RetentionFileKind.QualityMark, StorageJson.Default.QualityMark)?.Document == document.Value;

    public void Forget(TenantId tenant, DocumentId document) => files.Delete(PathOf(tenant, document));

    private string PathOf(TenantId tenant, DocumentId document) => files.FileOf(tenant, "assured", RetentionFiles.NameOf(document));
}
