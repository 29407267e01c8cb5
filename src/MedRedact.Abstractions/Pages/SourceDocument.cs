namespace MedRedact;

/// <summary>An opaque document identity; never derived from a file name, which is itself PHI.</summary>
/// <param name="Value">A random, time-ordered (version 7) identifier.</param>
public readonly record struct DocumentId(Guid Value)
{
    /// <summary>Makes a new identity.</summary>
    /// <param name="time">Gives the time part.</param>
    /// <returns>A version 7 identifier.</returns>
    public static DocumentId Create(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        return new(Guid.CreateVersion7(time.GetUtcNow()));
    }

    /// <summary>32 lower-case hexadecimal digits: safe as a folder name.</summary>
    /// <returns>The digits.</returns>
    public override string ToString() => Value.ToString("N");
}

/// <summary>A media type such as <c>image/tiff</c>, found by structure and never by name.</summary>
/// <param name="Value">The type.</param>
public readonly record struct MediaType(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}

/// <summary>What arrived. Each <see cref="RevealAsync"/> opens it anew, seekable: from the quarantine zone once the core has taken it in.</summary>
/// <remarks>A path is content too: it often names the patient.</remarks>
public sealed class SourceDocument : IAsyncDisposable
{
    private readonly Func<CancellationToken, ValueTask<Stream>> _open;
    private readonly Stream? _owned;

    private SourceDocument(Func<CancellationToken, ValueTask<Stream>> open, Stream? owned, Phi<string>? originalName) =>
        (_open, _owned, OriginalName) = (open, owned, originalName);

    /// <summary>The name it arrived under, if any.</summary>
    public Phi<string>? OriginalName { get; }

    /// <summary>Wraps a stream.</summary>
    /// <param name="content">Read once, from its present position; disposed with the document. It need not be seekable.</param>
    /// <param name="originalName">The name it arrived under.</param>
    /// <returns>The document; the caller owns it.</returns>
    public static SourceDocument FromStream(Stream content, Phi<string>? originalName = null)
    {
        ArgumentNullException.ThrowIfNull(content);
        int opened = 0;
        return new(
            _ => Interlocked.Exchange(ref opened, 1) == 0
                ? ValueTask.FromResult(content)
                : throw new InvalidOperationException("The stream of a source document is read once, by the intake."),
            content,
            originalName);
    }

    /// <summary>Wraps a file.</summary>
    /// <param name="path">Its path. Only regular files with bytes in them open. A pipe, a device, a socket and an empty file
    /// (<see cref="SourceFaults.FileWithoutBytes"/>) have nothing that could be taken in: a pipeline rejects them, on record, and never waits for a pipe. A
    /// folder (<see cref="SourceFaults.FileIsFolder"/>) and what cannot be opened (<see cref="SourceFaults.FileNotOpened"/>) are coded faults. None of
    /// them repeats the path.</param>
    /// <returns>The document.</returns>
    public static SourceDocument FromFile(Phi<string> path) => new(
        _ => ValueTask.FromResult<Stream>(Open(path)),
        owned: null,
        new Phi<string>(Path.GetFileName(path.Reveal())));

    /// <summary>Wraps something that can be opened again and again, such as an object in the quarantine zone.</summary>
    /// <param name="open">Opens it anew; the caller of <see cref="RevealAsync"/> disposes the stream.</param>
    /// <param name="originalName">The name it arrived under.</param>
    /// <returns>The document.</returns>
    public static SourceDocument FromOpener(Func<CancellationToken, ValueTask<Stream>> open, Phi<string>? originalName = null)
    {
        ArgumentNullException.ThrowIfNull(open);
        return new(open, owned: null, originalName);
    }

    /// <summary>Opens the bytes. A banned symbol outside the projects that must look inside.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The bytes from the start; the caller disposes the stream.</returns>
    public ValueTask<Stream> RevealAsync(CancellationToken cancellationToken = default) => _open(cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _owned?.DisposeAsync() ?? ValueTask.CompletedTask;

    // The system's exceptions name the path, so they end here; the commonest ones are not even thrown.
    private static FileStream Open(Phi<string> path)
    {
        if (Directory.Exists(path.Reveal()))
            throw SourceFaults.Folder();
        if (!File.Exists(path.Reveal()))
            throw SourceFaults.CannotOpen();

        FileStream opened;
        try
        {
            // A pipe, a device and a socket have no length. Opening a pipe waits for whoever writes to it, so the length is asked first.
            var file = new FileInfo(path.Reveal());
            if (((FileInfo?)file.ResolveLinkTarget(returnFinalTarget: true) ?? file).Length == 0)
                throw SourceFaults.WithoutBytes();

            opened = new FileStream(
                path.Reveal(), FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan | FileOptions.Asynchronous);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw SourceFaults.CannotOpen();
        }

        if (opened.CanSeek)
            return opened;

        opened.Dispose();
        throw SourceFaults.WithoutBytes();
    }
}
