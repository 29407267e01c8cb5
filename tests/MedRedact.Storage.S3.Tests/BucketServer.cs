using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;

namespace MedRedact.Storage.S3.Tests;

/// <summary>What goes wrong with a request.</summary>
public enum Trouble
{
    None,
    SlowDown,
    InternalError,
    Forbidden,
    CutBody,
    WrongBody,
    NoAnswer,
    NoBucket,
}

/// <summary>One version of an object, or a mark that it was deleted.</summary>
internal sealed record Version(string Key, string Id, byte[] Content, bool IsMarker, DateTime? Until, bool IsHeld);

/// <summary>As much of the protocol of S3 as the store uses, on a port of this machine: versions, multipart uploads, ranges, checksums, locks, pages, and faults on request.</summary>
internal sealed class BucketServer : IDisposable
{
    public const string Bucket = "records";
    private readonly HttpListener _listener;
    private readonly Lock _gate = new();
    private readonly List<Version> _versions = [];
    private readonly Dictionary<string, (string Key, HttpListenerRequestHeaders Headers, SortedDictionary<int, byte[]> Parts)> _uploads = [];
    private readonly bool _versioned;
    private int _ids;

    public BucketServer(bool versioned)
    {
        _versioned = versioned;
        for (int attempt = 0; ; attempt++)
        {
            int port = RandomNumberGenerator.GetInt32(20_000, 60_000);
            _listener = new HttpListener();
            _listener.Prefixes.Add($"http://127.0.0.1:{port}/");
            try
            {
                _listener.Start();
                Address = new Uri($"http://127.0.0.1:{port}/");
                break;
            }
            catch (HttpListenerException) when (attempt < 50)
            {
                // The port is taken.
            }
        }

        _ = ServeAsync();
    }

    public Uri Address { get; }

    /// <summary>Whether it takes objects and passes over what is said about locks, as stores do that do not know them.</summary>
    public bool IgnoresLocks { get; set; }

    /// <summary>How many keys a page of a listing holds.</summary>
    public int PageSize { get; set; } = 1000;

    /// <summary>What happens to the n-th request from now, counted from 1.</summary>
    public (int Request, Trouble Kind) Next { get; set; }

    /// <summary>The headers of locks and checksums that came with objects, by key.</summary>
    public List<(string Key, HttpListenerRequestHeaders Headers)> Stored { get; } = [];

    /// <summary>Method and query of every request.</summary>
    public List<string> Requests { get; } = [];

    public IReadOnlyList<Version> Versions
    {
        get
        {
            lock (_gate)
                return [.. _versions];
        }
    }

    public int OpenUploads
    {
        get
        {
            lock (_gate)
                return _uploads.Count;
        }
    }

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            _ = Task.Run(async () =>
            {
                try
                {
                    await AnswerAsync(context);
                }
                catch (Exception gone) when (gone is HttpListenerException or IOException or ObjectDisposedException or InvalidOperationException)
                {
                    // Who asked has gone.
                }
            });
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        using var body = new MemoryStream();
        await context.Request.InputStream.CopyToAsync(body);
        Trouble trouble;
        lock (_gate)
        {
            Requests.Add($"{context.Request.HttpMethod} {context.Request.Url!.Query}");
            trouble = Next.Request == 1 ? Next.Kind : Trouble.None;
            Next = (Math.Max(0, Next.Request - 1), Next.Kind);
        }

        if (trouble == Trouble.NoAnswer)
            return;

        Answer answer = trouble switch
        {
            Trouble.SlowDown => Answer.Error(503, "SlowDown"),
            Trouble.InternalError => Answer.Error(500, "InternalError"),
            Trouble.Forbidden => Answer.Error(403, "AccessDenied"),
            Trouble.NoBucket => Answer.Error(404, "NoSuchBucket"),
            _ => Judge(new Request(context.Request, body.ToArray())),
        };
        if (trouble == Trouble.WrongBody && answer.Body.Length > 0)
            answer = answer with { Body = answer.Body[..^1] };

        HttpListenerResponse response = context.Response;
        response.StatusCode = answer.Status;
        foreach ((string name, string value) in answer.Headers)
            response.AddHeader(name, value);
        if (context.Request.HttpMethod == "HEAD" || answer.Status == 204)
        {
            response.Close();
            return;
        }

        response.ContentLength64 = answer.Body.Length;
        if (trouble == Trouble.CutBody && answer.Body.Length > 1)
        {
            await response.OutputStream.WriteAsync(answer.Body.AsMemory(0, answer.Body.Length / 2));
            await response.OutputStream.FlushAsync();
            response.Abort();
            return;
        }

