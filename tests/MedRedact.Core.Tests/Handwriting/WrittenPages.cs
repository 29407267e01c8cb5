using System.Collections.Immutable;
using MedRedact.Synthesis;
using MedRedact.Testing;

namespace MedRedact.Core.Tests.Handwriting;

/// <summary>Parts the words of drawn pages between an engine for print and one for handwriting.</summary>
internal sealed class WrittenPages(IReadOnlyList<SyntheticPage> pages, Func<string, bool> isWritten)
{
    public PageText Print(PageNumber page) => Text(page, word => !isWritten(word));

    public PageText Writing(PageNumber page) => Text(page, isWritten);

    private PageText Text(PageNumber page, Func<string, bool> takes)
    {
        using PageText all = pages[page.Value - 1].ToPageText();
        var builder = new PageTextBuilder(PageTransform.Identity);
        foreach (LayoutLine line in all.Layout.Lines)
        {
            foreach (LayoutWord word in line.Words)
            {
                string text = all.Text.Extract(word.Span).Reveal();
                if (takes(text))
                    builder.AddWord(text, word.Box, word.Confidence);
            }

            builder.BreakLine();
        }

        return builder.Build();
    }
}

/// <summary>Reads what is printed, and leaves what is written.</summary>
internal sealed class PrintEngine(WrittenPages pages) : IOcrEngine
{
    public EngineId Id { get; } = new("print");

    public string Version => "1";

    public ValueTask<PageText> RecognizeAsync(PageImage page, OcrRequest request, CancellationToken cancellationToken = default) => ValueTask.FromResult(pages.Print(page.Number));
}

/// <summary>Reads what is written; it reports all of a page's writing whatever piece it is given, and a word that lies in none.</summary>
internal sealed class WritingEngine(WrittenPages pages) : IOcrEngine
{
    private readonly Lock _gate = new();

    public EngineId Id { get; } = new("writing");

    public string Version => "1";

    public bool Fails { get; set; }

    public ImmutableArray<(PageSize Piece, OcrLayout Layout)> Asked { get; private set; } = [];

    public ValueTask<PageText> RecognizeAsync(PageImage page, OcrRequest request, CancellationToken cancellationToken = default)
    {
        lock (_gate)
            Asked = Asked.Add((page.Reveal().Size, request.Layout));
        return Fails ? throw new InvalidDataException("content in an exception") : ValueTask.FromResult(pages.Writing(page.Number));
    }
}

/// <summary>A policy that lets unread ink stay and decides everything else as another does.</summary>
internal sealed class LeavesInk(IDispositionPolicy inner) : IDispositionPolicy
{
    public string Name => "leaves-ink";

    public PolicyHash Hash => inner.Hash;

    public ImmutableHashSet<Disposition> Uses => inner.Uses.Add(Disposition.Keep);

    public Disposition Decide(Finding finding, DecisionContext context) =>
        finding.Category == PhiCategory.UnreadInk ? Disposition.Keep : inner.Decide(finding, context);
}
