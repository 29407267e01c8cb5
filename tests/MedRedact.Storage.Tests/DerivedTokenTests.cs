using System.Text.Json;
using CsCheck;
using MedRedact.Tests.Shared;

namespace MedRedact.Storage.Tests;

public sealed class DerivedTokenTests
{
    private static readonly Gen<string> Numbers =
        from groups in Gen.String[Gen.Char['0', '9'], 2, 6].Array[3, 6]
        from separator in Gen.Int[0, 4].Select(i => new[] { "-", " ", "", ".", "/" }[i])
        select string.Join(separator, groups);

    private static readonly Gen<string> Values = Gen.String[Gen.Char.AlphaNumeric, 1, 40];

    private static readonly Pseudonyms Pseudonyms = new(Machine.KeyRing);
    private static readonly FormatPreserving FormatPreserving = new(Machine.KeyRing);

    [Fact]
    public async Task A_pseudonym_is_the_same_within_tenant_purpose_scope_and_category_and_shared_with_no_other() => await Values.SampleAsync(
        async value =>
        {
            RedactionTarget target = Target(value, PhiCategory.Mrn);
            string pseudonym = await TextAsync(Pseudonyms, target);

            Assert.Equal(pseudonym, await TextAsync(Pseudonyms, target with { Value = Phi.Of($" {value.ToLowerInvariant()} ") }));
            Assert.True(TokenFormat.TryParse(pseudonym, out _));
            foreach (RedactionTarget other in Others(target))
                Assert.NotEqual(pseudonym, await TextAsync(Pseudonyms, other));
        },
        iter: 100);

    [Fact]
    public async Task One_way_tokens_are_one_within_a_document_and_random_beyond_it()
    {
        var tokens = new OneWayTokens();
        RedactionTarget target = Target("Quillfeather", PhiCategory.PersonName);
        string token = await TextAsync(tokens, target);

        Assert.Equal(token, await TextAsync(tokens, target with { Value = Phi.Of("QUILLFEATHER") }));
        Assert.NotEqual(token, await TextAsync(tokens, target with { Value = Phi.Of("Whitehorse") }));
        Assert.NotEqual(token, await TextAsync(tokens, target with { Document = Document(2) }));
        foreach (RedactionTarget other in Others(target))
            Assert.NotEqual(token, await TextAsync(tokens, other));
        Assert.NotEqual(token, await TextAsync(new OneWayTokens(), target));
        Assert.True(TokenFormat.TryParse(token, out _));

        Assert.Equal(token, await TextAsync(tokens, target));
        for (int i = 2; i < OneWayTokens.MaxDocuments + 3; i++)
            await TextAsync(tokens, target with { Document = Document(i) });
        Assert.NotEqual(token, await TextAsync(tokens, target));
    }

    [Fact]
    public async Task An_enciphered_number_keeps_its_form_and_is_the_same_within_its_tenant_purpose_and_scope_alone() => await Numbers.SampleAsync(
        async number =>
        {
            RedactionTarget target = Target(number, PhiCategory.Account);
            string enciphered = await TextAsync(FormatPreserving, target);

            Assert.Equal(Form(number), Form(enciphered));
            Assert.Equal(enciphered, await TextAsync(FormatPreserving, target));
            Assert.Equal(Digits(enciphered), Digits(await TextAsync(FormatPreserving, target with { Value = Phi.Of(Digits(number)) })));

            // A longer number tells scopes apart; two ciphers of six digits agree once in a million.
            if (Digits(number).Length >= 12)
            {
                Assert.NotEqual(number, enciphered);
                foreach (RedactionTarget other in Others(target))
                    Assert.NotEqual(enciphered, await TextAsync(FormatPreserving, other));
            }
        },
        iter: 100);

    [Fact]
    public async Task Different_numbers_stay_different()
    {
        var seen = new HashSet<string>();
        for (int i = 0; i < 2_000; i++)
            Assert.True(seen.Add(await TextAsync(FormatPreserving, Target($"{i:000000}", PhiCategory.Mrn))));
    }

    [Theory]
    [InlineData("12345")]
    [InlineData("12-34-5")]
    [InlineData("A1234567")]
    [InlineData("١٢٣٤٥٦٧")]
    [InlineData("123456\u202E7")]
    [InlineData("")]
    public async Task What_is_no_number_of_a_million_gets_a_mask(string value) =>
        Assert.Equal(ReplacementKind.Mask, (await FormatPreserving.ProposeAsync(Target(value, PhiCategory.Mrn)))!.Kind);

    [Fact]
    public async Task The_vectors_of_the_format_page_hold()
    {
        string Vector(string name) => FormatPage.Value(name, of: "derived-replacements.md");
        var keys = new CountingKey();
        RedactionTarget target = Target("", PhiCategory.Mrn) with { Scope = new TokenScope("study-7"), Purpose = PurposeOfUse.Treatment };

        Assert.Equal(
            TokenFormat.Create(PhiCategory.Mrn, Convert.FromHexString(Vector("identity"))).Value,
            await TextAsync(new Pseudonyms(keys), target with { Value = Phi.Of(Vector("value")) }));
        Assert.Equal(Vector("enciphered"), await TextAsync(new FormatPreserving(keys), target with { Value = Phi.Of(Vector("number")) }));
        Assert.Equal(
            Vector("ff1-key"),
            Convert.ToHexStringLower(await new ScopedKeys(keys, new KeyPurpose("format-preserving")).DeriveAsync("MedRedact FF1 key v1", target, TestContext.Current.CancellationToken)));
    }

