using System.Collections.Concurrent;

namespace MedRedact.Isolation;

/// <summary>The worker's end of the pipes. A thread of its own listens, so that the end of the host ends this process even while native code computes.</summary>
internal sealed class HostChannel : IDisposable
{
    private const int ListenerStack = 256 << 10;

    private readonly FrameStream _frames;
    private readonly BlockingCollection<Frame> _arrived = [];

    public HostChannel(Stream incoming, Stream outgoing)
    {
        _frames = new FrameStream(incoming, outgoing, FrameStream.MostToWorker);
        new Thread(Listen, ListenerStack) { IsBackground = true, Name = "MedRedact host" }.Start();
    }

    /// <summary>Waits for the next frame, which must be of one kind.</summary>
    public Frame Next(FrameKind kind)
    {
        Frame frame = _arrived.Take();
        if (frame.Kind == kind)
            return frame;

        frame.Dispose();
        throw new ProtocolException();
    }

    public void Send(PayloadWriter frame) => _frames.Write(frame);

    /// <summary>Asks the host for bytes of the document at hand.</summary>
    /// <returns>How many came: fewer only where the document ends.</returns>
    public int Ask(ByteRange range, Span<byte> target)
    {
        using (PayloadWriter question = range.Write())
            Send(question);
        using Frame answer = Next(FrameKind.Bytes);
        if (answer.Payload.Length > range.Count)
            throw new ProtocolException();

        answer.Payload.CopyTo(target);
        return answer.Payload.Length;
    }

    public void Dispose() => _arrived.Dispose();

    private void Listen()
    {
        try
        {
            while (true)
                _arrived.Add(_frames.Read());
        }
        catch (Exception)
        {
            // The host is gone, or what came is not from it.
            Confinement.Exit();
        }
    }
}
