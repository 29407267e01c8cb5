namespace MedRedact.Redaction;

internal static class Targets
{
    public static RedactionTarget Of(string value, PhiCategory category, string subject = "mrn-1", string tenant = "north") => new(
        new DocumentId(new Guid("01900000-0000-7000-8000-000000000001")),
        new PageNumber(1),
        TestPage.Finding(category, new Location.Text(new TextSpan(0, value.Length))),
        new TenantId(tenant),
        new TokenScope(tenant),
        Phi.Of(subject),
        Phi.Of(value));
}
