using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading.Channels;

namespace MedRedact.Audit.Forwarding.Tests;

/// <summary>A collector of syslog on a port of this machine: takes one connection after the other and reads messages by their length.</summary>
internal sealed class SyslogServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Channel<string> _messages = Channel.CreateUnbounded<string>();
    private readonly SslServerAuthenticationOptions? _tls;
    private readonly Task _serving;
    private TcpClient? _client;
    private volatile bool _isStopped;

    public SyslogServer(X509Certificate2? certificate = null, bool asksForClient = false, SslProtocols protocols = SslProtocols.None)
    {
        _tls = certificate is null
            ? null
            : new SslServerAuthenticationOptions
            {
                ServerCertificate = certificate,
                ClientCertificateRequired = asksForClient,
                EnabledSslProtocols = protocols,
                RemoteCertificateValidationCallback = (_, shown, _, _) =>
                {
                    ClientShown = shown?.GetCertHashString();
                    return !asksForClient || shown is not null;
                },
            };
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string? ClientShown { get; private set; }

    public ChannelReader<string> Messages => _messages.Reader;

    /// <summary>Breaks the connection that is open, as a collector that is killed does.</summary>
    public void Break()
    {
        _client!.Client.LingerState = new LingerOption(true, 0);
        _client.Close();
    }

    public async ValueTask DisposeAsync()
    {
        _isStopped = true;
        _listener.Stop();
        _client?.Close();
        await _serving;
    }

    private async Task ServeAsync()
    {
        while (!_isStopped)
        {
            try
            {
                using TcpClient client = _client = await _listener.AcceptTcpClientAsync();
                Stream stream = client.GetStream();
                if (_tls is not null)
                {
                    var tls = new SslStream(stream);
                    await tls.AuthenticateAsServerAsync(_tls);
                    stream = tls;
                }

                await ReadAsync(stream);
            }
            catch (Exception ended) when (ended is IOException or AuthenticationException or InvalidOperationException or SocketException)
            {
                // The client does not trust this server, or went; or the server stops.
            }
        }
    }

    private async Task ReadAsync(Stream stream)
    {
        byte[] one = new byte[1];
        var length = new StringBuilder();
        while (await stream.ReadAsync(one) == 1)
        {
            if (one[0] != ' ')
            {
                if (one[0] < (length.Length == 0 ? '1' : '0') || one[0] > '9')
                    throw new IOException("no length of a message");
                length.Append((char)one[0]);
                continue;
            }

            byte[] message = new byte[int.Parse(length.ToString(), CultureInfo.InvariantCulture)];
            await stream.ReadExactlyAsync(message);
            length.Clear();
            await _messages.Writer.WriteAsync(Encoding.UTF8.GetString(message));
        }
    }
}
