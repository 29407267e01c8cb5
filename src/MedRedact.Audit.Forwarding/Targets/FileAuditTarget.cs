using MedRedact.Durability;

namespace MedRedact.Audit.Forwarding;

/// <summary>Appends events to a file, a line each, and takes them for accepted once they are on disk.</summary>
/// <remarks>The file is opened anew for each batch, so that it may be renamed between them. What a crash left of a line is cut off; its event is written again.</remarks>
public sealed class FileAuditTarget : IAuditTarget
{
    /// <summary>More than the longest line: an event has at most 64 KiB, and six bytes for each of its own at the worst.</summary>
    private const int LongestLine = 512 * 1024;

    /// <summary>More than a batch: what may be in the file without being on disk when this target opens it for the first time, or after a fault.</summary>
    private const int LongestDoubt = 8 << 20;

    private readonly string _path;
    private readonly AuditEventFormat _format;
    private readonly AuditSource _source;
    private readonly IFileOperations _operations;
    private long? _settled;
    private bool _isNamed;

    /// <summary>Names a file.</summary>
    /// <param name="path">The file; it and its folder are made when they are missing, for their owner alone.</param>
    /// <param name="format">How events are written.</param>
    /// <param name="source">Who passes them on.</param>
    /// <param name="operations">The file system; this machine's by default.</param>
    /// <exception cref="ArgumentException">The source is out of its range.</exception>
    public FileAuditTarget(string path, AuditEventFormat format = AuditEventFormat.Ocsf, AuditSource? source = null, IFileOperations? operations = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _source = source ?? new();
        if (_source.Check() is { } wrong)
            throw new ArgumentException(wrong, nameof(source));
        (_path, _format, _operations) = (Path.GetFullPath(path), format, operations ?? PhysicalFileOperations.Instance);
    }

    /// <inheritdoc/>
    public TimeSpan SettleTime => TimeSpan.Zero;

    /// <inheritdoc/>
    public ValueTask<bool> IsIntactAsync(CancellationToken cancellationToken = default) => new(true);

    /// <inheritdoc/>
    public async ValueTask<ForwardingOutcome> SendAsync(AuditBatch batch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        using var lines = new MemoryStream();
        foreach (AuditRecord record in batch.Events)
        {
            lines.Write(AuditEventFormatter.Format(_format, batch.Origin, record, _source));
            lines.WriteByte((byte)'\n');
        }

        return await Task.Run(() => Append(lines.GetBuffer().AsSpan(0, (int)lines.Length)), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private ForwardingOutcome Append(ReadOnlySpan<byte> lines)
    {
        try
        {
            string folder = Path.GetDirectoryName(_path)!;
            DurableDirectory.Create(folder, _operations);
            long? length = _operations.Exists(_path) ? WholeLines() : 0;
            if (length is null)
                return new(ForwardingVerdict.Refused, Faults.ForeignFile);

            // What is not known to be on disk is written again: after a failed sync the system may show bytes that never got there.
            long settled = _settled is { } known && known <= length ? known : Math.Max(0, length.Value - LongestDoubt);
            using DurableAppendFile file = _operations.Exists(_path) ? DurableAppendFile.Open(_path, length.Value, settled, _operations) : DurableAppendFile.Create(_path, [], _operations);
            if (!_isNamed)
            {
                // An attempt before this one may have made the file and failed before its name was on disk.
                _operations.SyncDirectory(folder);
                _isNamed = true;
            }

            file.Append(lines);
            file.Sync();
            _settled = file.DurableLength;
            return ForwardingOutcome.Accepted;
        }
        catch (DurabilityException)
        {
            _isNamed = false;
            return new(ForwardingVerdict.Retry, Faults.Storage);
        }
    }

    /// <returns>The length up to the end of the last whole line, or <see langword="null"/> where there is no line as this target writes them.</returns>
    private long? WholeLines()
    {
        using IFileHandle file = _operations.Open(_path, FileOpening.Read);
        long length = file.Length;
        byte[] end = new byte[Math.Min(length, LongestLine)];
        file.ReadFully(end, length - end.Length);
        int last = end.AsSpan().LastIndexOf((byte)'\n');
        return last >= 0 ? length - end.Length + last + 1 : end.Length < LongestLine ? 0 : null;
    }
}
