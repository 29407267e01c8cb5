using System.Collections.Immutable;
using CsCheck;

namespace MedRedact.Audit.Forwarding.Tests;

/// <summary>Events at the limits of what the types let in: ids of any form of their grammar and of their greatest length, all registered kinds and unknown ones, moments from the first year to the
/// last, every type of field; and names of ledgers, the only text that may hold nearly anything.</summary>
internal static class HostileEvents
{
    private static readonly char[] s_id = [.. "abcdefghijklmnopqrstuvwxyz0123456789.-"];
    private static readonly char[] s_token = [.. "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-"];

    // All that has a meaning in one of the formats, some of it doubled, and signs of two, three and four bytes. White space, control characters and '+' are not let into a name.
    private static readonly string[] s_origin =
        ["\"", "]", "[", "\\", "|", "=", "\\n", "\\\\", "\"]", "\\\"", "<", ">", "&", "'", "{", "}", ",", ":", "/", "#", "%0a", "&#10;", "CEF:0|", "<13>1", "é", "患", "\U0001F600", "\u202E", "a", "z", "0", "\uFEFF"];

    private static readonly string[] s_kinds =
    [
        "document.received", "document.rejected", "page.released", "page.withheld", "page.held", "document.released", "document.withheld", "document.held", "egress.authorized", "egress.denied",
        "access.granted", "access.denied", "token.revealed", "key.used", "policy.changed", "access.glass-broken", "access.glass-reviewed", "object.erased", "retention.deleted", "retention.shredded",
        "forwarding.stalled", "forwarding.resumed",
    ];

    /// <summary>One of four is as long as can be.</summary>
    private static Gen<string> Text(char[] of, int longest) => Gen.Int.Select(seed =>
    {
        var random = new Random(seed);
        return new string(random.GetItems(of, random.Next(4) == 0 ? longest : random.Next(1, longest + 1)));
    });

    private static Gen<string> Id { get; } = Text(s_id, 64);

    private static Gen<DateTimeOffset> Moment { get; } = Gen.OneOf(
        Gen.Long[0, DateTime.MaxValue.Ticks].Select(ticks => new DateTimeOffset(ticks, TimeSpan.Zero)),
        Of(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddTicks(-1)));

    private static Gen<Digest256> Digest { get; } = Gen.Byte.Array[32].Select(bytes => Digest256.From(bytes));

    private static Gen<AuditValue> Value { get; } = Gen.OneOf(
        Gen.Long.Select(AuditValue.Of),
        Moment.Select(AuditValue.Of),
        Digest.Select(AuditValue.Of),
        Of([.. PhiCategory.SafeHarbor]).Select(AuditValue.Of),
        Id.Select(id => AuditValue.Parse(AuditValueType.Id, id)),
        Gen.Int[0, 999].Select(number => AuditValue.Of(new HoldReason($"MR-PIP-{number:D3}"))),
        Text(s_token, 64).Select(token => AuditValue.Of(new Token(token))));

    private static Gen<ImmutableArray<AuditField>> Fields { get; } = Gen.Select(Id, Value).Select(pair => new AuditField(pair.Item1, pair.Item2)).Array[0, 8]
        .Select(fields => fields.DistinctBy(field => field.Name).ToImmutableArray());

    public static Gen<string> Origin { get; } = Of(s_origin).Array[1, 60].Select(parts => string.Concat(parts)).Where(origin => origin.Length <= 200);

    private static Gen<T> Of<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static Gen<T?> Maybe<T>(Gen<T> some)
        where T : struct => Gen.Frequency((1, Gen.Const((T?)null)), (3, some.Select(value => (T?)value)));

    public static Gen<AuditRecord> Record { get; } =
        from head in Gen.Select(Gen.Long[0, long.MaxValue], Digest, Moment, Gen.OneOf(Of(s_kinds), Id), Id)
        from about in Gen.Select(Maybe(Gen.Guid), Maybe(Id.Select(id => new TenantId(id))), Maybe(Text([.. s_token.Where(c => c != '-')], 16).Select(code => new PurposeOfUse(code))))
        from said in Gen.Select(Maybe(Of(AuditDecision.Denied, AuditDecision.Held, AuditDecision.Permitted)), Maybe(Digest), Fields)
        select new AuditRecord
        {
            Sequence = head.Item1,
            LeafHash = new LeafHash(head.Item2),
            At = head.Item3,
            Kind = head.Item4,
            Actor = new ActorId(head.Item5),
            Document = about.Item1 is { } document ? new DocumentId(document) : null,
            Tenant = about.Item2,
            Purpose = about.Item3,
            Decision = said.Item1,
            PolicyHash = said.Item2 is { } policy ? new PolicyHash(policy) : null,
            Fields = said.Item3,
        };
}
