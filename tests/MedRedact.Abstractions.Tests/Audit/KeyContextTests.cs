using CsCheck;

namespace MedRedact.Tests;

public sealed class KeyContextTests
{
    private static readonly Gen<string> Ids = Gen.Char["ab.-"].Array[1, 4].Select(chars => new string(chars));

    private static readonly Gen<SubjectId?> Subjects = Gen.OneOf(
        Gen.Const((SubjectId?)null), Gen.Const((SubjectId?)new SubjectId(default)), Gen.ULong[0, 1].Select(low => (SubjectId?)new SubjectId(new Digest256(0, low))));

    private static readonly Gen<KeyContext> Contexts = Gen.Select(
        Ids, Gen.Enum<StorageZone>(), Ids, Gen.OneOf(Gen.Const((Guid?)null), Gen.Const((Guid?)Guid.Empty), Gen.Guid.Select(id => (Guid?)id)), Subjects)
        .Select((purpose, zone, tenant, document, subject) => new KeyContext(
            new KeyPurpose(purpose), zone, new TenantId(tenant), document is { } id ? new DocumentId(id) : null) { Subject = subject });

    [Fact]
    public void Equal_contexts_have_equal_bytes_and_different_ones_different() => Gen.Select(Contexts, Contexts).Sample(
        (a, b) => Assert.Equal(a == b, a.ToBytes().SequenceEqual(b.ToBytes())), iter: 5000);

    [Fact]
    public void A_subject_makes_another_context_and_leaves_the_bytes_of_one_without_as_they_were() => Gen.Select(Contexts, Gen.ULong).Sample((context, low) =>
    {
        byte[] without = (context with { Subject = null }).ToBytes(), with = (context with { Subject = new SubjectId(new Digest256(7, low)) }).ToBytes();
        Assert.Equal(without, with[..without.Length]);
        Assert.Equal([0, 0, 0, 32, .. new Digest256(7, low).ToArray()], with[without.Length..]);
    });

    [Fact]
    public void The_bytes_are_what_the_documentation_says() => Assert.Equal(
        "00000001" + "64" + "00000001" + "01" + "00000002" + "7431" + "00000010" + "00112233445566778899aabbccddeeff",
        Convert.ToHexStringLower(new KeyContext(
            new KeyPurpose("d"), StorageZone.Redacted, new TenantId("t1"), new DocumentId(new Guid("00112233-4455-6677-8899-aabbccddeeff"))).ToBytes()));

    [Fact]
    public void A_context_of_default_ids_or_an_unknown_zone_has_no_bytes()
    {
        Assert.ThrowsAny<ArgumentException>(() => new KeyContext(default, default, new TenantId("t"), null).ToBytes());
        Assert.ThrowsAny<ArgumentException>(() => new KeyContext(new KeyPurpose("d"), default, default, null).ToBytes());
        Assert.Throws<OverflowException>(() => new KeyContext(new KeyPurpose("d"), (StorageZone)256, new TenantId("t"), null).ToBytes());
    }
}