    /// <summary>NIST's samples for AES-256, radix 10.</summary>
    [Theory]
    [InlineData("", "6657667009")]
    [InlineData("39383736353433323130", "1001623463")]
    public void The_samples_of_the_standard_hold(string tweak, string expected)
    {
        byte[] key = Convert.FromHexString("2B7E151628AED2A6ABF7158809CF4F3CEF4359D8D580AA4F7F036D6F04FC6A94"), digits = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
        Ff1.Encrypt(digits, key, Convert.FromHexString(tweak));
        Assert.Equal(expected, string.Concat(digits));
        Ff1.Decrypt(digits, key, Convert.FromHexString(tweak));
        Assert.Equal("0123456789", string.Concat(digits));
    }

    [Fact]
    public void The_vectors_of_Wycheproof_hold_for_the_sizes_that_are_allowed()
    {
        string? file = OptionalData.Find("vectors/wycheproof/aes_ff1_radix10_test.json");
        Assert.SkipWhen(file is null, "Wycheproof's vectors of FF1 do not lie beside the repository.");
        using JsonDocument vectors = JsonDocument.Parse(File.ReadAllText(file!));

        (int held, int refused) = (0, 0);
        foreach (JsonElement vector in vectors.RootElement.GetProperty("testGroups").EnumerateArray().SelectMany(group => group.GetProperty("tests").EnumerateArray()))
        {
            byte[] Of(string name) => Convert.FromHexString(vector.GetProperty(name).GetString()!);
            byte[] Numbers(string name) => [.. vector.GetProperty(name).EnumerateArray().Select(number => number.TryGetByte(out byte value) ? value : byte.MaxValue)];
            byte[] digits = Numbers("msg"), expected = Numbers("ct");
            if (digits.Length < Ff1.MinDigits || vector.GetProperty("result").GetString() != "valid")
            {
                Assert.ThrowsAny<ArgumentException>(() => Ff1.Encrypt(digits, Of("key"), Of("tweak")));
                refused++;
                continue;
            }

            Ff1.Encrypt(digits, Of("key"), Of("tweak"));
            Assert.Equal(expected, digits);
            held++;
        }

        Assert.Equal(3845, held + refused);
        Assert.True(held > 2_000);
    }

    [Fact]
    public async Task A_check_digit_is_enciphered_like_the_other_digits()
    {
        // A thousand numbers whose check digit is right (Luhn): of those that come out one in ten is right, as of any numbers.
        int right = 0;
        for (int i = 0; i < 1_000; i++)
        {
            string number = $"4417123{i:00000000}";
            right += Luhn(await TextAsync(FormatPreserving, Target(number + (char)('0' + CheckDigit(number)), PhiCategory.Account))) ? 1 : 0;
        }

        Assert.InRange(right, 50, 160);
    }

    private static bool Luhn(string number) => number[^1] - '0' == CheckDigit(number[..^1]);

    private static int CheckDigit(string number)
    {
        int sum = number.Reverse().Select((c, i) => i % 2 == 0 ? ((c - '0') * 2 / 10) + ((c - '0') * 2 % 10) : c - '0').Sum();
        return (10 - (sum % 10)) % 10;
    }

    /// <summary>The MAC key 00 01 02 … 1f, whatever it is for.</summary>
    private sealed class CountingKey : IKeyProvider, IMacKey
    {
        public KeyId Key => new("counting");

        public ValueTask<ISigner> GetSignerAsync(KeyPurpose purpose, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask<IMacKey> GetMacKeyAsync(KeyPurpose purpose, TenantId tenant, CancellationToken cancellationToken = default) => new(this);

        public ValueTask<Digest256> ComputeAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default) =>
            new(Digest256.From(System.Security.Cryptography.HMACSHA256.HashData([.. Enumerable.Range(0, 32).Select(i => (byte)i)], message.Span)));
    }

    private static IEnumerable<RedactionTarget> Others(RedactionTarget target) =>
    [
        target with { Tenant = new TenantId("clinic-b") },
        target with { Scope = new TokenScope("another") },
        target with { Purpose = new PurposeOfUse("HRESCH") },
        target with { Finding = target.Finding with { Category = PhiCategory.Plan } },
    ];

    private static RedactionTarget Target(string value, PhiCategory category) => new(
        Document(1),
        new PageNumber(1),
        new Finding(category, new Location.Text(new TextSpan(0, Math.Max(1, value.Length))), Confidence.Of(0.9), new DetectorId("test"), new RuleId("test")),
        new TenantId("clinic-a"),
        new TokenScope("study"),
        Phi.Of("mrn-1"),
        Phi.Of(value)) { Purpose = PurposeOfUse.Treatment };

    private static DocumentId Document(int number) => new(new Guid(number, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11));

    private static async Task<string> TextAsync(IRedactor redactor, RedactionTarget target) => (await redactor.ProposeAsync(target))!.Text;

    private static string Digits(string text) => string.Concat(text.Where(char.IsAsciiDigit));

    private static string Form(string text) => string.Concat(text.Select(c => char.IsAsciiDigit(c) ? '0' : c));
}
