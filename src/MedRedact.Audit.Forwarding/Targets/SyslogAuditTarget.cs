using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace MedRedact.Audit.Forwarding;

/// <summary>Sends events to a collector of syslog over TLS (RFC 5424, 5425), each message behind its length.</summary>
/// <remarks>Syslog has no answer. One connection is kept; when it breaks, everything is sent again that was sent within <see cref="SyslogAuditTargetOptions.SettleTime"/> before.</remarks>
public sealed class SyslogAuditTarget : IAuditTarget
{
    private readonly SyslogAuditTargetOptions _options;
    private readonly TimeProvider _time;
    private SyslogConnection? _connection;

    /// <summary>Names a collector; it is connected to with the first events.</summary>
    /// <param name="options">Which, and how.</param>
    /// <param name="time">Bounds connecting and sending.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public SyslogAuditTarget(SyslogAuditTargetOptions options, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Check() is { } wrong)
            throw new ArgumentException(wrong, nameof(options));
        (_options, _time) = (options, time ?? TimeProvider.System);
    }

    /// <inheritdoc/>
    public TimeSpan SettleTime => _options.SettleTime;

    /// <inheritdoc/>
    public async ValueTask<bool> IsIntactAsync(CancellationToken cancellationToken = default)
    {
        if (_connection is { IsIntact: true })
            return true;

        await DisposeAsync();
        return false;
    }

    /// <inheritdoc/>
    public async ValueTask<ForwardingOutcome> SendAsync(AuditBatch batch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        using var late = new CancellationTokenSource(_options.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            // A connection that ended is never replaced in silence: what it carried last must be sent again first.
            if (_connection is { IsIntact: false })
                return await BrokenAsync(Faults.Unreachable);

            _connection ??= await SyslogConnection.OpenAsync(_options, either.Token);
            await _connection.SendAsync(Messages(batch), either.Token);
            return ForwardingOutcome.Accepted;
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            await DisposeAsync();
            throw new OperationCanceledException(cancellationToken);
        }
        catch (AuthenticationException)
        {
            await DisposeAsync();
            return new(ForwardingVerdict.Refused, Faults.NotTrusted);
        }
        catch (OperationCanceledException)
        {
            return await BrokenAsync(Faults.TooSlow);
        }
        catch (Exception fault) when (fault is IOException or SocketException or ObjectDisposedException)
        {
            return await BrokenAsync(Faults.Unreachable);
        }
    }

    /// <summary>Closes the connection.</summary>
    /// <returns>Completes when it is closed.</returns>
    public async ValueTask DisposeAsync()
    {
        SyslogConnection? connection = _connection;
        _connection = null;
        if (connection is not null)
            await connection.DisposeAsync();
    }

    private async ValueTask<ForwardingOutcome> BrokenAsync(FaultCode reason)
    {
        await DisposeAsync();
        return new(ForwardingVerdict.Retry, reason);
    }

    /// <summary>The length of a message in octets, a blank, the message (RFC 5425, 4.3): whatever a message holds, it cannot end one and begin another.</summary>
    private ReadOnlyMemory<byte> Messages(AuditBatch batch)
    {
        var bytes = new MemoryStream();
        foreach (AuditRecord record in batch.Events)
        {
            byte[] message = AuditEventFormatter.Format(_options.Format, batch.Origin, record, _options.Source);
            bytes.Write(Encoding.ASCII.GetBytes(message.Length.ToString(CultureInfo.InvariantCulture)));
            bytes.WriteByte((byte)' ');
            bytes.Write(message);
        }

        return bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
    }
}
