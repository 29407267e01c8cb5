using System.Collections.Concurrent;
using MedRedact.Durability;

namespace MedRedact.Audit;

/// <summary>Signs and keeps the seals of segments that ended, after the checkpoint that covers them. What fails is tried again; a ledger without seals opens more slowly and loses nothing.</summary>
/// <param name="folder">Where they are kept.</param>
/// <param name="signer">Signs them.</param>
/// <param name="origin">The ledger's.</param>
/// <param name="keys">Who may have signed those that are kept.</param>
internal sealed class SegmentSealer(SealFolder folder, ISigner signer, string origin, IReadOnlyCollection<VerifierKey> keys)
{
    private readonly ConcurrentQueue<SegmentSeal> _pending = [];

    /// <summary>Is told of each seal that is on disk.</summary>
    public Action<SegmentSeal> Sealed { get; set; } = _ => { };

    /// <summary>Takes what a seal is to say.</summary>
    public void Add(SegmentSeal body) => _pending.Enqueue(body);

    /// <summary>Seals what is waiting, in order. One call at a time.</summary>
    /// <exception cref="MedRedactException"><c>MR-AUD-001</c>, <c>MR-AUD-007</c>, or what the signer throws; it is still waiting then.</exception>
    public async Task SealAsync(CancellationToken cancellationToken)
    {
        while (_pending.TryPeek(out SegmentSeal? body))
        {
            Sealed(Kept(body) ?? Keep(await SealNote.SignAsync(body, signer, origin, cancellationToken)));
            _pending.TryDequeue(out _);
        }
    }

    /// <summary>Lets go every seal: a segment is not what was sealed.</summary>
    public void Unseal() => folder.Clear();

    /// <summary>What is kept already, where it says the same.</summary>
    private SegmentSeal? Kept(SegmentSeal body) =>
        folder.Find(body.First, keys) is { } kept && kept.Body.Span.SequenceEqual(body.Body.Span) ? kept : null;

    private SegmentSeal Keep(SegmentSeal seal)
    {
        try
        {
            folder.Keep(seal);
            return seal;
        }
        catch (DurabilityException fault)
        {
            throw Faults.Refuse(fault);
        }
    }
}