        await response.OutputStream.WriteAsync(answer.Body);
        response.Close();
    }

    private Answer Judge(Request request)
    {
        lock (_gate)
        {
            if (!request.BodyIsWhole)
                return Answer.Error(400, "XAmzContentChecksumMismatch");

            return (request.Method, request.Key) switch
            {
                ("GET", "") when request.Has("versions") => ListVersions(request),
                ("GET", "") => List(request),
                ("GET", _) => Get(request),
                ("HEAD", _) => Get(request),
                ("PUT", _) when request.Has("retention") => Retain(request),
                ("PUT", _) when request["uploadId"] is { } upload => Part(request, upload),
                ("PUT", _) when request.Headers["If-None-Match"] == "*" && Newest(request.Key) is { IsMarker: false } => Answer.Error(412, "PreconditionFailed"),
                ("PUT", _) => Put(request.Key, request.Body, request.Headers),
                ("POST", _) when request.Has("uploads") => Begin(request),
                ("POST", _) when request["uploadId"] is { } upload => Complete(request, upload),
                ("DELETE", _) when request["uploadId"] is { } upload => _uploads.Remove(upload) ? Answer.Empty : Answer.Error(404, "NoSuchUpload"),
                ("DELETE", _) => Delete(request),
                _ => Answer.Error(400, "InvalidRequest"),
            };
        }
    }

    private Answer Put(string key, byte[] content, HttpListenerRequestHeaders headers)
    {
        Stored.Add((key, headers));
        if (!_versioned)
            _versions.RemoveAll(version => version.Key == key);
        DateTime? until = !IgnoresLocks && headers["x-amz-object-lock-retain-until-date"] is { } date ? DateTime.Parse(date, CultureInfo.InvariantCulture).ToUniversalTime() : null;
        var stored = new Version(key, NextId(), content, false, until, headers["x-amz-object-lock-legal-hold"] == "ON");
        _versions.Add(stored);
        return new Answer(200, [], [("ETag", ETagOf(stored)), .. VersionHeader(stored)]);
    }

    private Answer Get(Request request)
    {
        Version? found = request["versionId"] is { } id ? _versions.Find(version => version.Key == request.Key && version.Id == id) : Newest(request.Key);
        if (found is null || found.IsMarker)
            return Answer.Error(404, "NoSuchKey");
        if (request.Headers["If-Match"] is { } match && match != ETagOf(found))
            return Answer.Error(412, "PreconditionFailed");

        (string, string)[] headers = [("ETag", ETagOf(found)), .. VersionHeader(found), .. LockHeader(found)];
        if (request.Headers["Range"] is not { } range)
            return new(200, found.Content, headers);

        long[] ends = [.. range["bytes=".Length..].Split('-').Select(end => long.Parse(end, CultureInfo.InvariantCulture))];
        if (ends[0] >= found.Content.Length)
            return Answer.Error(416, "InvalidRange");

        long last = Math.Min(ends[1], found.Content.Length - 1);
        return new(206, found.Content[(int)ends[0]..(int)(last + 1)], [("Content-Range", $"bytes {ends[0]}-{last}/{found.Content.Length}"), .. headers]);
    }

    private Answer Retain(Request request)
    {
        int at = _versions.FindLastIndex(version => version.Key == request.Key);
        if (at < 0 || _versions[at].IsMarker)
            return Answer.Error(404, "NoSuchKey");

        XElement asked = XElement.Parse(Encoding.UTF8.GetString(request.Body));
        DateTime until = DateTime.Parse(asked.Elements().Single(each => each.Name.LocalName == "RetainUntilDate").Value, CultureInfo.InvariantCulture).ToUniversalTime();
        if (_versions[at].Until > until)
            return Answer.Error(403, "AccessDenied");

        _versions[at] = _versions[at] with { Until = until };
        return new(200, [], []);
    }

    private Answer Delete(Request request)
    {
        if (request["versionId"] is not { } id)
        {
            if (_versioned)
                _versions.Add(new(request.Key, NextId(), [], true, null, false));
            else
                _versions.RemoveAll(version => version.Key == request.Key);
            return Answer.Empty;
        }

        Version? found = _versions.Find(version => version.Key == request.Key && version.Id == id);
        if (found is { IsHeld: true } || found?.Until > DateTime.UnixEpoch.AddYears(56))
            return Answer.Error(403, "AccessDenied");

        _versions.RemoveAll(version => version == found);
        return Answer.Empty;
    }

    private Answer Begin(Request request)
    {
        string upload = "upload" + NextId();
        _uploads[upload] = (request.Key, request.Headers, []);
        return Answer.Xml("InitiateMultipartUploadResult", new XElement("Bucket", Bucket), new XElement("Key", request.Key), new XElement("UploadId", upload));
    }

    private Answer Part(Request request, string upload)
    {
        if (!_uploads.TryGetValue(upload, out var open) || open.Key != request.Key)
            return Answer.Error(404, "NoSuchUpload");

        open.Parts[int.Parse(request["partNumber"]!, CultureInfo.InvariantCulture)] = request.Body;
        return new(200, [], [("ETag", $"\"{Convert.ToHexStringLower(SHA256.HashData(request.Body))[..32]}\"")]);
    }

    private Answer Complete(Request request, string upload)
    {
        if (!_uploads.Remove(upload, out var open))
            return Answer.Error(404, "NoSuchUpload");

        XElement[] named = [.. XElement.Parse(Encoding.UTF8.GetString(request.Body)).Elements()];
        int[] numbers = [.. named.Select(part => int.Parse(part.Elements().Single(each => each.Name.LocalName == "PartNumber").Value, CultureInfo.InvariantCulture))];
        if (!numbers.SequenceEqual(open.Parts.Keys) || open.Parts.Values.SkipLast(1).Any(part => part.Length < 5 << 20))
            return Answer.Error(400, "InvalidPart");

        Put(open.Key, [.. open.Parts.Values.SelectMany(part => part)], open.Headers);
        return Answer.Xml("CompleteMultipartUploadResult", new XElement("Bucket", Bucket), new XElement("Key", open.Key), new XElement("ETag", "\"whole\""));
    }

    private Answer List(Request request)
    {
        string prefix = request["prefix"] ?? "", after = request["continuation-token"] ?? "";
        string[] keys = [.. _versions.Select(version => version.Key).Distinct()
            .Where(key => key.StartsWith(prefix, StringComparison.Ordinal) && string.CompareOrdinal(key, after) > 0 && Newest(key) is { IsMarker: false })
            .Order(StringComparer.Ordinal)];
        bool more = keys.Length > PageSize;
        keys = [.. keys.Take(PageSize)];
        return Answer.Xml(
            "ListBucketResult",
            [
                new XElement("Name", Bucket), new XElement("IsTruncated", more), new XElement("KeyCount", keys.Length),
                .. keys.Select(key => new XElement("Contents", new XElement("Key", key), new XElement("Size", Newest(key)!.Content.Length))),
                .. more ? [new XElement("NextContinuationToken", keys[^1])] : Array.Empty<XElement>(),
            ]);
    }

    private Answer ListVersions(Request request)
    {
        string prefix = request["prefix"] ?? "";
        Version[] all = [.. _versions.Where(version => version.Key.StartsWith(prefix, StringComparison.Ordinal)).OrderBy(version => version.Key, StringComparer.Ordinal)
            .ThenByDescending(version => version.Id, StringComparer.Ordinal)];
        int from = request["version-id-marker"] is { } marker ? Array.FindIndex(all, version => version.Id == marker) + 1 : 0;
        Version[] page = [.. all.Skip(from).Take(PageSize)];
        bool more = from + page.Length < all.Length;
        return Answer.Xml(
            "ListVersionsResult",
            [
                new XElement("Name", Bucket), new XElement("IsTruncated", more),
                .. page.Select(version => new XElement(
                    version.IsMarker ? "DeleteMarker" : "Version",
                    new XElement("Key", version.Key), new XElement("VersionId", version.Id), new XElement("IsLatest", version == Newest(version.Key)))),
                .. more ? [new XElement("NextKeyMarker", page[^1].Key), new XElement("NextVersionIdMarker", page[^1].Id)] : Array.Empty<XElement>(),
            ]);
    }

    private Version? Newest(string key) => _versions.FindLast(version => version.Key == key);

    private string NextId() => _versioned ? (++_ids).ToString("00000000", CultureInfo.InvariantCulture) : "null";

    private IEnumerable<(string, string)> VersionHeader(Version version) => _versioned ? [("x-amz-version-id", version.Id)] : [];

    private static IEnumerable<(string, string)> LockHeader(Version version) => version.Until is { } until
        ? [("x-amz-object-lock-mode", "COMPLIANCE"), ("x-amz-object-lock-retain-until-date", until.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture))]
        : [];

    private static string ETagOf(Version version) => $"\"{Convert.ToHexStringLower(SHA256.HashData(version.Content))[..32]}\"";
}
