namespace MedRedact.Ingestion;

/// <summary>What all steps of one run share.</summary>
/// <param name="Request">What was asked.</param>
/// <param name="Document">The quarantined document.</param>
/// <param name="Inspection">What its structure says.</param>
/// <param name="Source">Its pages.</param>
internal sealed record RunContext(IngestionRequest Request, QuarantinedDocument Document, Inspection Inspection, IPageSource Source)
{
    public TokenScope Scope => Request.Scope ?? new TokenScope(Request.Tenant.Value);

    public DecisionContext Decision(PageNumber page, DocumentType? type) => new(type, page, Request.Purpose);
}
