using System.Reflection;
using System.Text;
using CsCheck;

namespace MedRedact.Audit.Tests;

public sealed class LeafFormatTests
{
    private static readonly AuditKind Kind = AuditKind.Register("test.all-types", "a", "b", "c", "d", "e", "f", "g");

    private static readonly Gen<string> Id = Gen.String[Gen.Char["abcdefghijklmnopqrstuvwxyz0123456789.-"], 1, 64];

    private static readonly Gen<Digest256> Digest = Gen.Select(Gen.ULong, Gen.ULong, (a, b) => new Digest256(new(a, b), new(b, ~a)));

    private static readonly Gen<DateTimeOffset> Time = Gen.Long[0, DateTime.MaxValue.Ticks].Select(t => new DateTimeOffset(t, TimeSpan.Zero));

    private static readonly Gen<AuditValue> Value = Gen.OneOf(
        Gen.Long.Select(AuditValue.Of),
        Time.Select(AuditValue.Of),
        Digest.Select(AuditValue.Of),
        Id.Select(id => AuditValue.Of(new RuleId(id))),
        Gen.Int[0, 999].Select(n => AuditValue.Of(new HoldReason($"MR-TST-{n:D3}"))),
        Gen.Const(AuditValue.Of(PhiCategory.City)),
        Gen.Const(AuditValue.Of(new Token("NAME-7F3K-Q2"))));

    private static readonly Gen<AuditEvent> Event = Gen.Select(
        Time,
        Gen.Select(Id, Id, Gen.Bool, Gen.Bool),
        Gen.Enum<AuditDecision>(),
        Digest,
        Value.Array[0, 7],
        (at, ids, decision, digest, values) => new AuditEvent(Kind, at, new ActorId(ids.Item1))
        {
            Tenant = ids.Item3 ? new TenantId(ids.Item2) : null,
            Document = ids.Item4 ? Sample.Document(ids.Item1.Length) : null,
            Purpose = ids.Item3 ? null : PurposeOfUse.Research,
            Decision = ids.Item4 ? decision : null,
            PolicyHash = ids.Item3 == ids.Item4 ? new PolicyHash(digest) : null,
            Fields = [.. values.Select((value, i) => new AuditField(Kind.Fields[i], value))],
        });

    [Fact]
    public void An_event_is_read_as_it_was_written_and_written_as_it_was_read() =>
        Gen.Select(Event, Gen.Long[0, long.MaxValue]).Sample(
            (auditEvent, sequence) =>
            {
                AuditReceipt? previous = auditEvent.Document is null || sequence == 0 ? null : new(sequence - 1, new(Sample.Digest(1)));
                byte[] leaf = Write(auditEvent, sequence, previous);

                AuditRecord record = Assert.IsType<AuditRecord>(LeafParser.Read(leaf, default));

                Assert.Equal((sequence, auditEvent.Document, previous), (record.Sequence, record.Document, record.Previous));
                var again = new AuditEvent(AuditKind.Find(record.Kind)!, record.At, record.Actor)
                {
                    Tenant = record.Tenant,
                    Document = record.Document,
                    Purpose = record.Purpose,
                    Decision = record.Decision,
                    PolicyHash = record.PolicyHash,
                    Fields = record.Fields,
                };
                Assert.Equal(leaf, Write(again, record.Sequence, record.Previous));
            },
            seed: "0000KOIgBsI4",
            iter: 300);

    [Fact]
    public void No_other_bytes_than_the_canonical_ones_are_an_event()
    {
        string leaf = Encoding.ASCII.GetString(Write(Sample.Event(3), 12, new(4, new(Sample.Digest(9)))));
        Assert.NotNull(LeafParser.Read(Encoding.ASCII.GetBytes(leaf), default));

        string[] others =
        [
            leaf + " ", leaf + "\n", " " + leaf, leaf[..^1],
            leaf.Replace(":", ": ", StringComparison.Ordinal),
            leaf.Replace("\"seq\":12", "\"seq\":012", StringComparison.Ordinal),
            leaf.Replace("\"seq\":12", "\"seq\":-12", StringComparison.Ordinal),
            leaf.Replace("\"seq\":12", "\"seq\":12.0", StringComparison.Ordinal),
            leaf.Replace("\"v\":1", "\"v\":2", StringComparison.Ordinal),
            leaf.Replace("ffffffff", "FFFFFFFF", StringComparison.Ordinal),
            leaf.Replace("Z\"", "+00:00\"", StringComparison.Ordinal),
            leaf.Replace(".0000003Z", ".000003Z", StringComparison.Ordinal),
            leaf.Replace("permitted", "allowed", StringComparison.Ordinal),
            leaf.Replace("TREAT", "treat", StringComparison.Ordinal),
            leaf.Replace("intake-service", "John Smith", StringComparison.Ordinal),
            leaf.Replace("intake-service", "intake\\u002dservice", StringComparison.Ordinal),
            leaf.Replace("\"number\":\"3\"", "\"number\":\"03\"", StringComparison.Ordinal),
            leaf.Replace("\"number\":\"3\"", "\"text\":\"3\"", StringComparison.Ordinal),
        ];
        foreach (string other in others)
        {
            Assert.NotEqual(leaf, other);
            Assert.Null(LeafParser.Read(Encoding.ASCII.GetBytes(other), default));
        }
    }

