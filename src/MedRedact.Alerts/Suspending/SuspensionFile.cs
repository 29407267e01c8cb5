using System.Globalization;
using System.Text;

namespace MedRedact.Alerts;

/// <summary>A suspension as a small file, named after what it is about: that the file is there is what suspends.</summary>
internal static class SuspensionFile
{
    public const string Extension = ".suspended";
    public const int MostBytes = 512;

    private const string First = "medredact/access-suspension/1";

    public static string NameOf(ActorId actor) => $"actor-{new ActorId(actor.Value)}{Extension}";

    public static string NameOf(TenantId tenant, DocumentId document) => $"document-{document}-{new TenantId(tenant.Value)}{Extension}";

    public static string NameOf(AccessSuspension suspension) =>
        suspension.Actor is { } actor ? NameOf(actor) : NameOf(suspension.Tenant!.Value, suspension.Document!.Value);

    public static byte[] Format(AccessSuspension suspension) => Encoding.ASCII.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"{First}\nactor {suspension.Actor}\ntenant {suspension.Tenant}\ndocument {suspension.Document}\nat {suspension.At.UtcDateTime:O}\nrule {suspension.Rule}\nevent {suspension.Event}\n"));

    /// <summary>Reads a suspension; anything unusual makes it none.</summary>
    public static AccessSuspension? Parse(ReadOnlySpan<byte> bytes)
    {
        if (Encoding.ASCII.GetString(bytes).Split('\n') is not [First, ['a', 'c', 't', 'o', 'r', ' ', .. var actor], ['t', 'e', 'n', 'a', 'n', 't', ' ', .. var tenant], ['d', 'o', 'c', 'u', 'm', 'e', 'n', 't', ' ', .. var document],
            ['a', 't', ' ', .. var at], ['r', 'u', 'l', 'e', ' ', .. var rule], ['e', 'v', 'e', 'n', 't', ' ', .. var sequence], ""])
            return null;

        try
        {
            AccessSuspension suspension = (actor, tenant, document) switch
            {
                ({ Length: > 0 }, "", "") => AccessSuspension.Of(new ActorId(actor)),
                ("", _, _) => AccessSuspension.Of(new TenantId(tenant), new DocumentId(Guid.ParseExact(document, "N"))),
                _ => throw new FormatException(),
            };
            return suspension with
            {
                At = DateTimeOffset.ParseExact(at, "O", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
                Rule = rule.Length > 0 ? new RuleId(rule) : null,
                Event = long.Parse(sequence, NumberStyles.None, CultureInfo.InvariantCulture),
            };
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException or OverflowException)
        {
            return null;
        }
    }
}
