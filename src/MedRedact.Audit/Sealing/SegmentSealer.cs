using System.Collections.Concurrent;
using MedRedact.Durability;

namespace MedRedact.Audit;

/// <summary>Signs and keeps the seals of segments that ended, after the checkpoint that covers them. What fails is tried again; a ledger without seals opens more slowly and loses nothing.</summary>
/// <param name="folder">Where they are kept.</param>
/// <param name="signer">Signs them.</param>
/// <param name="origin">The ledger's.</param>
/// <param name="keys">Who may have signed those that are kept.</param>
/// <param name="slice">How long it works at once: a checkpoint must not wait for the seals of a ledger that has none.</param>
/// <param name="time">Times it.</param>
internal sealed class SegmentSealer(SealFolder folder, ISigner signer, string origin, IReadOnlyCollection<VerifierKey> keys, TimeSpan slice, TimeProvider time) : IDisposable
{
    /// <summary>More than this do not wait: the next opening makes the others.</summary>
    public const int MostWaiting = 64;

    private readonly ConcurrentQueue<SegmentSeal> _pending = [];
    private readonly SemaphoreSlim _one = new(1, 1);
    private bool _isOver;

    /// <summary>Is told of each seal that is on disk.</summary>
    public Action<SegmentSeal> Sealed { get; set; } = _ => { };

    /// <summary>Takes what a seal is to say.</summary>
    public void Add(SegmentSeal body)
    {
        if (_pending.Count < MostWaiting)
            _pending.Enqueue(body);
    }

    /// <summary>Seals what is waiting, in order, for as long as a slice is.</summary>
    /// <exception cref="MedRedactException"><c>MR-AUD-007</c>, or what the signer throws; it is still waiting then.</exception>
    /// <exception cref="DurabilityException">The folder cannot be written; it is still waiting then.</exception>
    public async Task SealAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            long started = time.GetTimestamp();
            while (!_isOver && _pending.TryPeek(out SegmentSeal? body) && time.GetElapsedTime(started) < slice)
            {
                Sealed(Kept(body) ?? Keep(await SealNote.SignAsync(body, signer, origin, cancellationToken)));
                _pending.TryDequeue(out _);
            }
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Lets go every seal and makes none any more: a segment is not what was sealed.</summary>
    public async Task UnsealAsync()
    {
        await _one.WaitAsync();
        try
        {
            _isOver = true;
            folder.Clear();
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    /// <summary>What is kept already, where it says the same.</summary>
    private SegmentSeal? Kept(SegmentSeal body) =>
        folder.Find(body.First, keys) is { } kept && kept.Body.Span.SequenceEqual(body.Body.Span) ? kept : null;

    private SegmentSeal Keep(SegmentSeal seal)
    {
        folder.Keep(seal);
        return seal;
    }
}