    [Fact]
    public void Random_bytes_are_refused_and_never_throw() =>
        Gen.Select(Gen.Int[0, 300], Gen.Byte).Sample(
            (at, value) =>
            {
                byte[] leaf = Write(Sample.Event(3), 12, null);
                leaf[at % leaf.Length] = value;
                if (LeafParser.Read(leaf, default) is { } record)
                    Assert.Equal(12 > 0, record.Sequence >= 0);
                LeafParser.TryReadHead(leaf.AsSpan(..(at % leaf.Length)), out _);
            },
            seed: "0000KOIgBsI4",
            iter: 2_000);

    [Fact]
    public void An_event_with_a_field_its_kind_does_not_declare_is_refused()
    {
        AuditEvent sample = Sample.Event(1);
        AuditEvent[] invalid =
        [
            sample with { Fields = [new("surname", AuditValue.Of(1))] },
            sample with { Fields = [new("page", AuditValue.Of(1)), new("page", AuditValue.Of(2))] },
            sample with { Fields = [new("page", null!)] },
            sample with { Actor = default },
            sample with { Tenant = default(TenantId) },
            sample with { Purpose = default(PurposeOfUse) },
            sample with { Decision = (AuditDecision)17 },
            sample with { Kind = null! },
        ];
        foreach (AuditEvent auditEvent in invalid)
            Assert.Equal(Faults.InvalidEvent, Assert.Throws<MedRedactException>(() => Write(auditEvent, 0, null)).Code);
    }

    /// <summary>The canary of this room: there is no way in for text, so there is nothing to leak.</summary>
    [Fact]
    public void An_event_has_no_place_for_free_text()
    {
        Type[] reachable = [.. Reachable(typeof(AuditEvent), [])];

        Assert.DoesNotContain(typeof(object), reachable);
        foreach (MethodInfo way in typeof(AuditValue).GetMethods(BindingFlags.Public | BindingFlags.Static).Where(m => m.Name == nameof(AuditValue.Of)))
            Assert.NotEqual(typeof(string), way.GetParameters()[0].ParameterType);

        const string Canary = "Zebulon Quimbleby 1931-02-30";
        Assert.Throws<ArgumentException>(() => new ActorId(Canary));
        Assert.Throws<ArgumentException>(() => AuditValue.Parse(AuditValueType.Id, Canary));
        AuditEvent smuggler = Sample.Event(1) with { Fields = [new(Canary, AuditValue.Of(1))] };
        Assert.DoesNotContain("Quimbleby", Assert.Throws<MedRedactException>(() => Write(smuggler, 0, null)).ToString(), StringComparison.Ordinal);
    }

    private static IEnumerable<Type> Reachable(Type type, HashSet<Type> seen)
    {
        foreach (PropertyInfo property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.SetMethod?.IsPublic == true))
        {
            if (!seen.Add(property.PropertyType))
                continue;
            yield return property.PropertyType;
            foreach (Type inner in Reachable(property.PropertyType, seen))
                yield return inner;
        }
    }

    private static byte[] Write(AuditEvent auditEvent, long sequence, AuditReceipt? previous)
    {
        byte[] leaf = new byte[LeafFormat.MaxHeadSize + LeafFormat.BodyBound(auditEvent)];
        int head = LeafFormat.WriteHead(leaf, sequence, auditEvent.Document, previous);
        return leaf[..(head + LeafFormat.WriteBody(leaf.AsSpan(head), auditEvent))];
    }
}
