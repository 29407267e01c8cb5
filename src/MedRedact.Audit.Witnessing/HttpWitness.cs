using System.Collections.Immutable;
using System.Net.Http.Headers;

namespace MedRedact.Audit;

/// <summary>A witness on another machine, asked by C2SP <a href="https://c2sp.org/tlog-witness">tlog-witness</a> over HTTPS. What it is sent is a checkpoint: a name, a number and hashes.</summary>
/// <remarks>It follows no redirect, keeps no cookie and reads no more than 16 KiB of an answer. Thread-safe.</remarks>
public sealed class HttpWitness : IWitness, IDisposable
{
    private const int MaxReply = 16 * 1024;

    private readonly HttpClient _http;
    private readonly Uri _address;
    private readonly TlogWitness _protocol;

    /// <summary>Names a witness; nothing is sent yet.</summary>
    /// <param name="submissionPrefix">Its submission prefix; <c>/add-checkpoint</c> is added. HTTPS, or HTTP on this machine.</param>
    /// <param name="key">Its key.</param>
    /// <param name="handler">Sends; by default one of its own. It is disposed with the witness.</param>
    /// <exception cref="ArgumentException">The prefix is no such address.</exception>
    public HttpWitness(Uri submissionPrefix, WitnessKey key, HttpMessageHandler? handler = null)
    {
        ArgumentNullException.ThrowIfNull(submissionPrefix);
        ArgumentNullException.ThrowIfNull(key);
        if (!submissionPrefix.IsAbsoluteUri || (submissionPrefix.Scheme != Uri.UriSchemeHttps && !(submissionPrefix.Scheme == Uri.UriSchemeHttp && submissionPrefix.IsLoopback)))
            throw new ArgumentException("A witness is asked over HTTPS, or over HTTP on this machine.", nameof(submissionPrefix));

        _address = new(submissionPrefix.AbsoluteUri.TrimEnd('/') + "/add-checkpoint");
        _protocol = new(key, SendAsync);
        _http = new(handler ?? new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) });
    }

    /// <inheritdoc/>
    public WitnessKey Key => _protocol.Key;

    /// <inheritdoc/>
    public ValueTask<WitnessAnswer> AddCheckpointAsync(
        long oldSize, ImmutableArray<Digest256> proof, ReadOnlyMemory<byte> checkpoint, CancellationToken cancellationToken = default) =>
        _protocol.AddCheckpointAsync(oldSize, proof, checkpoint, cancellationToken);

    /// <summary>Closes its connections.</summary>
    public void Dispose() => _http.Dispose();

    private async ValueTask<WitnessReply> SendAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = new ReadOnlyMemoryContent(body) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("text/plain", "utf-8");
            using HttpResponseMessage response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            await using Stream content = await response.Content.ReadAsStreamAsync(cancellationToken);
            byte[] read = new byte[MaxReply + 1];
            int length = await content.ReadAtLeastAsync(read, read.Length, throwOnEndOfStream: false, cancellationToken);
            return new((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, read.AsMemory(0, length));
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // An exception of a connection names addresses; and a client that has waited for long enough speaks of cancellation.
            throw new MedRedactException(Faults.WitnessUnavailable, "The witness cannot be asked. See to the connection, or to the witness.");
        }
    }
}
