using System.Collections.Immutable;

namespace MedRedact.Languages;

/// <summary>Decides in which languages a page should be read, from its own first reading alone, so that nothing depends on the order of pages.</summary>
internal sealed class PageLanguages
{
    // Fewer words are a stamp, an address, a drug's leaflet title: such a page stays as it was read.
    private const int FewestWords = 6;

    // A page in another language still holds names, units and abbreviations that look like this one.
    private const int ClearMargin = 3;

    // A form in two languages has many words of both, and at least half as many of the one as of the other.
    private const int FewestOfBoth = 15;

    private readonly ImmutableArray<string> _first, _all;
    private readonly ImmutableArray<LanguageWords> _words;

    private PageLanguages(ImmutableArray<string> first, ImmutableArray<string> all, ImmutableArray<LanguageWords> words) =>
        (_first, _all, _words) = (first, all, words);

    /// <summary>The choice that a request leaves, or <see langword="null"/> where it leaves none.</summary>
    public static PageLanguages? Of(OcrRequest request)
    {
        if (request.AlternativeLanguages.IsDefaultOrEmpty)
            return null;

        ImmutableArray<string> all = [.. request.Languages.Concat(request.AlternativeLanguages).Distinct(StringComparer.Ordinal)];
        return new PageLanguages(request.Languages, all, [.. all.Select(LanguageWords.Of).OfType<LanguageWords>()]);
    }

    /// <summary>Languages of a choice that no page can be told to be in.</summary>
    public static IEnumerable<string> Untold(OcrRequest request) => request.AlternativeLanguages.IsDefaultOrEmpty
        ? []
        : request.Languages.Concat(request.AlternativeLanguages).Where(language => LanguageWords.Of(language) is null).Distinct(StringComparer.Ordinal);

    /// <summary>The languages to read a page in.</summary>
    /// <param name="text">What was read in the first languages.</param>
    public ImmutableArray<string> Choose(PageText text)
    {
        string read = text.Text.Extract(new TextSpan(0, text.Text.Length)).Reveal();
        int[] counts = LanguageEvidence.Of(read, _words);
        int first = 0, other = 0;
        LanguageWords? best = null;
        foreach ((int i, LanguageWords words) in _words.Index())
        {
            if (_first.Contains(words.Language, StringComparer.Ordinal))
                first += counts[i];
            else if (counts[i] > other)
                (other, best) = (counts[i], words);
        }

        return best is null || other < FewestWords ? _first
            : other >= ClearMargin * first ? [best.Language]
            : other >= FewestOfBoth && 2 * other >= first ? [.. _all.Where(language => language == best.Language || _first.Contains(language, StringComparer.Ordinal))]
            : _first;
    }
}
