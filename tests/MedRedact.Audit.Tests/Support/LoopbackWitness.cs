using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace MedRedact.Audit.Tests.Support;

/// <summary>A witness as its C2SP page describes it, on this machine: HTTP, Ed25519, a size and a root for each ledger.</summary>
internal sealed class LoopbackWitness : IDisposable
{
    private const string Name = "loopback.example/w";

    private static readonly byte[] Secret = SHA256.HashData("a key that guards nothing"u8);

    private readonly HttpListener _listener;
    private readonly VerifierKey[] _ledgers;
    private readonly ConcurrentDictionary<string, AuditCheckpoint> _seen = new();
    private readonly Task _serving;

    public LoopbackWitness(VerifierKey[] ledgers)
    {
        _ledgers = ledgers;
        (_listener, Prefix) = Listen();
        _serving = ServeAsync();
    }

    public Uri Prefix { get; }

    public WitnessKey Key { get; } = NewKey();

    public ConcurrentQueue<string> Requests { get; } = [];

    public Dictionary<string, long> Sizes => _seen.ToDictionary(each => each.Key, each => each.Value.Size);

    public static WitnessKey NewKey()
    {
        byte[] key = new byte[32];
        Ed25519.GeneratePublicKey(Secret, 0, key, 0);
        return WitnessKey.OfEd25519(Name, key);
    }

    public void Dispose()
    {
        _listener.Close();
        _serving.GetAwaiter().GetResult();
    }

    private static (HttpListener Listener, Uri Prefix) Listen()
    {
        while (true)
        {
            using var free = new TcpListener(IPAddress.Loopback, 0);
            free.Start();
            int port = ((IPEndPoint)free.LocalEndpoint).Port;
            free.Stop();
            string prefix = string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port}/witness/");
            var listener = new HttpListener { Prefixes = { prefix } };
            try
            {
                listener.Start();
                return (listener, new(prefix));
            }
            catch (HttpListenerException)
            {
                // Somebody was faster; another port.
            }
        }
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            using var body = new MemoryStream();
            await context.Request.InputStream.CopyToAsync(body);
            bool rightPlace = context.Request.HttpMethod == "POST" && context.Request.Url!.AbsolutePath == "/witness/add-checkpoint";
            (int status, string type, string answer) = rightPlace ? Answer(Encoding.UTF8.GetString(body.ToArray())) : (404, "text/plain", "");
            context.Response.StatusCode = status;
            context.Response.ContentType = type;
            await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(answer));
            context.Response.Close();
        }
    }

    private (int Status, string Type, string Answer) Answer(string request)
    {
        Requests.Enqueue(request);
        int split = request.IndexOf("\n\n", StringComparison.Ordinal);
        string[] lines = request[..split].Split('\n');
        long old = long.Parse(lines[0]["old ".Length..], CultureInfo.InvariantCulture);
        ImmutableArray<Digest256> proof = [.. lines[1..].Select(line => Digest256.From(Convert.FromBase64String(line)))];
        byte[] note = Encoding.UTF8.GetBytes(request[(split + 2)..]);
        EvidenceCheck check = AuditCheckpoint.Open(note, _ledgers, out AuditCheckpoint? next);
        if (next is null)
            return (check == EvidenceCheck.Malformed ? 400 : 403, "text/plain", "");

        AuditCheckpoint? seen = _seen.GetValueOrDefault(next.Origin);
        if (old != (seen?.Size ?? 0))
            return (409, "text/x.tlog.size", string.Create(CultureInfo.InvariantCulture, $"{seen?.Size ?? 0}\n"));
        bool extends = seen is null || seen.Size == 0 ? proof.IsEmpty
            : seen.Size == next.Size ? proof.IsEmpty && seen.Root == next.Root
            : new ConsistencyProof(seen.Size, next.Size, proof).Verify(seen.Root, next.Root);
        if (!extends)
            return (422, "text/plain", "");

        _seen[next.Origin] = next;
        return (200, "text/plain", Cosign(next));
    }

    private static string Cosign(AuditCheckpoint checkpoint)
    {
        byte[] message = Encoding.UTF8.GetBytes($"cosignature/v1\ntime 1772600000\n{checkpoint.Text}"), signature = new byte[8 + 64];
        BinaryPrimitives.WriteUInt64BigEndian(signature, 1_772_600_000);
        Ed25519.Sign(Secret, 0, message, 0, message.Length, signature, 8);
        byte[] id = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(id, NewKey().KeyId);
        return $"— {Name} {Convert.ToBase64String([.. id, .. signature])}\n";
    }
}
