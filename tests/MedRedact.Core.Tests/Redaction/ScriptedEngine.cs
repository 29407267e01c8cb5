namespace MedRedact.Redaction;

/// <summary>Finds words as runs of ink, from the left to the right and from the top down, and reads them as a script says.</summary>
internal sealed class ScriptedEngine(params string[] script) : IOcrEngine
{
    private const int WordGap = 10;

    public EngineId Id => new("scripted");

    public string Version => "1";

    public int Calls { get; private set; }

    public int WordsSeen { get; private set; }

    public ValueTask<PageText> RecognizeAsync(PageImage page, OcrRequest request, CancellationToken cancellationToken = default)
    {
        Calls++;
        Raster raster = page.Reveal();
        var builder = new PageTextBuilder(page.ToOriginal);
        foreach ((int top, int bottom) in Runs(raster.Height, y => Enumerable.Range(0, raster.Width).Any(x => IsInk(raster, x, y)), WordGap))
        {
            foreach ((int left, int right) in Runs(raster.Width, x => Enumerable.Range(top, bottom - top).Any(y => IsInk(raster, x, y)), WordGap))
            {
                string text = WordsSeen < script.Length ? script[WordsSeen] : "zzz";
                builder.AddWord(text, Box.FromEdges(left, top, right, bottom), Confidence.Of(0.9));
                WordsSeen++;
            }

            builder.BreakLine();
        }

        return ValueTask.FromResult(builder.Build());
    }

    private static bool IsInk(Raster raster, int x, int y) => raster.Pixels.Span[(y * raster.Stride) + x] < 128;

    private static List<(int Start, int End)> Runs(int length, Func<int, bool> hasInk, int gap)
    {
        var runs = new List<(int Start, int End)>();
        for (int at = 0; at < length; at++)
        {
            if (!hasInk(at))
                continue;

            if (runs.Count > 0 && at - runs[^1].End < gap)
                runs[^1] = (runs[^1].Start, at + 1);
            else
                runs.Add((at, at + 1));
        }

        return runs;
    }
}
