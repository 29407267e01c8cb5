using CsCheck;

namespace MedRedact.Storage.Tests;

/// <summary>Different scopes never share a token, whoever makes it.</summary>
public sealed class TokenScopeTests
{
    private static readonly Gen<TokenScope> Scopes = Gen.String[Gen.Char['a', 'z'], 1, 12].Select(name => new TokenScope(name));

    /// <summary>Of twelve digits: two ciphers agree on one of them once in a million million.</summary>
    private static readonly Gen<string> Numbers = Gen.String[Gen.Char['0', '9'], 12, 16];

    public static TheoryData<string> Makers => ["vault", "one-way", "pseudonym", "format-preserving"];

    [Theory]
    [MemberData(nameof(Makers))]
    public async Task Two_scopes_share_no_token_and_one_scope_has_one_for_one_value(string maker)
    {
        using var rig = new VaultRig();
        Func<RedactionTarget, Task<string>> make = MakerOf(maker, rig);
        await Gen.Select(Scopes, Scopes, Numbers.Array[1, 4]).Where(each => each.Item1 != each.Item2).SampleAsync(
            async (one, other, values) =>
            {
                var seen = new HashSet<string>();
                foreach (string value in values.Distinct())
                {
                    string token = await make(Target(value, one));
                    Assert.Equal(token, await make(Target(value, one)));
                    Assert.True(seen.Add(token));
                    Assert.True(seen.Add(await make(Target(value, other))));
                }
            },
            iter: 25,
            threads: 1);
    }

    [Fact]
    public async Task Tokens_that_nobody_can_reverse_pseudonyms_and_enciphered_numbers_leave_the_vault_as_it_is()
    {
        using var rig = new VaultRig();
        await rig.TokenizeAsync("Quillfeather");
        byte[][] before = Files(rig);
        foreach (string maker in (string[])["one-way", "pseudonym", "format-preserving"])
        {
            Func<RedactionTarget, Task<string>> make = MakerOf(maker, rig);
            for (int i = 0; i < 50; i++)
                await make(Target($"{i:000000000000}", Sample.Scope));
        }

        Assert.Equal(before, Files(rig));
    }

    /// <summary>The database and its log; its shared memory holds nothing that lasts.</summary>
    private static byte[][] Files(VaultRig rig) =>
        [.. Directory.EnumerateFiles(Path.GetDirectoryName(rig.File)!).Where(file => !file.EndsWith("-shm", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];

    private static Func<RedactionTarget, Task<string>> MakerOf(string maker, VaultRig rig)
    {
        IRedactor? redactor = maker switch
        {
            "one-way" => new OneWayTokens(),
            "pseudonym" => new Pseudonyms(Machine.KeyRing),
            "format-preserving" => new FormatPreserving(Machine.KeyRing),
            _ => null,
        };
        return redactor is null
            ? async target => (await rig.Tokenizer.TokenizeAsync(target.Value, target.Finding.Category, new TokenContext(target.Tenant, target.Scope))).Value
            : async target => (await redactor.ProposeAsync(target))!.Text;
    }

    private static RedactionTarget Target(string value, TokenScope scope) => new(
        Sample.Document(),
        new PageNumber(1),
        new Finding(PhiCategory.Mrn, new Location.Text(new TextSpan(0, value.Length)), Confidence.Of(0.9), new DetectorId("test"), new RuleId("test")),
        Sample.Tenant,
        scope,
        Phi.Of("mrn-1"),
        Phi.Of(value)) { Purpose = PurposeOfUse.Treatment };
}
