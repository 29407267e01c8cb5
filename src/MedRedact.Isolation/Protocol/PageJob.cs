using System.Collections.Immutable;

namespace MedRedact.Isolation;

/// <summary>What a worker does for one page: decode it or take its pixels, prepare it, recognize it, each only where asked.</summary>
/// <param name="Memory">Where pixels are shared.</param>
/// <param name="Input">The page.</param>
/// <param name="Plan">What may be done to its pixels.</param>
/// <param name="Engine">The type of the engine that reads it, or <see langword="null"/>.</param>
/// <param name="Request">How it reads.</param>
internal sealed record PageJob(SharedPixels Memory, PageInput Input, PreparationPlan Plan, string? Engine, OcrRequest Request)
{
    private const int MostLanguages = 16, MostBytes = 512;

    public PayloadWriter Write()
    {
        var frame = new PayloadWriter(FrameKind.Job);
        Memory.Write(frame);
        Input.Write(frame);
        frame.Byte((byte)((Plan.Orient ? 1 : 0) | (Plan.Deskew ? 2 : 0) | (Plan.NormalizeContrast ? 4 : 0) | (Plan.Denoise ? 8 : 0)));
        frame.Int32(Plan.TextHeight);
        frame.Flag(Engine is not null);
        if (Engine is null)
            return frame;

        frame.Text(Engine);
        frame.Byte((byte)Request.Layout);
        WriteLanguages(frame, Request.Languages);
        WriteLanguages(frame, Request.AlternativeLanguages);
        return frame;
    }

    public static PageJob Read(Frame frame)
    {
        var reader = new PayloadReader(frame.Payload);
        var memory = SharedPixels.Read(ref reader);
        var input = PageInput.Read(ref reader, memory.Input);
        PreparationPlan plan = ReadPlan(ref reader);
        string? engine = null;
        var request = new OcrRequest();
        if (reader.Flag())
        {
            engine = reader.Text(MostBytes);
            var layout = (OcrLayout)reader.Byte();
            request = new OcrRequest
            {
                Layout = Enum.IsDefined(layout) ? layout : throw new ProtocolException(),
                Languages = ReadLanguages(ref reader),
                AlternativeLanguages = ReadLanguages(ref reader),
            };
        }

        reader.End();
        return new PageJob(memory, input, plan, engine, request);
    }

    private static void WriteLanguages(PayloadWriter frame, ImmutableArray<string> languages)
    {
        frame.Int32(languages.IsDefault ? 0 : languages.Length);
        foreach (string language in languages.IsDefault ? [] : languages)
            frame.Text(language);
    }

    private static ImmutableArray<string> ReadLanguages(ref PayloadReader reader)
    {
        var languages = ImmutableArray.CreateBuilder<string>();
        for (int left = reader.Int32(0, MostLanguages); left > 0; left--)
            languages.Add(reader.Text(MostBytes));
        return languages.ToImmutable();
    }

    private static PreparationPlan ReadPlan(ref PayloadReader reader)
    {
        int steps = reader.Byte(), height = reader.Int32(0, 200);
        return steps == 0 && height == 0 ? PreparationPlan.None : PreparationPlan.Of(plan =>
        {
            if ((steps & 1) != 0)
                plan.Orient();
            if ((steps & 2) != 0)
                plan.Deskew();
            if ((steps & 4) != 0)
                plan.NormalizeContrast();
            if ((steps & 8) != 0)
                plan.Denoise();
            if (height > 0)
                plan.ScaleToTextHeight(height);
        });
    }
}

/// <summary>Memory in which pixels go to a worker and come back: first those that go, then those that come.</summary>
/// <param name="Path">What the worker opens.</param>
/// <param name="Input">Bytes that go.</param>
/// <param name="Output">Bytes that may come back.</param>
internal sealed record SharedPixels(string Path, int Input, int Output)
{
    // One mapping is addressed by an int.
    public const long MostBytes = 2_000_000_000;

    public long Length => (long)Input + Output;

    public void Write(PayloadWriter frame)
    {
        frame.Text(Path);
        frame.Int32(Input);
        frame.Int32(Output);
    }

    public static SharedPixels Read(ref PayloadReader reader)
    {
        var shared = new SharedPixels(reader.Text(256), reader.Int32(0, int.MaxValue), reader.Int32(0, int.MaxValue));
        return shared.Length is >= 0 and <= MostBytes ? shared : throw new ProtocolException();
    }
}
