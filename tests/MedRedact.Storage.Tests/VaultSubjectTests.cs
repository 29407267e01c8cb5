using CsCheck;
using MedRedact.Envelope;

namespace MedRedact.Storage.Tests;

public sealed class VaultSubjectTests : IDisposable
{
    private const string Name = "Zebediah Quillfeather-Canary";

    private readonly VaultRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task Destroying_a_subjects_key_closes_the_values_of_that_subject_alone()
    {
        Token own = await _rig.TokenizeAsync(Name, VaultRig.Ann), other = await _rig.TokenizeAsync("Somebody Else", VaultRig.Bob), nobodys = await _rig.TokenizeAsync("Springfield");
        Assert.Equal(VaultRig.Ann, (await _rig.EntryAsync(own)).Subject);

        _rig.Keys.Destroyed.Add(VaultRig.Ann);

        Assert.Equal("MR-VLT-003", await _rig.RevealAsync(own));
        Assert.Equal("Somebody Else", await _rig.RevealAsync(other));
        Assert.Equal("Springfield", await _rig.RevealAsync(nobodys));
    }

    [Fact]
    public async Task A_value_that_a_second_subject_or_nobody_known_uses_too_is_shared_and_keeps_its_token_and_first_form()
    {
        Token withBob = await _rig.TokenizeAsync("Springfield", VaultRig.Ann), withNobody = await _rig.TokenizeAsync("Shelbyville", VaultRig.Ann);

        Assert.Equal(withBob, await _rig.TokenizeAsync("SPRINGFIELD", VaultRig.Bob));
        Assert.Equal(withNobody, await _rig.TokenizeAsync("SHELBYVILLE"));
        Assert.Equal(withBob, await _rig.TokenizeAsync("springfield", VaultRig.Ann));

        _rig.Keys.Destroyed.Add(VaultRig.Ann);
        _rig.Keys.Destroyed.Add(VaultRig.Bob);
        Assert.Equal("Springfield", await _rig.RevealAsync(withBob));
        Assert.Equal("Shelbyville", await _rig.RevealAsync(withNobody));
        Assert.Null((await _rig.EntryAsync(withBob)).Subject);
    }

    [Fact]
    public async Task A_token_that_a_destroyed_key_closed_does_not_come_back_to_life_when_its_value_comes_from_somebody_else()
    {
        Token closed = await _rig.TokenizeAsync(Name, VaultRig.Ann);
        await _rig.Vault.SetHoldAsync(closed, Sample.Scope, isHeld: true);
        _rig.Keys.Destroyed.Add(VaultRig.Ann);

        Token fresh = await _rig.TokenizeAsync(Name, VaultRig.Bob);

        Assert.NotEqual(closed, fresh);
        Assert.Equal("MR-VLT-003", await _rig.RevealAsync(closed));
        Assert.True((await _rig.EntryAsync(closed)).IsHeld);
        Assert.Equal(Name, await _rig.RevealAsync(fresh));
        Assert.Equal(fresh, await _rig.TokenizeAsync(Name, VaultRig.Bob));
    }

    [Fact]
    public async Task Keys_that_are_out_of_reach_change_nothing()
    {
        Token token = await _rig.TokenizeAsync(Name, VaultRig.Ann);
        VaultEntry before = await _rig.EntryAsync(token);
        _rig.Keys.IsOutOfReach = true;
        await Assert.ThrowsAnyAsync<MedRedactException>(async () => await _rig.TokenizeAsync(Name, VaultRig.Bob));
        await Assert.ThrowsAnyAsync<MedRedactException>(async () => await _rig.TokenizeAsync(Name, VaultRig.Ann));
        _rig.Keys.IsOutOfReach = false;

        Assert.Equal(before with { Envelope = default }, await _rig.EntryAsync(token) with { Envelope = default });
        Assert.Equal(token, await _rig.TokenizeAsync(Name, VaultRig.Bob));
    }

