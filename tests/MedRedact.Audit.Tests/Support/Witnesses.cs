using System.Collections.Immutable;
using System.Threading.Channels;

namespace MedRedact.Audit.Tests.Support;

/// <summary>What a witness does when it is asked.</summary>
internal delegate ValueTask<WitnessAnswer> Answer(long oldSize, ImmutableArray<Digest256> proof, ReadOnlyMemory<byte> checkpoint, CancellationToken cancellationToken);

/// <summary>A witness that answers as it is told to.</summary>
internal sealed class Answering(WitnessKey key, Answer answer) : IWitness
{
    public WitnessKey Key => key;

    public ValueTask<WitnessAnswer> AddCheckpointAsync(long oldSize, ImmutableArray<Digest256> proof, ReadOnlyMemory<byte> checkpoint, CancellationToken cancellationToken = default) =>
        answer(oldSize, proof, checkpoint, cancellationToken);
}

/// <summary>A witness that can fall silent: it is asked, says nothing and waits until it is told to stop.</summary>
internal sealed class Silencing(IWitness inner) : IWitness
{
    private readonly Channel<bool> _asked = Channel.CreateUnbounded<bool>();
    private readonly Channel<bool> _stopped = Channel.CreateUnbounded<bool>();

    public bool IsSilent { get; set; }

    public WitnessKey Key => inner.Key;

    /// <summary>Completes when it was asked in vain once more.</summary>
    public async Task AskedAsync() => await _asked.Reader.ReadAsync(TestContext.Current.CancellationToken);

    /// <summary>Completes when it was told to stop once more.</summary>
    public async Task StoppedAsync() => await _stopped.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public async ValueTask<WitnessAnswer> AddCheckpointAsync(long oldSize, ImmutableArray<Digest256> proof, ReadOnlyMemory<byte> checkpoint, CancellationToken cancellationToken = default)
    {
        if (!IsSilent)
            return await inner.AddCheckpointAsync(oldSize, proof, checkpoint, cancellationToken);

        _asked.Writer.TryWrite(true);
        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        finally
        {
            _stopped.Writer.TryWrite(true);
        }

        return new(WitnessOutcome.Unavailable);
    }
}
