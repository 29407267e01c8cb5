using System.Reflection;
using CsCheck;

namespace MedRedact.Tests;

public sealed class AuditTests
{
    private static readonly Gen<AuditValue> Values = Gen.OneOf(
        Gen.Long.Select(AuditValue.Of),
        Gen.DateTimeOffset.Select(AuditValue.Of),
        Gen.Byte.Array[32].Select(bytes => AuditValue.Of(Digest256.From(bytes))),
        Gen.OneOf(Gen.Const(PhiCategory.Zip), Gen.Const(PhiCategory.PersonName), Gen.Const(new PhiCategory("hospital", "bed"))).Select(AuditValue.Of),
        Gen.OneOf(Gen.Const("tesseract"), Gen.Const("a.b-c.1")).Select(id => AuditValue.Of(new EngineId(id))),
        Gen.Const(AuditValue.Of(new HoldReason("MR-OCR-006"))),
        Gen.Const(AuditValue.Of(new RejectionCode("MR-SRC-101"))),
        Gen.Const(AuditValue.Of(new Token("MRN-7K2Q9D"))),
        Gen.Const(AuditValue.Of(AccessAction.RevealToken)));

    [Fact]
    public void A_value_reads_back_as_it_was_written() => Values.Sample(
        value =>
        {
            Assert.Equal(value, AuditValue.Parse(value.Type, value.Text));
            Assert.All(value.Text, c => Assert.InRange(c, '!', '~'));
        },
        iter: 500);

    [Theory]
    [InlineData(AuditValueType.Number, "+1")]
    [InlineData(AuditValueType.Number, "01")]
    [InlineData(AuditValueType.Number, " 1")]
    [InlineData(AuditValueType.Time, "2026-01-02")]
    [InlineData(AuditValueType.Time, "2026-01-02T03:04:05.0000000+01:00")]
    [InlineData(AuditValueType.Digest, "AA00000000000000000000000000000000000000000000000000000000000000")]
    [InlineData(AuditValueType.Category, "name")]
    [InlineData(AuditValueType.Id, "Jane Roe")]
    [InlineData(AuditValueType.Code, "jane")]
    [InlineData(AuditValueType.Token, "jane")]
    [InlineData((AuditValueType)0, "1")]
    public void What_is_not_canonical_is_refused_without_repeating_it(AuditValueType type, string text)
    {
        Exception refusal = Assert.ThrowsAny<Exception>(() => AuditValue.Parse(type, text));
        Assert.True(refusal is ArgumentException or FormatException);
        if (text.Contains("jane", StringComparison.OrdinalIgnoreCase))
            Assert.DoesNotContain(text, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_default_value_of_an_id_is_refused()
    {
        Assert.ThrowsAny<ArgumentException>(() => AuditValue.Of(default(EngineId)));
        Assert.ThrowsAny<ArgumentException>(() => AuditValue.Of(default(HoldReason)));
        Assert.ThrowsAny<ArgumentException>(() => AuditValue.Of(default(Token)));
        Assert.ThrowsAny<ArgumentException>(() => AuditValue.Of(default(PhiCategory)));
    }

    [Fact]
    public void There_is_no_way_in_for_text_or_wrapped_values()
    {
        IEnumerable<Type> accepted = typeof(AuditValue).GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Where(method => method.Name == nameof(AuditValue.Of))
            .Select(method => Assert.Single(method.GetParameters()).ParameterType);

        Assert.All(accepted, type => Assert.True(type.IsValueType && !type.IsGenericType, type.Name));
        Assert.Empty(typeof(AuditValue).GetConstructors());
        Assert.All(typeof(AuditValue).GetProperties(), property => Assert.Null(property.SetMethod));
    }

    [Fact]
    public void A_kind_is_registered_once_and_cannot_change_its_fields()
    {
        AuditKind first = AuditKind.Register("test.kind", "a", "b");
        Assert.Same(first, AuditKind.Register("test.kind", "a", "b"));
        Assert.Same(first, AuditKind.Find("test.kind"));
        Assert.Throws<ArgumentException>(() => AuditKind.Register("test.kind", "a"));
        Assert.Throws<ArgumentException>(() => AuditKind.Register("test.kind", "b", "a"));
        Assert.Null(AuditKind.Find("test.unknown"));
    }

    [Fact]
    public void A_broken_kind_is_not_registered()
    {
        Assert.Throws<ArgumentException>(() => AuditKind.Register("Jane Roe"));
        Assert.Throws<ArgumentException>(() => AuditKind.Register("test.broken", "Jane Roe"));
        Assert.Null(AuditKind.Find("test.broken"));
    }

    [Fact]
    public void Every_well_known_kind_can_be_found_by_its_name() => Assert.All(
        typeof(AuditKind).GetProperties(BindingFlags.Public | BindingFlags.Static).Select(property => (AuditKind)property.GetValue(null)!),
        kind => Assert.Same(kind, AuditKind.Find(kind.ToString())));

    [Fact]
    public void The_zero_of_every_verdict_is_the_strictest()
    {
        Assert.Equal(PageVerdict.Withheld, default);
        Assert.Equal(DocumentVerdict.Withheld, default);
        Assert.Equal(AuditDecision.Denied, default);
        Assert.Equal(Disposition.Redact, default);
        Assert.Equal(ReviewMode.HoldAll, default);
        Assert.Equal(StorageZone.Quarantine, default);
        Assert.False(Enum.IsDefined(default(AccessAction)));
    }
}
