namespace MedRedact;

/// <summary>Knows whose data a document is. Thread-safe.</summary>
public interface IDocumentSubjects
{
    /// <summary>Finds the subject of a document.</summary>
    /// <param name="tenant">Whose the document is.</param>
    /// <param name="document">The document.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The subject, or <see langword="null"/> where it is not known. While any subject of the tenant is under a legal hold, a document of unknown subject
    /// is not deleted.</returns>
    ValueTask<SubjectId?> FindAsync(TenantId tenant, DocumentId document, CancellationToken cancellationToken = default);
}
