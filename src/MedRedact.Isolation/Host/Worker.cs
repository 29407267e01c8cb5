using System.Collections.Immutable;

namespace MedRedact.Isolation;

/// <summary>One greeted worker process, with one page at a time.</summary>
internal sealed class Worker : IAsyncDisposable
{
    private readonly WorkerProcess _process;
    private readonly FrameStream _frames;

    private Worker(WorkerProcess process, FrameStream frames, Ready ready) => (_process, _frames, Parts) = (process, frames, ready.Parts);

    public ImmutableArray<WorkerPart> Parts { get; }

    public int ProcessId => _process.Id;

    public int Pages { get; private set; }

    /// <summary>Whether it has answered all it was asked, so that it may be asked again.</summary>
    public bool IsAtRest { get; private set; } = true;

    public bool HasExited => _process.HasExited;

    public long ResidentBytes => _process.ResidentBytes;

    /// <summary>Starts a process and lets it introduce itself.</summary>
    /// <exception cref="MedRedactException">It does not start, or says what it lacks: it has seen no page yet, so its words are its own.</exception>
    public static async Task<Worker> StartAsync(WorkerCommand command, Hello hello, TimeSpan patience, CancellationToken cancellationToken)
    {
        WorkerProcess process = await WorkerProcess.StartAsync(command.ToStartInfo(hello.MemoryCeiling));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stop.CancelAfter(patience);
        try
        {
            var frames = new FrameStream(process.Output, process.Input, FrameStream.MostToHost);
            using (PayloadWriter greeting = hello.Write())
                await frames.WriteAsync(greeting, stop.Token);
            using Frame answer = await frames.ReadAsync(stop.Token);
            return answer.Kind switch
            {
                FrameKind.Ready => new Worker(process, frames, Ready.Read(answer)),
                FrameKind.Fault when WorkerFault.Read(answer) is var fault => throw new MedRedactException(fault.Code, fault.Remedy),
                _ => throw new ProtocolException(),
            };
        }
        catch (Exception fault)
        {
            await process.DisposeAsync();
            cancellationToken.ThrowIfCancellationRequested();
            if (fault is MedRedactException)
                throw;
            throw fault is ProtocolException ? Faults.NotTheParts() : Faults.NoStart();
        }
    }

    /// <summary>Lets the worker do one page.</summary>
    /// <param name="order">The page.</param>
    /// <param name="memory">Where pixels go that come back: copied, because a worker could go on writing into what is shared.</param>
    /// <param name="bounds">What it may take.</param>
    /// <param name="cancellationToken">Stops waiting; the worker is of no further use then.</param>
    /// <exception cref="WorkerLostException">It is of no further use.</exception>
    /// <exception cref="MedRedactException">What it says of the page, or a fault of the host's own.</exception>
    public async Task<PageResult> WorkAsync(PageOrder order, IRasterMemory memory, PageWorkerOptions bounds, CancellationToken cancellationToken)
    {
        Pages++;
        IsAtRest = false;
        _process.ForgetNoise();
        (MemoryFile file, SharedPixels shared) = order.Share();
        using (file)
        {
            using MappedMemory pixels = file.Map();
            if (order.Pixels is { } raster)
                RasterShape.Pack(raster, pixels.GetSpan());

            long mostBytes = bounds.MemoryBytes + (order.LargestPixels > 0 ? order.LargestPixels * 16 : SharedPixels.MostBytes);
            await using var guard = new WorkerGuard(_process, mostBytes, bounds.Patience, cancellationToken);
            try
            {
                using (PayloadWriter job = order.ToJob(shared).Write())
                    await _frames.WriteAsync(job, guard.Token);
                return await AnswerAsync(order, shared, pixels, memory, guard.Token);
            }
            catch (Exception fault) when (fault is IOException or ProtocolException or OperationCanceledException)
            {
                cancellationToken.ThrowIfCancellationRequested();
                throw new WorkerLostException(guard.Reason ?? (fault is ProtocolException || _process.IsTooNoisy ? WorkerEnd.Garbled : WorkerEnd.Crashed));
            }
        }
    }

    public void Kill() => _process.Kill();

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private async Task<PageResult> AnswerAsync(
        PageOrder order, SharedPixels shared, MappedMemory pixels, IRasterMemory memory, CancellationToken cancellationToken)
    {
        await using var bytes = new ServedBytes(order.Source);
        while (true)
        {
            using Frame frame = await _frames.ReadAsync(cancellationToken);
            switch (frame.Kind)
            {
                case FrameKind.Read:
                    using (PayloadWriter answer = await bytes.ServeAsync(ByteRange.Read(frame), cancellationToken))
                        await _frames.WriteAsync(answer, cancellationToken);
                    break;
                case FrameKind.Done:
                    PageResult result = Take(PageDone.Read(frame, shared.Output, order.Beyond), order, shared, pixels, memory);
                    IsAtRest = true;
                    return result;
                case FrameKind.Fault:
                    var fault = WorkerFault.Read(frame);
                    // After what nobody foresaw, nobody knows what state it is in.
                    IsAtRest = fault.Code != Faults.Unforeseen;
                    throw fault.ToException(Pages);
                default:
                    throw new ProtocolException();
            }
        }
    }

    private static PageResult Take(PageDone done, PageOrder order, SharedPixels shared, MappedMemory pixels, IRasterMemory memory)
    {
        try
        {
            // A page that was to be decoded comes with pixels, and one that was to be read with its text.
            if ((order.Encoded is not null && done.Raster is null) || (order.Engine is not null && done.Text is null))
                throw new ProtocolException();
            return new PageResult(done.Raster?.Unpack(pixels.GetSpan()[shared.Input..], memory), done);
        }
        catch
        {
            done.Dispose();
            throw;
        }
    }
}
