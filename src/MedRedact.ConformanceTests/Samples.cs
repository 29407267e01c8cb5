using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using MedRedact.Testing;

namespace MedRedact.ConformanceTests;

/// <summary>Facts that the suites are fed with.</summary>
internal static class Samples
{
    public static readonly TenantId Tenant = new("conformance");
    public static readonly TenantId OtherTenant = new("conformance-other");
    public static readonly TokenScope Scope = new("conformance");
    public static readonly TokenScope OtherScope = new("conformance-other");
    public static readonly DateTimeOffset Moment = new(2026, 2, 3, 4, 5, 6, TimeSpan.Zero);
    public static readonly DetectorId Detector = new("conformance");
    public static readonly RuleId Rule = new("conformance.sample");

    /// <summary>Every well-known category and some that nobody knows.</summary>
    public static readonly ImmutableArray<PhiCategory> Categories =
    [
        .. typeof(PhiCategory).GetProperties().Where(property => property.PropertyType == typeof(PhiCategory) && property.GetMethod!.IsStatic).Select(property => (PhiCategory)property.GetValue(null)!),
        new("safe-harbor", "name/never-heard-of"), new("elsewhere", "unheard-of"),
    ];

    /// <summary>A canary of a suite's own, so that suites that run at the same time do not accuse each other.</summary>
    public static PhiCanary Canary(object suite) =>
        PhiCanary.Create(BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes(suite.GetType().FullName!))));

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static AuditEvent Event(int number = 0, DocumentId? document = null) => new(AuditKind.PageWithheld, Moment.AddSeconds(number), new ActorId("conformance"))
    {
        Tenant = Tenant,
        Document = document ?? new SeededIds(number).NextDocument(),
        Purpose = PurposeOfUse.Treatment,
        Decision = AuditDecision.Denied,
        Fields = [new AuditField("page", AuditValue.Of(number + 1)), new AuditField("reason", AuditValue.Of(new HoldReason("MR-SYN-001")))],
    };

    public static Finding Finding(PhiCategory category, double confidence = 0.9, Location? location = null) =>
        new(category, location ?? new Location.Text(new TextSpan(0, 4)), Confidence.Of(confidence), Detector, Rule);

    public static RedactionTarget Target(PhiCategory category, string value) => new(
        new SeededIds(1).NextDocument(), new PageNumber(1), Finding(category, location: new Location.Text(new TextSpan(0, Math.Max(1, value.Length)))), Tenant, Scope, new Phi<string>("subject-1"), new Phi<string>(value));

    /// <summary>Either it answers or it says that it was cancelled; anything else hides a cancellation.</summary>
    public static async Task EndsOrCancels(Func<CancellationToken, Task> call)
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        try
        {
            await call(cancelled.Token);
        }
        catch (OperationCanceledException)
        {
        }
    }
}
