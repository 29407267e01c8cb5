using System.Security.Cryptography;
using System.Text;
using MedRedact.Access;
using MedRedact.Audit;

namespace MedRedact.EndToEnd.Tests.Access;

/// <summary>Two officers and a stranger, with keys of their own.</summary>
internal sealed class Approvers : IDisposable
{
    private readonly Dictionary<string, ECDsa> _keys = new[] { "officer-1", "officer-2", "stranger" }.ToDictionary(name => name, _ => ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>The keys that a host knows: those of the two officers.</summary>
    public IEnumerable<VerifierKey> Known => [KeyOf("officer-1"), KeyOf("officer-2")];

    public static byte[] Policy(int version, string rule = """{ "id": "read", "effect": "permit", "actions": ["read-redacted"], "roles": ["clinician"] }""") =>
        Encoding.UTF8.GetBytes($$"""{ "name": "county", "version": {{version}}, "rules": [{{rule}}] }""");

    public VerifierKey KeyOf(string name, string? under = null) =>
        VerifierKey.Create(SignedAccessPolicy.SignerName(new ActorId(under ?? name)), _keys[name].ExportSubjectPublicKeyInfo());

    /// <summary>The note with which some approve.</summary>
    public byte[] Note(byte[] policy, params string[] approvers)
    {
        byte[] note = [];
        foreach (string name in approvers)
            note = Approve(policy, name, name, note);
        return note;
    }

    public byte[] Approve(byte[] policy, string key, string under, byte[] note) =>
        ApprovedAccessPolicy.StatementOf(AccessPolicy.Parse(policy)).Approve(new ActorId(under), _keys[key], note);

    public string Pem(string name) => _keys[name].ExportPkcs8PrivateKeyPem();

    public void Dispose()
    {
        foreach (ECDsa key in _keys.Values)
            key.Dispose();
    }
}