    [Fact]
    public async Task A_subject_that_comes_back_after_its_key_was_destroyed_gets_a_token_that_can_be_reversed()
    {
        using var folder = new Folder();
        using KeyRegister register = KeyRegister.Open(folder["register.db"], Machine.KeyRing, _rig.Time);
        var sealer = new EnvelopeSealer(register);
        var tokenizer = new VaultTokenizer(_rig.Vault, sealer, Machine.KeyRing, _rig.Time);
        var detokenizer = new VaultDetokenizer(_rig.Vault, sealer, _rig.Ledger, _rig.Time, new RevealLimit());
        TokenContext anns = Sample.Context with { Subject = VaultRig.Ann };
        Token before = await tokenizer.TokenizeAsync(new(Name), PhiCategory.PersonName, anns);
        Assert.Equal(before, await tokenizer.TokenizeAsync(new(Name), PhiCategory.PersonName, anns));

        await register.ShredSubjectAsync(anns.Tenant, VaultRig.Ann);
        Token after = await tokenizer.TokenizeAsync(new(Name), PhiCategory.PersonName, anns);

        Assert.NotEqual(before, after);
        Assert.Equal(Name, (await detokenizer.RevealAsync(after, Sample.Scope, _rig.Grant))?.Reveal());
        await Assert.ThrowsAnyAsync<MedRedactException>(async () => await detokenizer.RevealAsync(before, Sample.Scope, _rig.Grant));
    }

    [Fact]
    public async Task A_row_that_is_said_to_be_another_subjects_does_not_open()
    {
        Token token = await _rig.TokenizeAsync(Name, VaultRig.Ann);
        VaultEntry entry = await _rig.EntryAsync(token);
        foreach (SubjectId? claimed in (SubjectId?[])[VaultRig.Bob, null])
        {
            Assert.True(await _rig.Vault.TryReplaceAsync(await _rig.EntryAsync(token), entry with { Subject = claimed }));
            Assert.Equal("MR-VLT-003", await _rig.RevealAsync(token));
        }
    }

    [Fact]
    public async Task Many_subjects_that_use_the_same_values_at_the_same_time_end_with_one_shared_row_a_value_that_opens()
    {
        Token[][] all = await Task.WhenAll(Enumerable.Range(0, 24).Select(worker => Task.Run(async () =>
        {
            var tokens = new Token[15];
            for (int i = 0; i < tokens.Length; i++)
                tokens[(i + worker) % 15] = await _rig.TokenizeAsync($"Town {(i + worker) % 15}", new SubjectId(new Digest256(9, (ulong)(worker % 5))));

            return tokens;
        })));

        Assert.All(all, tokens => Assert.Equal(all[0], tokens));
        for (int i = 0; i < 15; i++)
        {
            Assert.Equal($"Town {i}", await _rig.RevealAsync(all[0][i]));
            Assert.Null((await _rig.EntryAsync(all[0][i])).Subject);
        }
    }

    /// <summary>Whoever came before a key was destroyed decides: what came from that subject alone is closed, all else opens.</summary>
    [Fact]
    public async Task After_any_history_exactly_the_values_of_one_subject_alone_close_with_its_key() => await Gen.Select(Gen.Int[0, 3], Gen.Int[0, 2]).List[1, 12].SampleAsync(
        async history =>
        {
            using var rig = new VaultRig();
            SubjectId?[] subjects = [null, VaultRig.Ann, VaultRig.Bob];
            var tokens = new Dictionary<int, Token>();
            foreach ((int value, int subject) in history)
            {
                Token token = await rig.TokenizeAsync($"Value {value}", subjects[subject]);
                Assert.Equal(tokens.GetValueOrDefault(value, token), token);
                tokens[value] = token;
            }

            rig.Keys.Destroyed.Add(VaultRig.Ann);
            foreach ((int value, Token token) in tokens)
            {
                bool isAnnsAlone = history.Where(use => use.Item1 == value).All(use => use.Item2 == 1);
                Assert.Equal(isAnnsAlone ? "MR-VLT-003" : $"Value {value}", await rig.RevealAsync(token));
            }
        },
        seed: "0000TokVault1",
        iter: 12,
        threads: 1);
}
