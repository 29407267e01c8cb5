using System.Collections.Immutable;

namespace MedRedact.Isolation;

/// <summary>What a worker is told once, before it sees a page.</summary>
/// <param name="Host">The number of the host's process.</param>
/// <param name="MemoryCeiling">Bytes of private memory past which the system refuses more.</param>
/// <param name="Settings">For the program that composes the worker: configuration, never content.</param>
internal sealed record Hello(int Host, long MemoryCeiling, ImmutableArray<KeyValuePair<string, string>> Settings)
{
    private const int MostSettings = 256, MostBytes = 8192;

    public PayloadWriter Write()
    {
        var frame = new PayloadWriter(FrameKind.Hello);
        frame.Int32(Host);
        frame.Int64(MemoryCeiling);
        frame.Int32(Settings.Length);
        foreach ((string name, string value) in Settings)
        {
            frame.Text(name);
            frame.Text(value);
        }

        return frame;
    }

    public static Hello Read(Frame frame)
    {
        var reader = new PayloadReader(frame.Payload);
        int host = reader.Int32(1, int.MaxValue);
        long ceiling = reader.Int64(1, long.MaxValue);
        var settings = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>();
        for (int left = reader.Int32(0, MostSettings); left > 0; left--)
            settings.Add(new(reader.Text(MostBytes), reader.Text(MostBytes)));
        reader.End();
        return new Hello(host, ceiling, settings.ToImmutable());
    }
}

/// <summary>A part that a worker holds.</summary>
/// <param name="Type">The name of its type, which is compared and never loaded.</param>
/// <param name="Version">Of an engine.</param>
internal readonly record struct WorkerPart(string Type, string Version);

/// <summary>What a worker answers once.</summary>
/// <param name="Parts">Readers, preparer and engines.</param>
internal sealed record Ready(ImmutableArray<WorkerPart> Parts)
{
    private const int MostParts = 64, MostBytes = 512;

    public PayloadWriter Write()
    {
        var frame = new PayloadWriter(FrameKind.Ready);
        frame.Int32(Parts.Length);
        foreach (WorkerPart part in Parts)
        {
            frame.Text(part.Type);
            frame.Text(part.Version);
        }

        return frame;
    }

    public static Ready Read(Frame frame)
    {
        var reader = new PayloadReader(frame.Payload);
        var parts = ImmutableArray.CreateBuilder<WorkerPart>();
        for (int left = reader.Int32(0, MostParts); left > 0; left--)
            parts.Add(new(reader.Text(MostBytes), reader.Text(MostBytes)));
        reader.End();
        return new Ready(parts.ToImmutable());
    }
}
