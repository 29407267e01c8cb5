using MedRedact.Synthesis;

namespace MedRedact.Testing;

/// <summary>A scripted word.</summary>
/// <param name="Text">Its characters.</param>
/// <param name="Box">Its place on the original page.</param>
/// <param name="Confidence">How sure the engine pretends to be.</param>
/// <param name="Line">Words of one line share a number; lines ascend.</param>
public readonly record struct ScriptedWord(string Text, Box Box, Confidence Confidence, int Line = 0);

/// <summary>An engine that reads what it was told to. Thread-safe.</summary>
public sealed class FakeOcrEngine : IOcrEngine
{
    private readonly Func<PageNumber, PageText> _read;
    private int _calls;

    private FakeOcrEngine(Func<PageNumber, PageText> read) => _read = read;

    /// <inheritdoc/>
    public EngineId Id { get; init; } = new("fake");

    /// <inheritdoc/>
    public string Version { get; init; } = "1.0.0";

    /// <summary>Called before each page is read: throw from it to make a page fail, await in it to make it slow.</summary>
    public Func<PageNumber, CancellationToken, ValueTask>? Before { get; set; }

    /// <summary>How many pages it was asked to read.</summary>
    public int Calls => Volatile.Read(ref _calls);

    /// <summary>An engine that reads the true words of drawn pages without a mistake.</summary>
    /// <param name="pages">Page 1 first.</param>
    /// <returns>The engine.</returns>
    public static FakeOcrEngine ReadingTruth(params IReadOnlyList<SyntheticPage> pages) =>
        new(page => page.Value <= pages.Count ? pages[page.Value - 1].ToPageText() : throw Faults.RefusePage(Faults.NoScript));

    /// <summary>An engine that reads the same words on every page.</summary>
    /// <param name="words">In reading order.</param>
    /// <returns>The engine.</returns>
    public static FakeOcrEngine Reading(params IReadOnlyList<ScriptedWord> words) => new(_ => Build(words));

    /// <summary>An engine that reads the lines of a text as if they were typed: ten pixels a character, twenty a line, all certain.</summary>
    /// <param name="text">Words parted by white space.</param>
    /// <returns>The engine.</returns>
    public static FakeOcrEngine ReadingText(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var words = new List<ScriptedWord>();
        string[] lines = text.Split('\n');
        for (int line = 0; line < lines.Length; line++)
        {
            int column = 0;
            foreach (string word in lines[line].Split(' '))
            {
                if (word.Length > 0)
                    words.Add(new ScriptedWord(word, new Box(10 + column * 10, 10 + line * 20, word.Length * 10 - 1, 16), Confidence.Certain, line));
                column += word.Length + 1;
            }
        }

        return Reading(words);
    }

    /// <inheritdoc/>
    public async ValueTask<PageText> RecognizeAsync(PageImage page, OcrRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(page);
        cancellationToken.ThrowIfCancellationRequested();
        Interlocked.Increment(ref _calls);
        if (Before is not null)
            await Before(page.Number, cancellationToken).ConfigureAwait(false);
        return _read(page.Number);
    }

    private static PageText Build(IReadOnlyList<ScriptedWord> words)
    {
        var builder = new PageTextBuilder(PageTransform.Identity);
        for (int i = 0; i < words.Count; i++)
        {
            if (i > 0 && words[i].Line != words[i - 1].Line)
                builder.BreakLine();
            builder.AddWord(words[i].Text, words[i].Box, words[i].Confidence);
        }

        return builder.Build();
    }
}
