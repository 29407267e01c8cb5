using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Amazon.Runtime;

namespace MedRedact.KeyManagement.AwsKms.Tests;

/// <summary>What goes wrong with a call.</summary>
public enum Trouble
{
    None,
    Throttling,
    TooManyRequests,
    LimitExceeded,
    Internal,
    DependencyTimeout,
    BareFailure,
    AccessDenied,
    KeyUnavailable,
    NoAnswer,
    Dropped,
    CutAnswer,

    /// <summary>It is done, and nobody is told.</summary>
    LateSuccess,
}

/// <summary>The front of the service on a port of this machine: JSON 1.1 over POST, the operation in <c>X-Amz-Target</c>, signed by SigV4; and faults on request.</summary>
internal sealed partial class KmsServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Lock _gate = new();
    private readonly List<(string Operation, int Call, Trouble Kind)> _troubles = [];
    private readonly List<(string Operation, JsonObject Request)> _calls = [];
    private readonly Dictionary<string, TaskCompletionSource> _awaited = [];

    public KmsServer(TimeProvider? time = null)
    {
        Account = new KmsAccount(time ?? TimeProvider.System);
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _ = ServeAsync();
    }

    public Uri Address { get; }

    public KmsAccount Account { get; }

    /// <summary>Every call that arrived, those that failed too.</summary>
    public IReadOnlyList<(string Operation, JsonObject Request)> Calls
    {
        get
        {
            lock (_gate)
                return [.. _calls];
        }
    }

    public int Count(string operation) => Calls.Count(call => call.Operation == operation);

    /// <summary>What happens to the n-th call of an operation from now, counted from 1; of any where it is <c>*</c>.</summary>
    public void Next(string operation, Trouble kind, int call = 1)
    {
        lock (_gate)
            _troubles.Add((operation, call, kind));
    }

    /// <summary>Takes back what was to go wrong and did not yet.</summary>
    public void Forgive()
    {
        lock (_gate)
            _troubles.Clear();
    }

    /// <summary>Ends when the next call of an operation has arrived.</summary>
    public Task ArrivalOf(string operation)
    {
        lock (_gate)
            return (_awaited[operation] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
    }

    public AwsKmsKeys Open(TimeProvider? time = null, Action<AwsKmsOptions>? configure = null)
    {
        var options = new AwsKmsOptions();
        Set(options);
        configure?.Invoke(options);
        return new AwsKmsKeys(options, time ?? TimeProvider.System);
    }

    public void Set(AwsKmsOptions options) =>
        (options.Endpoint, options.Region, options.Credentials, options.HeedWithin, options.Timeout) =
            (Address, "us-east-1", new BasicAWSCredentials("AKIDEXAMPLE", "not-a-secret"), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));

    public void Dispose()
    {
        _listener.Dispose();
        Account.Dispose();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            Socket connection;
            try
            {
                connection = await _listener.AcceptSocketAsync();
            }
            catch (Exception ended) when (ended is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }

            _ = Task.Run(async () =>
            {
                // One connection a call: the platform repeats by itself what was sent over a kept one that breaks. One that is closed without lingering is reset, and no answer.
                connection.LingerState = new LingerOption(true, 0);
                await using var stream = new NetworkStream(connection, ownsSocket: true);
                try
                {
                    if (await WireRequest.ReadAsync(stream) is { } request)
                        await AnswerAsync(request, stream);
                }
                catch (Exception gone) when (gone is IOException or ObjectDisposedException or SocketException)
                {
                    // Who asked has gone.
                }
            });
        }
    }

    private async Task AnswerAsync(WireRequest wire, NetworkStream stream)
    {
        JsonObject request = JsonNode.Parse(wire.Body)!.AsObject();
        string operation = wire["X-Amz-Target"] is { } target && target.StartsWith("TrentService.", StringComparison.Ordinal) ? target["TrentService.".Length..] : "";
        Trouble trouble;
        lock (_gate)
        {
            _calls.Add((operation, request));
            trouble = TroubleOf(operation);
            if (_awaited.Remove(operation, out TaskCompletionSource? awaited))
                awaited.SetResult();
        }

        (int status, JsonObject answer) = trouble switch
        {
            _ when !IsSigned(wire) => (400, KmsAccount.Error("IncompleteSignatureException")),
            Trouble.Throttling => (400, KmsAccount.Error("ThrottlingException")),
            Trouble.TooManyRequests => (429, new JsonObject()),
            Trouble.LimitExceeded => (400, KmsAccount.Error("LimitExceededException")),
            Trouble.Internal => (500, KmsAccount.Error("KMSInternalException")),
            Trouble.DependencyTimeout => (503, KmsAccount.Error("DependencyTimeoutException")),
            Trouble.BareFailure => (502, new JsonObject()),
            Trouble.AccessDenied => (400, KmsAccount.Error("AccessDeniedException")),
            Trouble.KeyUnavailable => (500, KmsAccount.Error("KeyUnavailableException")),
            Trouble.Dropped or Trouble.NoAnswer => (0, new JsonObject()),
            _ => Account.Do(operation, request),
        };
        if (trouble == Trouble.NoAnswer)
        {
            // Until whoever asked goes.
            await stream.ReadAtLeastAsync(new byte[1], 1, throwOnEndOfStream: false);
            return;
        }

        if (trouble is Trouble.Dropped or Trouble.LateSuccess)
            return;

        byte[] body = Encoding.UTF8.GetBytes(answer.ToJsonString());
        byte[] head = Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"HTTP/1.1 {status} X\r\nContent-Type: application/x-amz-json-1.1\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n"));
        await stream.WriteAsync((byte[])[.. head, .. trouble == Trouble.CutAnswer ? body[..(body.Length / 2)] : body]);
        stream.Socket.LingerState = new LingerOption(false, 0);
    }

    private Trouble TroubleOf(string operation)
    {
        Trouble found = Trouble.None;
        for (int i = _troubles.Count - 1; i >= 0; i--)
        {
            (string of, int call, Trouble kind) = _troubles[i];
            if (of != "*" && of != operation)
                continue;

            if (call > 1)
            {
                _troubles[i] = (of, call - 1, kind);
                continue;
            }

            _troubles.RemoveAt(i);
            found = kind;
        }

        return found;
    }

    private static bool IsSigned(WireRequest request) =>
        request.Method == "POST" && request["Authorization"] is { } authorization && Signature().IsMatch(authorization) && request["X-Amz-Date"] is not null;

    [GeneratedRegex("^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/[0-9]{8}/us-east-1/kms/aws4_request, ?SignedHeaders=[a-z0-9;-]*host[a-z0-9;-]*x-amz-target[a-z0-9;-]*, ?Signature=[0-9a-f]{64}$")]
    private static partial Regex Signature();
}
