using System.Net;
using System.Net.Http.Headers;
using System.Security.Authentication;
using System.Text.Json;

namespace MedRedact.Audit.Forwarding;

/// <summary>What a collector on the web is sent.</summary>
public enum HttpAuditFormat
{
    /// <summary>A JSON array of OCSF events.</summary>
    Ocsf = 0,

    /// <summary>An ExportLogsServiceRequest of OpenTelemetry, for <c>/v1/logs</c>. An answer that says that records were rejected is a refusal.</summary>
    OpenTelemetry,

    /// <summary>A transaction of FHIR R4 that creates AuditEvents, for the base address of a server.</summary>
    Fhir,
}

/// <summary>Which collector on the web, and how.</summary>
public sealed class HttpAuditTargetOptions
{
    /// <summary>The address that events are posted to. Required.</summary>
    public Uri? Address { get; set; }

    /// <summary>What is sent.</summary>
    public HttpAuditFormat Format { get; set; }

    /// <summary>How long a request may take with its answer. 1 second to 10 minutes.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether an address without TLS is accepted: events tell who did what with which document. Default: no.</summary>
    public bool AllowPlainText { get; set; }

    /// <summary>Who passes events on.</summary>
    public AuditSource Source { get; set; } = new();

    /// <summary>Adds what the collector wants to see on each request, such as a token. Called for each request; it must not put the token anywhere else.</summary>
    public Action<HttpRequestHeaders>? Authorize { get; set; }

    internal string? Check() => this switch
    {
        { Address: null or { IsAbsoluteUri: false } } => "HttpAuditTargetOptions.Address is required.",
        _ when Address.Scheme != Uri.UriSchemeHttps && !(AllowPlainText && Address.Scheme == Uri.UriSchemeHttp) => "HttpAuditTargetOptions.Address is https, or http where AllowPlainText says so.",
        _ when Address.UserInfo.Length > 0 => "HttpAuditTargetOptions.Address holds no credentials; use Authorize.",
        { Timeout.Ticks: < TimeSpan.TicksPerSecond or > 10 * TimeSpan.TicksPerMinute } => "HttpAuditTargetOptions.Timeout is 1 second to 10 minutes.",
        { Source: null } => "HttpAuditTargetOptions.Source is required.",
        _ => Source.Check(),
    };
}

/// <summary>Posts events to a collector on the web. An answer of success means that they are kept.</summary>
/// <remarks>A redirection is a refusal, whoever sends it: where events go is decided here. Certificates are checked by the client, in the target's own as the system does it.</remarks>
public sealed class HttpAuditTarget : IAuditTarget
{
    private const int LongestAnswer = 64 * 1024;

    private readonly HttpAuditTargetOptions _options;
    private readonly HttpClient _client;
    private readonly bool _ownsClient;
    private readonly TimeProvider _time;

    /// <summary>Names a collector.</summary>
    /// <param name="options">Which, and how.</param>
    /// <param name="client">The host's own client, for proxies, client certificates or roots of its own; it stays with its owner and must not follow redirections. By default the target has one.</param>
    /// <param name="time">Bounds requests.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public HttpAuditTarget(HttpAuditTargetOptions options, HttpClient? client = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Check() is { } wrong)
            throw new ArgumentException(wrong, nameof(options));

        (_options, _time, _ownsClient) = (options, time ?? TimeProvider.System, client is null);
        _client = client ?? new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
        {
            Timeout = System.Threading.Timeout.InfiniteTimeSpan,
        };
    }

    /// <inheritdoc/>
    public TimeSpan SettleTime => TimeSpan.Zero;

    /// <inheritdoc/>
    public ValueTask<bool> IsIntactAsync(CancellationToken cancellationToken = default) => new(true);

    /// <inheritdoc/>
    public async ValueTask<ForwardingOutcome> SendAsync(AuditBatch batch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        using var late = new CancellationTokenSource(_options.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, _options.Address) { Content = new ByteArrayContent(Body(batch)) };
            request.Content.Headers.ContentType = new(_options.Format == HttpAuditFormat.Fhir ? "application/fhir+json" : "application/json");
            _options.Authorize?.Invoke(request.Headers);
            using HttpResponseMessage answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return await JudgeAsync(answer, either.Token);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return new(ForwardingVerdict.Retry, Faults.TooSlow);
        }
        catch (HttpRequestException fault) when (fault.InnerException is AuthenticationException)
        {
            return new(ForwardingVerdict.Refused, Faults.NotTrusted);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            return new(ForwardingVerdict.Retry, Faults.Unreachable);
        }
    }

    /// <summary>Disposes the client, if the target made it.</summary>
    /// <returns>Completes at once.</returns>
    public ValueTask DisposeAsync()
    {
        if (_ownsClient)
            _client.Dispose();
        return ValueTask.CompletedTask;
    }

    private byte[] Body(AuditBatch batch) => _options.Format switch
    {
        HttpAuditFormat.OpenTelemetry => OpenTelemetryFormat.WriteRequest(batch.Facts, _options.Source),
        HttpAuditFormat.Fhir => FhirFormat.WriteBundle(batch.Facts),
        _ => LineWriter.Json(batch.Facts, static (json, all) =>
        {
            json.WriteStartArray();
            foreach (EventFacts said in all)
                OcsfFormat.Write(json, said);
            json.WriteEndArray();
        }),
    };

    private async ValueTask<ForwardingOutcome> JudgeAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        int status = (int)answer.StatusCode;
        if (answer.RequestMessage?.RequestUri is { } asked && asked != _options.Address)
            return new(ForwardingVerdict.Refused, Faults.Refused);

        return status switch
        {
            >= 200 and < 300 => _options.Format == HttpAuditFormat.OpenTelemetry ? await JudgePartialAsync(answer, cancellationToken) : ForwardingOutcome.Accepted,
            408 or 425 or 429 or >= 500 => new(ForwardingVerdict.Retry, Faults.Busy, AfterOf(answer)),
            _ => new(ForwardingVerdict.Refused, Faults.Refused),
        };
    }

    /// <summary>OTLP says "partial success" with status 200; what was rejected would be lost if that passed for acceptance.</summary>
    private static async ValueTask<ForwardingOutcome> JudgePartialAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        byte[] body = new byte[LongestAnswer];
        await using Stream content = await answer.Content.ReadAsStreamAsync(cancellationToken);
        int length = await content.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancellationToken);
        if (length == body.Length)
            return new(ForwardingVerdict.Retry, Faults.Busy);
        if (length == 0)
            return ForwardingOutcome.Accepted;

        try
        {
            using var json = JsonDocument.Parse(body.AsMemory(0, length));
            return json.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("partialSuccess", out JsonElement partial)
                && partial is { ValueKind: JsonValueKind.Object } && partial.TryGetProperty("rejectedLogRecords", out JsonElement rejected) && rejected.ToString() is not ("0" or "")
                    ? new(ForwardingVerdict.Refused, Faults.Refused)
                    : ForwardingOutcome.Accepted;
        }
        catch (JsonException)
        {
            // A collector of OTLP answers in the encoding of the request; anything else is no collector of OTLP.
            return new(ForwardingVerdict.Refused, Faults.Refused);
        }
    }

    private TimeSpan? AfterOf(HttpResponseMessage answer) => answer.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - _time.GetUtcNow(),
        _ => null,
    };
}
