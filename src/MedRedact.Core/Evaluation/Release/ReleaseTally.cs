using System.Collections.Immutable;

namespace MedRedact.Evaluation;

/// <summary>Adds judged pages and the verdicts of their documents up. Not thread-safe.</summary>
internal sealed class ReleaseTally
{
    private readonly List<PageScore> _pages = [];
    private readonly List<Leak> _leaks = [];
    private readonly List<string> _codes = [];
    private readonly Dictionary<DocumentVerdict, long> _verdicts = [];
    private long _unfinished;

    /// <summary>Adds a document's verdict, and the code under which it was not released.</summary>
    public void Add(DocumentVerdict verdict, string? code)
    {
        _verdicts[verdict] = _verdicts.GetValueOrDefault(verdict) + 1;
        if (code is not null && verdict != DocumentVerdict.Released)
            _codes.Add(code);
    }

    /// <summary>Adds a released page.</summary>
    public void Add(PageScore page, IEnumerable<Leak> leaks, int unfinishedReadings)
    {
        _pages.Add(page);
        _leaks.AddRange(leaks);
        _unfinished += unfinishedReadings;
    }

    public ReleaseFigures Figures()
    {
        WordScore[] words = [.. _pages.SelectMany(page => page.Words)];
        ValueScore[] values = [.. _pages.SelectMany(page => page.Values)];
        long released = _verdicts.GetValueOrDefault(DocumentVerdict.Released);
        return new ReleaseFigures
        {
            Released = new Proportion(released, _verdicts.Values.Sum()),
            Held = _verdicts.GetValueOrDefault(DocumentVerdict.HeldForReview),
            Withheld = _verdicts.GetValueOrDefault(DocumentVerdict.Withheld) + _verdicts.GetValueOrDefault(DocumentVerdict.Rejected),
            Pages = _pages.Count,
            WordsCovered = Share(words, word => word.IsCovered),
            WordsGone = Share(words.Where(word => word.Read is not null), word => word.Read == false),
            WordsGoneEnlarged = Share(words.Where(word => word.ReadEnlarged is not null), word => word.ReadEnlarged == false),
            WordsReadBefore = Share(words.Where(word => word.ReadBefore is not null), word => word.ReadBefore == true),
            ValuesGone = Share(values, value => value.IsGone),
            ValuesUnreadable = Share(values.Where(value => value.IsReadable is not null), value => value.IsReadable == false && !value.IsInText),
            ValuesInText = Share(values, value => value.IsInText),
            Area = Sum(page => page.Area),
            Ink = Sum(page => page.Ink),
            OthersKept = Sum(page => page.OthersKept),
            OtherInkLost = Sum(page => page.OtherInkLost),
            ChangedElsewhere = _pages.Sum(page => page.ChangedElsewhere),
            UnfinishedReadings = _unfinished,
            Categories =
            [
                .. words.GroupBy(word => word.Category.Name).OrderByDescending(of => of.Count()).ThenBy(of => of.Key, StringComparer.Ordinal).Select(of => new CategoryRelease(
                    of.Key,
                    Share(of, word => word.IsCovered),
                    Share(of.Where(word => word.Read is not null || word.ReadEnlarged is not null), word => !word.IsReadable),
                    Share(values.Where(value => value.Category.Name == of.Key), value => value.IsGone))),
            ],
            Marks =
            [
                .. _pages.SelectMany(page => page.Marks).GroupBy(mark => mark.Kind).OrderBy(kind => kind.Key, StringComparer.Ordinal)
                    .Select(kind => new MarkRelease(kind.Key, Share(kind, mark => mark.IsCovered))),
            ],
            Leaks =
            [
                .. _leaks.GroupBy(leak => (leak.Category.Name, leak.Cause)).Select(of => new LeakCount(of.Key.Name, of.Key.Cause, of.Count(leak => leak.IsReadable), of.Count()))
                    .OrderByDescending(leak => leak.Count).ThenBy(leak => leak.Category, StringComparer.Ordinal).ThenBy(leak => leak.Cause),
            ],
            Lost = [.. Counted(_pages.SelectMany(page => page.Lost).Select(word => word.Under ?? "")).Select(of => new LostCount(of.What.Length == 0 ? null : of.What, of.Count))],
            Codes = [.. Counted(_codes).Select(of => new CodeCount(of.What, of.Count))],
        };
    }

    private static Proportion Share<T>(IEnumerable<T> trials, Func<T, bool> went)
    {
        T[] all = [.. trials];
        return new Proportion(all.Count(went), all.Length);
    }

    private static IEnumerable<(string What, long Count)> Counted(IEnumerable<string> things) =>
        things.CountBy(thing => thing).OrderByDescending(of => of.Value).ThenBy(of => of.Key, StringComparer.Ordinal).Select(of => (of.Key, (long)of.Value));

    private Proportion Sum(Func<PageScore, Proportion> of) => _pages.Aggregate(default(Proportion), (sum, page) => sum + of(page));
}
