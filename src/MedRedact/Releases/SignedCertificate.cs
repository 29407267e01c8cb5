using System.Text.Json;
using MedRedact.Audit;
using MedRedact.Storage;

namespace MedRedact.Releases;

/// <summary>What the signature of a certificate says, and whether certificate, folder and event agree with it.</summary>
internal abstract record SignedCertificate(Digest256 Sha256)
{
    /// <summary>Whether the bytes are a certificate about the same. Asked after the signature was verified.</summary>
    public bool IsAbout(byte[] certificate)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(certificate);
            return json.RootElement.GetProperty("format").GetInt32() == 1 && IsAbout(json.RootElement);
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return false;
        }
    }

    /// <summary>Whether a folder of that name may hold it: one that bears an id must bear this one.</summary>
    public abstract bool MayLieIn(string folder);

    /// <summary>Whether an event of the ledger names it.</summary>
    public abstract bool IsRecordedBy(AuditRecord recorded);

    protected abstract bool IsAbout(JsonElement certificate);

    protected bool IsIn(AuditRecord recorded) => recorded.Fields.Any(field => field.Name == "certificate" && field.Value.Text == Sha256.ToString());

    /// <summary>About a deletion of a document's.</summary>
    public sealed record OfDocument(SignedDeletion Signed) : SignedCertificate(Signed.Sha256)
    {
        public override bool MayLieIn(string folder) => !Guid.TryParseExact(folder, "N", out Guid id) || id == Signed.Document.Value;

        public override bool IsRecordedBy(AuditRecord recorded) =>
            recorded.Document == Signed.Document && recorded.Kind == RetentionEvents.Deleted.Name && IsIn(recorded);

        protected override bool IsAbout(JsonElement certificate) =>
            Guid.TryParseExact(certificate.GetProperty("document").GetString(), "N", out Guid id) && id == Signed.Document.Value;
    }

    /// <summary>About all that was one person's.</summary>
    public sealed record OfSubject(SignedShredding Signed) : SignedCertificate(Signed.Sha256)
    {
        public override bool MayLieIn(string folder) => !Digest256.TryParse(folder, out Digest256 id) || id == Signed.Subject.Value;

        public override bool IsRecordedBy(AuditRecord recorded) =>
            recorded.Kind == RetentionEvents.Shredded.Name
            && recorded.Fields.Any(field => field.Name == "subject" && field.Value.Text == Signed.Subject.ToString())
            && IsIn(recorded);

        protected override bool IsAbout(JsonElement certificate) => certificate.GetProperty("subject").GetString() == Signed.Subject.ToString();
    }
}
