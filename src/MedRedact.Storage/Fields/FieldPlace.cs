using System.Globalization;

namespace MedRedact.Storage;

/// <summary>Where the values of a document lie, or those of a tenant that concern no document, and under which key.</summary>
internal readonly record struct FieldPlace
{
    private static readonly KeyPurpose Sealing = new("erasable-field");

    public FieldPlace(TenantId tenant, DocumentId? document)
    {
        if (document?.Value == Guid.Empty)
            throw new ArgumentException("The document has no id.", nameof(document));

        (Tenant, Document) = (new TenantId(tenant.Value), document);
    }

    public TenantId Tenant { get; }

    public DocumentId? Document { get; }

    /// <summary>The folder below that of all fields. Ids hold <c>a-z 0-9 . -</c> alone, so none names another folder.</summary>
    public string Folder => Path.Combine("t-" + Tenant.Value, Document?.Value.ToString("N", CultureInfo.InvariantCulture) ?? "no-document");

    /// <summary>A document's values are sealed in zone tokens, as other values that were taken out of a record: its key there is put under its person's, and goes with the last of the document.
    /// In zone proofs it would outlive the person's key, and in the zones of content it would go with the pages. What concerns no document is evidence of the tenant.</summary>
    public KeyContext Context => new(Sealing, Document is null ? StorageZone.Proofs : StorageZone.Tokens, Tenant, Document);
}
