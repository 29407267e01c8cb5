using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MedRedact.Audit.Forwarding;

/// <summary>One connection to a collector, watched for its end from its beginning.</summary>
internal sealed class SyslogConnection : IAsyncDisposable
{
    private const int TcpLevel = 6, TcpUserTimeout = 18;

    private readonly Stream _stream;
    private readonly Task _watch;

    private SyslogConnection(Stream stream)
    {
        _stream = stream;
        _watch = WatchAsync(stream);
    }

    /// <summary>Whether the other side has neither closed the connection nor broken it.</summary>
    public bool IsIntact => !_watch.IsCompleted;

    /// <exception cref="AuthenticationException">The collector is not trusted, or does not trust this side.</exception>
    /// <exception cref="IOException">It does not answer as it should.</exception>
    /// <exception cref="SocketException">It cannot be reached.</exception>
    public static async ValueTask<SyslogConnection> OpenAsync(SyslogAuditTargetOptions options, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        Stream? stream = null;
        try
        {
            NoticeDeadPeers(socket, options.SettleTime);
            await socket.ConnectAsync(options.Host, options.Port, cancellationToken);
            stream = new NetworkStream(socket, ownsSocket: true);
            if (options.Transport == SyslogTransport.Tls)
            {
                var tls = new SslStream(stream);
                stream = tls;
                await tls.AuthenticateAsClientAsync(Tls(options), cancellationToken);
            }

            return new(stream);
        }
        catch
        {
            if (stream is not null)
                await stream.DisposeAsync();
            socket.Dispose();
            throw;
        }
    }

    public async ValueTask SendAsync(ReadOnlyMemory<byte> messages, CancellationToken cancellationToken)
    {
        await _stream.WriteAsync(messages, cancellationToken);
        await _stream.FlushAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        await _watch;
    }

    private static SslClientAuthenticationOptions Tls(SyslogAuditTargetOptions options)
    {
        var tls = new SslClientAuthenticationOptions
        {
            TargetHost = options.Host,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            CertificateRevocationCheckMode = options.Revocation,
            ClientCertificates = options.ClientCertificate is { } own ? [own] : null,
            RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
                errors == SslPolicyErrors.None && certificate is X509Certificate2 shown && (options.PinnedKeys.Count == 0 || options.PinnedKeys.Contains(KeyOf(shown))),
        };
        if (options.TrustedRoots.Count > 0)
        {
            tls.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = options.Revocation, DisableCertificateDownloads = true };
            tls.CertificateChainPolicy.CustomTrustStore.AddRange(options.TrustedRoots);

            // A policy of one's own is taken as it is: that the certificate is for servers must be said here.
            tls.CertificateChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.1"));
        }

        return tls;
    }

    private static Digest256 KeyOf(X509Certificate2 certificate) => Digest256.From(SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo()));

    /// <summary>A machine that vanished sends no end of connection. Well before what was sent settles, silence about it must count as one.</summary>
    private static void NoticeDeadPeers(Socket socket, TimeSpan settleTime)
    {
        int half = (int)Math.Clamp(settleTime.TotalSeconds / 2, 1, 600);
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, Math.Max(1, half / 2));
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, Math.Max(1, half / 6));
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 3);

        // Keep-alive says nothing while bytes are on their way; on Linux there is a bound for those too.
        if (OperatingSystem.IsLinux())
            socket.SetRawSocketOption(TcpLevel, TcpUserTimeout, BitConverter.GetBytes(half * 1000));
    }

    /// <summary>A collector of syslog says nothing; a reading that ends means that the connection does.</summary>
    private static async Task WatchAsync(Stream stream)
    {
        byte[] nothing = new byte[256];
        try
        {
            while (await stream.ReadAsync(nothing) > 0)
            {
            }
        }
        catch (Exception ended) when (ended is IOException or ObjectDisposedException or InvalidOperationException or OperationCanceledException)
        {
            // That is the end.
        }
    }
}
