using System.Net;
using System.Text;
using System.Text.Json;

namespace MedRedact.Audit.Forwarding.Tests;

public sealed class HttpTargetTests
{
    private static readonly AuditBatch s_batch = new("clinic.example/audit", [FormatTests.Plain("page.released"), FormatTests.Plain("access.glass-broken") with { Sequence = 13 }]);

    public static TheoryData<int, ForwardingVerdict, string?> Answers => new()
    {
        { 200, ForwardingVerdict.Accepted, null }, { 201, ForwardingVerdict.Accepted, null }, { 202, ForwardingVerdict.Accepted, null }, { 204, ForwardingVerdict.Accepted, null },
        { 301, ForwardingVerdict.Refused, "MR-FWD-004" }, { 302, ForwardingVerdict.Refused, "MR-FWD-004" }, { 307, ForwardingVerdict.Refused, "MR-FWD-004" }, { 400, ForwardingVerdict.Refused, "MR-FWD-004" },
        { 401, ForwardingVerdict.Refused, "MR-FWD-004" }, { 403, ForwardingVerdict.Refused, "MR-FWD-004" }, { 404, ForwardingVerdict.Refused, "MR-FWD-004" }, { 413, ForwardingVerdict.Refused, "MR-FWD-004" },
        { 422, ForwardingVerdict.Refused, "MR-FWD-004" }, { 408, ForwardingVerdict.Retry, "MR-FWD-005" }, { 429, ForwardingVerdict.Retry, "MR-FWD-005" }, { 500, ForwardingVerdict.Retry, "MR-FWD-005" },
        { 502, ForwardingVerdict.Retry, "MR-FWD-005" }, { 503, ForwardingVerdict.Retry, "MR-FWD-005" },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task An_answer_is_what_its_status_says(int status, ForwardingVerdict verdict, string? reason)
    {
        var collector = new Collector(_ => new HttpResponseMessage((HttpStatusCode)status));
        await using HttpAuditTarget target = Target(collector, HttpAuditFormat.Ocsf);
        ForwardingOutcome outcome = await target.SendAsync(s_batch);
        Assert.Equal((verdict, reason), (outcome.Verdict, outcome.Reason?.Value));
    }

    [Fact]
    public async Task Ocsf_goes_as_an_array_of_events()
    {
        var collector = new Collector(_ => new HttpResponseMessage(HttpStatusCode.OK));
        await using HttpAuditTarget target = Target(collector, HttpAuditFormat.Ocsf, options => options.Authorize = headers => headers.Authorization = new("Bearer", "secret"));
        await target.SendAsync(s_batch);
        using var json = JsonDocument.Parse(collector.Body!);
        Assert.Equal(["clinic.example/audit/12", "clinic.example/audit/13"], json.RootElement.EnumerateArray().Select(each => each.GetProperty("metadata").GetProperty("uid").GetString()));
        Assert.Equal(("application/json", "Bearer secret"), (collector.ContentType, collector.Authorization));
    }

    [Fact]
    public async Task OpenTelemetry_goes_as_a_request_for_the_export_of_logs()
    {
        var collector = new Collector(_ => Json("{}"));
        await using HttpAuditTarget target = Target(collector, HttpAuditFormat.OpenTelemetry);
        Assert.Equal(ForwardingOutcome.Accepted, await target.SendAsync(s_batch));
        using var json = JsonDocument.Parse(collector.Body!);
        JsonElement logs = json.RootElement.GetProperty("resourceLogs")[0];
        Assert.Contains(logs.GetProperty("resource").GetProperty("attributes").EnumerateArray(), attribute => attribute.GetProperty("key").GetString() == "service.name");
        Assert.Equal(2, logs.GetProperty("scopeLogs")[0].GetProperty("logRecords").GetArrayLength());
    }

    [Theory]
    [InlineData("", ForwardingVerdict.Accepted)]
    [InlineData("{}", ForwardingVerdict.Accepted)]
    [InlineData("{\"partialSuccess\":{}}", ForwardingVerdict.Accepted)]
    [InlineData("{\"partialSuccess\":{\"rejectedLogRecords\":\"0\",\"errorMessage\":\"a warning\"}}", ForwardingVerdict.Accepted)]
    [InlineData("{\"partialSuccess\":{\"rejectedLogRecords\":0}}", ForwardingVerdict.Accepted)]
    [InlineData("{\"partialSuccess\":{\"rejectedLogRecords\":\"1\"}}", ForwardingVerdict.Refused)]
    [InlineData("{\"partialSuccess\":{\"rejectedLogRecords\":2,\"errorMessage\":\"x\"}}", ForwardingVerdict.Refused)]
    [InlineData("<html>welcome</html>", ForwardingVerdict.Refused)]
    public async Task Records_that_a_collector_rejected_under_a_status_of_success_are_not_accepted(string answer, ForwardingVerdict verdict)
    {
        await using HttpAuditTarget target = Target(new Collector(_ => Json(answer)), HttpAuditFormat.OpenTelemetry);
        Assert.Equal(verdict, (await target.SendAsync(s_batch)).Verdict);
    }

    [Fact]
    public async Task Fhir_goes_as_one_transaction()
    {
        var collector = new Collector(_ => new HttpResponseMessage(HttpStatusCode.OK));
        await using HttpAuditTarget target = Target(collector, HttpAuditFormat.Fhir);
        Assert.Equal(ForwardingOutcome.Accepted, await target.SendAsync(s_batch));
        Assert.Equal("application/fhir+json", collector.ContentType);
        using var json = JsonDocument.Parse(collector.Body!);
        Assert.Equal(("Bundle", "transaction"), (json.RootElement.GetProperty("resourceType").GetString(), json.RootElement.GetProperty("type").GetString()));
        Assert.All(json.RootElement.GetProperty("entry").EnumerateArray(), entry =>
        {
            FhirAuditEvent.Check(entry.GetProperty("resource"));
            Assert.Equal(("POST", "AuditEvent"), (entry.GetProperty("request").GetProperty("method").GetString(), entry.GetProperty("request").GetProperty("url").GetString()));
        });
    }

    [Fact]
    public async Task A_collector_says_when_to_come_again()
    {
        await using HttpAuditTarget target = Target(
            new Collector(_ =>
            {
                var answer = new HttpResponseMessage(HttpStatusCode.TooManyRequests);
                answer.Headers.RetryAfter = new(TimeSpan.FromSeconds(17));
                return answer;
            }),
            HttpAuditFormat.Ocsf);
        Assert.Equal(TimeSpan.FromSeconds(17), (await target.SendAsync(s_batch)).After);
    }

    [Fact]
    public async Task A_client_that_followed_a_redirection_did_not_deliver()
    {
        await using HttpAuditTarget target = Target(
            new Collector(request => new HttpResponseMessage(HttpStatusCode.OK) { RequestMessage = new HttpRequestMessage(HttpMethod.Post, "https://elsewhere.example/") }), HttpAuditFormat.Ocsf);
        Assert.Equal(ForwardingVerdict.Refused, (await target.SendAsync(s_batch)).Verdict);
    }

    [Fact]
    public async Task Faults_of_the_network_are_tried_again_and_distrust_is_not()
    {
        await using HttpAuditTarget away = Target(new Collector(_ => throw new HttpRequestException("what a server said")), HttpAuditFormat.Ocsf);
        Assert.Equal(new ForwardingOutcome(ForwardingVerdict.Retry, Faults.Unreachable), await away.SendAsync(s_batch));
        await using HttpAuditTarget distrusted = Target(
            new Collector(_ => throw new HttpRequestException("x", new System.Security.Authentication.AuthenticationException())), HttpAuditFormat.Ocsf);
        Assert.Equal(new ForwardingOutcome(ForwardingVerdict.Refused, Faults.NotTrusted), await distrusted.SendAsync(s_batch));
    }

    [Fact]
    public async Task The_targets_own_client_follows_no_redirection()
    {
        using var listener = new HttpListener();
        int port;
        using (var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            port = ((IPEndPoint)probe.LocalEndpoint).Port;
        }

        listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        listener.Start();
        int requests = 0;
        Task serving = Task.Run(async () =>
        {
            HttpListenerContext context = await listener.GetContextAsync();
            requests++;
            context.Response.StatusCode = 307;
            context.Response.AddHeader("Location", $"http://127.0.0.1:{port}/other");
            context.Response.Close();
        });
        await using var target = new HttpAuditTarget(new() { Address = new Uri($"http://127.0.0.1:{port}/"), AllowPlainText = true });
        Assert.Equal(new ForwardingOutcome(ForwardingVerdict.Refused, Faults.Refused), await target.SendAsync(s_batch));
        await serving;
        Assert.Equal(1, requests);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("http://collector.example/")]
    [InlineData("https://user:secret@collector.example/")]
    [InlineData("ftp://collector.example/")]
    [InlineData("/relative")]
    public void An_address_without_protection_or_with_a_secret_is_refused(string? address) =>
        Assert.Throws<ArgumentException>(() => new HttpAuditTarget(new() { Address = address is null ? null : new Uri(address, UriKind.RelativeOrAbsolute) }));

    private static HttpAuditTarget Target(Collector collector, HttpAuditFormat format, Action<HttpAuditTargetOptions>? configure = null)
    {
        var options = new HttpAuditTargetOptions { Address = new Uri("https://collector.example/in"), Format = format };
        configure?.Invoke(options);
        return new HttpAuditTarget(options, new HttpClient(collector));
    }

    private static HttpResponseMessage Json(string text) => new(HttpStatusCode.OK) { Content = new StringContent(text, Encoding.UTF8, "application/json") };

    private sealed class Collector(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        public byte[]? Body { get; private set; }

        public string? ContentType { get; private set; }

        public string? Authorization { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Body = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
            (ContentType, Authorization) = (request.Content.Headers.ContentType?.MediaType, request.Headers.Authorization?.ToString());
            HttpResponseMessage response = answer(request);
            response.RequestMessage ??= request;
            return response;
        }
    }
}
