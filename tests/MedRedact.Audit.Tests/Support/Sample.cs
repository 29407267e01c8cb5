namespace MedRedact.Audit.Tests;

/// <summary>Synthetic events.</summary>
internal static class Sample
{
    private static readonly DateTimeOffset Start = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    public static DocumentId Document(int number) => new(new Guid(number, 0x1111, 0x7222, 0x80, 0, 0, 0, 0, 0, 0, 1));

    public static Digest256 Digest(int number) => new((UInt128)number, UInt128.MaxValue);

    /// <summary>The n-th event; every third one concerns no document, the others share a few.</summary>
    public static AuditEvent Event(int number, int? document = null)
    {
        AuditEvent sample = new(AuditKind.PageReleased, Start.AddTicks(number), new ActorId("intake-service"))
        {
            Tenant = new TenantId("clinic-a"),
            Purpose = PurposeOfUse.Treatment,
            Decision = AuditDecision.Permitted,
            PolicyHash = new PolicyHash(Digest(7)),
            Fields =
            [
                new("page", AuditValue.Of(number)),
                new("findings", AuditValue.Of(3)),
                new("before", AuditValue.Of(Digest(number))),
            ],
        };
        int? concerns = document ?? (number % 3 == 2 ? null : number % 3);
        return concerns is { } id ? sample with { Document = Document(id) } : sample;
    }
}
