using CsCheck;

namespace MedRedact.Tests;

public sealed class IdTests
{
    private static readonly Dictionary<string, (Func<string, object> Make, Func<object> Default)> Ids = new()
    {
        [nameof(AccessRole)] = (value => new AccessRole(value), () => default(AccessRole)),
        [nameof(ActorId)] = (value => new ActorId(value), () => default(ActorId)),
        [nameof(AgreementId)] = (value => new AgreementId(value), () => default(AgreementId)),
        [nameof(DataClass)] = (value => new DataClass(value), () => default(DataClass)),
        [nameof(DetectorId)] = (value => new DetectorId(value), () => default(DetectorId)),
        [nameof(DocumentType)] = (value => new DocumentType(value), () => default(DocumentType)),
        [nameof(EngineId)] = (value => new EngineId(value), () => default(EngineId)),
        [nameof(FieldName)] = (value => new FieldName(value), () => default(FieldName)),
        [nameof(KeyId)] = (value => new KeyId(value), () => default(KeyId)),
        [nameof(KeyOperation)] = (value => new KeyOperation(value), () => default(KeyOperation)),
        [nameof(KeyPurpose)] = (value => new KeyPurpose(value), () => default(KeyPurpose)),
        [nameof(LegalHoldReason)] = (value => new LegalHoldReason(value), () => default(LegalHoldReason)),
        [nameof(ObjectName)] = (value => new ObjectName(value), () => default(ObjectName)),
        [nameof(ReviewId)] = (value => new ReviewId(value), () => default(ReviewId)),
        [nameof(RuleId)] = (value => new RuleId(value), () => default(RuleId)),
        [nameof(ServiceScope)] = (value => new ServiceScope(value), () => default(ServiceScope)),
        [nameof(TenantId)] = (value => new TenantId(value), () => default(TenantId)),
        [nameof(TokenScope)] = (value => new TokenScope(value), () => default(TokenScope)),
    };

    public static TheoryData<string> Types => [.. Ids.Keys];

    [Fact]
    public void Every_id_of_the_package_is_under_this_law()
    {
        IEnumerable<string> grammarChecked = typeof(ActorId).Assembly.GetExportedTypes()
            .Where(type => type.IsValueType && type.GetConstructors() is [var only] && only.GetParameters() is [{ Name: "value" } parameter]
                && parameter.ParameterType == typeof(string) && type != typeof(Token))
            .Select(type => type.Name);
        Assert.Equal(Ids.Keys.Order(), grammarChecked.Order());
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Holds_what_the_grammar_allows(string type)
    {
        (Func<string, object> make, Func<object> none) = Ids[type];
        foreach (string value in (string[])["a", "baa-2026-014", "page-0001.png", new string('z', 64)])
        {
            Assert.Equal(value, make(value).ToString());
            Assert.Equal(make(value), make(value));
        }

        Assert.Equal("", none().ToString());
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Refuses_everything_else_without_repeating_it(string type)
    {
        Func<string, object> make = Ids[type].Make;
        foreach (string value in (string[])["", "Roe", "jane roe", "jane_roe", "ü", "a/b", "a\n", "..\\x", new string('a', 65)])
        {
            ArgumentException refusal = Assert.ThrowsAny<ArgumentException>(() => make(value));
            if (value.Length > 1)
                Assert.DoesNotContain(value, refusal.Message, StringComparison.Ordinal);
        }

        Assert.ThrowsAny<ArgumentException>(() => make(null!));
    }

    [Fact]
    public void The_grammar_is_exactly_lower_case_letters_digits_dot_and_dash() => Gen.String[0, 70].Sample(
        value =>
        {
            bool allowed = value.Length is > 0 and <= 64 && value.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '.' or '-');
            Exception? refusal = Record.Exception(() => new RuleId(value));
            Assert.Equal(allowed, refusal is null);
        },
        iter: 500);

    [Theory]
    [InlineData("MR-OCR-003", true)]
    [InlineData("MR-OCR-03", false)]
    [InlineData("MR-ocr-003", false)]
    [InlineData("MR-OCR-003 Roe", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Codes_read_MR_XXX_NNN(string? code, bool accepted)
    {
        Assert.Equal(accepted, Record.Exception(() => new FaultCode(code!)) is null);
        Assert.Equal(accepted, Record.Exception(() => new HoldReason(code!)) is null);
        Assert.Equal(accepted, Record.Exception(() => new RejectionCode(code!)) is null);
    }

    [Theory]
    [InlineData("MRN-7K2Q9D", true)]
    [InlineData("mrn-7k2q9d", false)]
    [InlineData("JANE ROE", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Tokens_are_capitals_digits_and_dashes(string? token, bool accepted) =>
        Assert.Equal(accepted, Record.Exception(() => new Token(token!)) is null);

    [Fact]
    public void A_purpose_of_use_is_a_code()
    {
        Assert.Equal("TREAT", PurposeOfUse.Treatment.ToString());
        Assert.Throws<ArgumentException>(() => new PurposeOfUse("for Jane"));
        Assert.Throws<ArgumentException>(() => new PurposeOfUse(null!));
        Assert.Equal("", default(PurposeOfUse).ToString());
    }

    [Fact]
    public void Digests_round_trip_through_bytes_and_text() => Gen.Byte.Array[32].Sample(
        bytes =>
        {
            Digest256 digest = Digest256.From(bytes);
            Assert.Equal(bytes, digest.ToArray());
            Assert.Equal(Convert.ToHexStringLower(bytes), digest.ToString());
            Assert.True(Digest256.TryParse(digest.ToString().ToUpperInvariant(), out Digest256 back));
            Assert.Equal(digest, back);
        },
        iter: 100);

    [Theory]
    [InlineData("")]
    [InlineData("0x3456")]
    [InlineData("zz00000000000000000000000000000000000000000000000000000000000000")]
    [InlineData(" 000000000000000000000000000000000000000000000000000000000000000")]
    public void A_digest_is_64_hexadecimal_digits_and_nothing_else(string text) => Assert.False(Digest256.TryParse(text, out _));
}
