using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MedRedact.Audit.Tests;

public sealed class SignedAccessPolicyTests : IDisposable
{
    private static readonly SignedAccessPolicy s_policy = new("county", 7, Digest256.From(SHA256.HashData("a policy"u8)));

    private readonly ECDsa[] _keys = [.. Enumerable.Range(0, 3).Select(_ => ECDsa.Create(ECCurve.NamedCurves.nistP256))];

    public void Dispose()
    {
        foreach (ECDsa key in _keys)
            key.Dispose();
    }

    [Fact]
    public void Approvals_are_lines_of_one_note_over_name_version_and_digest()
    {
        byte[] note = Approve(1, Approve(0));
        Assert.StartsWith($"medredact/access-policy/1\npolicy county 7\nsha256 {s_policy.Sha256}\n\n— medredact/access-policy/1/officer-0 ", Encoding.UTF8.GetString(note), StringComparison.Ordinal);
        Assert.Equal(EvidenceCheck.Verified, s_policy.Check(note, [Key(0), Key(1), Key(2)], out SignedAccessPolicy? approved));
        Assert.Equal(["officer-0", "officer-1"], approved!.Approvers.Select(approver => approver.Value));
    }

    [Fact]
    public void An_approver_stands_there_once()
    {
        Assert.Equal(EvidenceCheck.Verified, s_policy.Check(Approve(0, Approve(1, Approve(0))), [Key(0), Key(1)], out SignedAccessPolicy? approved));
        Assert.Equal(2, approved!.Approvers.Length);
    }

    [Fact]
    public void Approvals_of_something_else_are_dropped_and_count_for_nothing()
    {
        byte[] other = (s_policy with { Version = 8 }).Approve(new ActorId("officer-0"), _keys[0]);
        Assert.Equal(EvidenceCheck.SignatureInvalid, s_policy.Check(other, [Key(0)], out _));
        Assert.Equal(EvidenceCheck.UnknownSigner, s_policy.Check(Approve(1, other), [Key(0)], out _));
    }

    [Fact]
    public void A_bad_line_of_a_known_key_spoils_the_note_and_lines_of_others_do_not()
    {
        byte[] note = Approve(1, Approve(0));
        string[] lines = Encoding.UTF8.GetString(note).Split('\n');
        byte[] bad = Encoding.UTF8.GetBytes(string.Join('\n', [.. lines[..5], lines[5][..^8] + "AAAAAAA=", lines[6]]));
        Assert.Equal(EvidenceCheck.SignatureInvalid, s_policy.Check(bad, [Key(0), Key(1)], out _));
        Assert.Equal(EvidenceCheck.Verified, s_policy.Check(bad, [Key(0), Key(2)], out _));
        Assert.Equal(EvidenceCheck.Malformed, s_policy.Check(Array.Empty<byte>(), [Key(0)], out _));
    }

    [Fact]
    public void A_note_has_sixteen_approvals_at_most()
    {
        byte[] note = [];
        for (int i = 0; i < 16; i++)
            note = s_policy.Approve(new ActorId(i.ToString(CultureInfo.InvariantCulture)), _keys[0], note);
        Assert.Throws<ArgumentException>(() => Approve(1, note));
        Assert.Equal(EvidenceCheck.Verified, s_policy.Check(note, Enumerable.Range(0, 16).Select(i => Key(0, i.ToString(CultureInfo.InvariantCulture))), out SignedAccessPolicy? approved));
        Assert.Single(approved!.Approvers);
    }

    [Fact]
    public void Only_keys_of_P256_approve()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Assert.Equal("MR-AUD-007", Assert.Throws<MedRedactException>(() => s_policy.Approve(new ActorId("officer-0"), other)).Code.Value);
    }

    private byte[] Approve(int officer, byte[]? note = null) => s_policy.Approve(new ActorId($"officer-{officer}"), _keys[officer], note);

    private VerifierKey Key(int officer, string? name = null) =>
        VerifierKey.Create(SignedAccessPolicy.SignerName(new ActorId(name ?? $"officer-{officer}")), _keys[officer].ExportSubjectPublicKeyInfo());
}
