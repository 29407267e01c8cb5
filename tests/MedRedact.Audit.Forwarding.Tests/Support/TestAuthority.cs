using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MedRedact.Audit.Forwarding.Tests;

/// <summary>An authority of this test's own, with certificates for a collector on this machine.</summary>
internal sealed class TestAuthority : IDisposable
{
    public const string ServerUse = "1.3.6.1.5.5.7.3.1", ClientUse = "1.3.6.1.5.5.7.3.2";

    private static readonly DateTimeOffset s_now = DateTimeOffset.UtcNow;
    private static int s_serial;

    public TestAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN=test authority {Interlocked.Increment(ref s_serial)}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        Root = request.CreateSelfSigned(s_now.AddDays(-400), s_now.AddDays(400));
    }

    /// <summary>The authority's certificate, with its key.</summary>
    public X509Certificate2 Root { get; }

    public X509Certificate2 Issue(string name = "localhost", string use = ServerUse, int fromDay = -1, int toDay = 1)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        if (name == "localhost")
            names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(use)], false));
        byte[] serial = new byte[8];
        serial[0] = 1;
        BitConverter.TryWriteBytes(serial.AsSpan(4), Interlocked.Increment(ref s_serial));
        using X509Certificate2 issued = request.Create(Root, s_now.AddDays(fromDay), s_now.AddDays(toDay), serial);
        return issued.CopyWithPrivateKey(key);
    }

    public static Digest256 PinOf(X509Certificate2 certificate) => Digest256.From(SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo()));

    public void Dispose() => Root.Dispose();
}
