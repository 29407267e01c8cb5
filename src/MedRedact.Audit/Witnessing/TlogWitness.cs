using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace MedRedact.Audit;

/// <summary>Sends the body of an <c>add-checkpoint</c> request to a witness, by whatever way there is to it.</summary>
/// <param name="body">The body.</param>
/// <param name="cancellationToken">Stops the sending.</param>
/// <returns>What came back.</returns>
public delegate ValueTask<WitnessReply> WitnessTransport(ReadOnlyMemory<byte> body, CancellationToken cancellationToken);

/// <summary>The answer to an <c>add-checkpoint</c> request as it came over the wire.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="MediaType">The media type without parameters, where there is one.</param>
/// <param name="Body">The body; no more than a few kilobytes are looked at.</param>
public readonly record struct WitnessReply(int Status, string? MediaType, ReadOnlyMemory<byte> Body);

/// <summary>A witness that speaks C2SP <a href="https://c2sp.org/tlog-witness">tlog-witness</a>. This is the protocol alone: the way to it is given, because this package opens no connection.</summary>
/// <param name="key">The witness's key.</param>
/// <param name="send">The way to it.</param>
public sealed class TlogWitness(WitnessKey key, WitnessTransport send) : IWitness
{
    private const int MaxReply = 16 * 1024;
    private const int MaxProof = 63;
    private const string SizeType = "text/x.tlog.size";

    /// <inheritdoc/>
    public WitnessKey Key => key;

    /// <inheritdoc/>
    public async ValueTask<WitnessAnswer> AddCheckpointAsync(
        long oldSize, ImmutableArray<Digest256> proof, ReadOnlyMemory<byte> checkpoint, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(oldSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(proof.Length, MaxProof);
        WitnessReply reply = await send(Body(oldSize, proof, checkpoint), cancellationToken);
        return reply.Body.Length > MaxReply ? new(WitnessOutcome.Malformed) : Read(reply);
    }

    internal static byte[] Body(long oldSize, ImmutableArray<Digest256> proof, ReadOnlyMemory<byte> checkpoint)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"old {oldSize}\n");
        foreach (Digest256 hash in proof)
            text.Append(Convert.ToBase64String(hash.ToArray())).Append('\n');
        return [.. Encoding.ASCII.GetBytes(text.Append('\n').ToString()), .. checkpoint.Span];
    }

    private static WitnessAnswer Read(WitnessReply reply) => reply.Status switch
    {
        200 => new(WitnessOutcome.Cosigned, reply.Body),
        400 => new(WitnessOutcome.Malformed),
        403 => new(WitnessOutcome.SignatureInvalid),
        404 => new(WitnessOutcome.UnknownLedger),
        409 => new(WitnessOutcome.Conflict, Size: reply.MediaType == SizeType ? Size(reply.Body.Span) : null),
        422 => new(WitnessOutcome.Inconsistent),
        _ => new(WitnessOutcome.Unavailable),
    };

    /// <summary>A decimal number without leading zeros, and a newline.</summary>
    private static long? Size(ReadOnlySpan<byte> body)
    {
        if (body.Length is < 2 or > 20 || body[^1] != '\n')
            return null;
        string text = Encoding.ASCII.GetString(body[..^1]);
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long size) && size.ToString(CultureInfo.InvariantCulture) == text ? size : null;
    }
}
