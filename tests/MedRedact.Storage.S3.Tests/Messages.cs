using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Web;
using System.Xml.Linq;

namespace MedRedact.Storage.S3.Tests;

/// <summary>The headers of a request, by name whatever its case.</summary>
internal sealed class HttpListenerRequestHeaders(HttpListenerRequest request)
{
    private readonly Dictionary<string, string> _headers =
        request.Headers.AllKeys.OfType<string>().ToDictionary(name => name, name => request.Headers[name]!, StringComparer.OrdinalIgnoreCase);

    public string? this[string name] => _headers.GetValueOrDefault(name);
}

/// <summary>A request to the bucket.</summary>
internal sealed class Request
{
    private readonly System.Collections.Specialized.NameValueCollection _query;

    public Request(HttpListenerRequest request, byte[] body)
    {
        (Method, Body, Headers) = (request.HttpMethod, body, new(request));
        _query = HttpUtility.ParseQueryString(request.Url!.Query);
        string[] path = request.Url.AbsolutePath.Split('/', 3);
        Key = path.Length > 2 ? Uri.UnescapeDataString(path[2]) : "";
    }

    public string Method { get; }

    public string Key { get; }

    public byte[] Body { get; }

    public HttpListenerRequestHeaders Headers { get; }

    public string? this[string name] => _query[name];

    /// <summary>Whether the body is the one that its sender hashed; an object must say what it is.</summary>
    public bool BodyIsWhole
    {
        get
        {
            if (Method != "PUT" || Has("retention"))
                return true;

            byte[] sha256 = SHA256.HashData(Body);
            return Headers["x-amz-checksum-sha256"] == Convert.ToBase64String(sha256)
                && Headers["x-amz-content-sha256"] is { } signed && (signed == Convert.ToHexStringLower(sha256) || signed == "UNSIGNED-PAYLOAD");
        }
    }

    public bool Has(string flag) => _query.AllKeys.Contains(flag) || (_query.GetValues(null)?.Contains(flag) ?? false);
}

/// <summary>What the bucket says.</summary>
internal sealed record Answer(int Status, byte[] Body, (string Name, string Value)[] Headers)
{
    public static Answer Empty { get; } = new(204, [], []);

    public static Answer Error(int status, string code) => new(
        status, Encoding.UTF8.GetBytes($"<?xml version=\"1.0\"?><Error><Code>{code}</Code><Message>A text that may say anything: Ann Example.</Message></Error>"), [("Content-Type", "application/xml")]);

    public static Answer Xml(string name, params XElement[] content) => new(
        200, Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + new XElement(name, content)), [("Content-Type", "application/xml")]);
}
