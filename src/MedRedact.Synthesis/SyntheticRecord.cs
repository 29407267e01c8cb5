namespace MedRedact.Synthesis;

/// <summary>One made-up document: its text, what in it identifies somebody, what it says clinically, and its pages.</summary>
public sealed class SyntheticRecord
{
    private readonly DocumentStyle _style;
    private readonly Transcript _transcript;

    internal SyntheticRecord(DocumentKind kind, int seed, SyntheticPatient patient, DocumentStyle style, Transcript transcript, ClinicalTruth clinical) =>
        (Kind, Seed, Patient, _style, _transcript, Clinical) = (kind, seed, patient, style, transcript, clinical);

    /// <summary>The type.</summary>
    public DocumentKind Kind { get; }

    /// <summary>The seed it was made from.</summary>
    public int Seed { get; }

    /// <summary>The person it is about: what a registry would know, for searches of a known patient.</summary>
    public SyntheticPatient Patient { get; }

    /// <summary>What it says in clinical terms.</summary>
    public ClinicalTruth Clinical { get; }

    /// <summary>The whole text in reading order, as the pages print it: lines end in <c>\n</c>, pages in <c>\f</c>, cells of a row stand three spaces apart.</summary>
    public string Text => _transcript.Text;

    /// <summary>All labelled values, disjoint and in order.</summary>
    public IReadOnlyList<TruthSpan> Spans => _transcript.Spans;

    /// <summary>Number of pages.</summary>
    public int PageCount => _transcript.Pages.Count;

    /// <summary>The part of <see cref="Text"/> that one page prints.</summary>
    /// <param name="page">From 1 to <see cref="PageCount"/>.</param>
    /// <returns>Its range.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such page.</exception>
    public Range TextOfPage(int page)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(page, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(page, PageCount);
        TranscribedPage found = _transcript.Pages[page - 1];
        return found.Start..found.End;
    }

    /// <summary>Draws the pages. Lines and pages break alike at every resolution.</summary>
    /// <param name="options">Resolution; 200 dpi when left out.</param>
    /// <returns>One drawn page each, in order.</returns>
    public IReadOnlyList<SyntheticPage> DrawPages(DrawOptions? options = null)
    {
        options ??= new DrawOptions();
        return [.. _transcript.Pages.Select(page => PageArtist.Draw(page, _style, Spans, options))];
    }
}

/// <summary>How pages are drawn.</summary>
public sealed record DrawOptions
{
    /// <summary>Pixels an inch, 72 to 600; 200 by default, as most scanners are set.</summary>
    public int Dpi { get; init => field = value is >= 72 and <= 600 ? value : throw new ArgumentOutOfRangeException(nameof(value)); } = 200;
}
