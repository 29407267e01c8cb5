using CsCheck;

namespace MedRedact.KeyManagement.Tests;

public sealed class KeyLabelTests
{
    private static readonly Gen<string> Name = Gen.Char["abcdefghijklmnopqrstuvwxyz0123456789.-"].Array[1, 64].Select(chars => new string(chars));

    [Fact]
    public void A_label_reads_back_what_it_says() =>
        Gen.Select(Name, Name, Gen.Int[0, 6], Gen.Enum<KeyState>(), Gen.Long[0, 4_000_000_000_000], Gen.Long[0, 4_000_000_000_000]).Sample((id, purpose, role, state, made, destruction) =>
        {
            KeyRole what = role switch { 0 => KeyRole.MacRoot, 1 => KeyRole.Signing(new KeyPurpose(purpose)), _ => KeyRole.Wrapping((StorageZone)(role - 2)) };
            var key = new KeyDescription(new KeyId(id), what.Kind, state, what.Zone, what.Purpose, DateTimeOffset.FromUnixTimeMilliseconds(made))
            {
                DestructionAt = destruction == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(destruction),
            };
            Assert.Equal(key, KeyLabel.Parse(KeyLabel.Format(key)));
        });

    [Theory]
    [InlineData("")]
    [InlineData("somebody else's key")]
    [InlineData("medredact/2/id/wrap/proofs/active/1/0")]
    [InlineData("medredact/1/id/wrap/nowhere/active/1/0")]
    [InlineData("medredact/1/ID/wrap/proofs/active/1/0")]
    [InlineData("medredact/1/id/wrap/proofs/alive/1/0")]
    [InlineData("medredact/1/id/wrap/proofs/active/-1/0")]
    [InlineData("medredact/1/id/wrap/proofs/active/1/0/more")]
    [InlineData("medredact/1/id/wrap/proofs/active/999999999999999999/0")]
    public void A_label_that_is_not_ours_is_passed_over(string label) => Assert.Null(KeyLabel.Parse(label));
}
