namespace MedRedact.Ocr.Tesseract;

/// <summary>Something to be done once on an OCR thread, unless it is cancelled while it waits.</summary>
internal abstract class OcrWork
{
    /// <summary>Does the work and completes its task; never throws.</summary>
    public abstract void Execute(EngineShelf engines);

    /// <summary>Completes the task because the pool closes.</summary>
    public abstract void Refuse();
}

/// <inheritdoc cref="OcrWork"/>
internal sealed class OcrWork<TResult> : OcrWork
{
    // Continuations run elsewhere: an OCR thread is for OCR.
    private readonly TaskCompletionSource<TResult> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Func<EngineShelf, TResult> _work;
    private readonly CancellationToken _cancellationToken;
    private readonly CancellationTokenRegistration _registration;
    private int _taken;

    public OcrWork(Func<EngineShelf, TResult> work, CancellationToken cancellationToken)
    {
        (_work, _cancellationToken) = (work, cancellationToken);
        _registration = cancellationToken.UnsafeRegister(static work => ((OcrWork<TResult>)work!).CancelWhileWaiting(), this);
    }

    public Task<TResult> Completion => _completion.Task;

    public override void Execute(EngineShelf engines)
    {
        if (!Take())
            return;

        try
        {
            _completion.SetResult(_work(engines));
        }
        catch (OperationCanceledException e)
        {
            if (_cancellationToken.IsCancellationRequested)
                _completion.SetCanceled(_cancellationToken);
            else
                _completion.SetException(new ObjectDisposedException(nameof(TesseractEnginePool), e));
        }
        catch (Exception e)
        {
            _completion.SetException(e);
        }
    }

    public override void Refuse()
    {
        if (Take())
            _completion.SetException(new ObjectDisposedException(nameof(TesseractEnginePool)));
    }

    // Once a thread has taken the work, the task completes only when that thread lets go of the page that the caller lent.
    private bool Take()
    {
        bool taken = Interlocked.Exchange(ref _taken, 1) == 0;
        if (taken)
            _registration.Unregister();

        return taken;
    }

    private void CancelWhileWaiting()
    {
        if (Interlocked.Exchange(ref _taken, 1) == 0)
            _completion.SetCanceled(_cancellationToken);
    }
}
