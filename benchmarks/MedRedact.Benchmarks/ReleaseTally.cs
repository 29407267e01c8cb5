using System.Globalization;
using MedRedact.Synthesis;

namespace MedRedact.Benchmarks;

/// <summary>Counts what was released and what can still be read on it.</summary>
internal sealed class ReleaseTally
{
    private int _documents, _released, _identifiers, _gone, _inText, _others, _kept, _readBefore;
    private readonly SortedDictionary<string, int> _codes = new(StringComparer.Ordinal);

    public Dictionary<string, int> MissedByCategory { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, int> LostByCause { get; } = new(StringComparer.Ordinal);

    public void Document(IngestionReport report)
    {
        _documents++;
        if (report.Verdict == DocumentVerdict.Released)
            _released++;
        string? code = report.Rejection?.Value ?? report.Pages.FirstOrDefault(page => page.Reason is not null)?.Reason?.Code;
        if (code is not null)
            _codes[code] = _codes.GetValueOrDefault(code) + 1;
    }

    public async Task PageAsync(SyntheticRecord record, SyntheticPage page, byte[] image, string text, IReadOnlyList<(string Category, Box Box)> marks)
    {
        IReadOnlyList<ForeignWord> after = await ForeignReader.ReadAsync(image);
        IReadOnlyList<ForeignWord> before = await ForeignReader.ReadAsync(page.PngBytes.ToArray());
        foreach (TruthWord word in page.Words.Where(word => Normal(word.Text).Length > 0))
        {
            bool readable = Reads(after, word);
            if (word.IsPhi)
            {
                // A word of one or two characters alone (an initial, a comma) is judged with its value, in the text.
                if (Normal(word.Text).Length < 3)
                    continue;
                _identifiers++;
                if (readable)
                    MissedByCategory[word.Category ?? "?"] = MissedByCategory.GetValueOrDefault(word.Category ?? "?") + 1;
                else
                    _gone++;
            }
            else if (word.Category is null && Reads(before, word))
            {
                _readBefore++;
                _kept += readable ? 1 : 0;
                if (!readable)
                {
                    var box = new Box(word.Box.Left, word.Box.Top, word.Box.Width, word.Box.Height);
                    string cause = marks.Where(mark => mark.Box.Overlaps(box)).Select(mark => mark.Category).FirstOrDefault() ?? "no box: misread";
                    LostByCause[cause] = LostByCause.GetValueOrDefault(cause) + 1;
                }
            }

            _others += word.IsPhi ? 0 : 1;
        }

        string clean = " " + string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(Normal)) + " ";
        Range range = record.TextOfPage(PageOf(record, page));
        foreach (TruthSpan span in record.Spans.Where(span => span.IsPhi && range.Start.Value <= span.Start && span.End <= range.End.Value))
        {
            string value = string.Join(' ', span.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(Normal));
            if (value.Length >= 4 && clean.Contains($" {value} ", StringComparison.Ordinal))
            {
                _inText++;
                MissedByCategory[span.Category + " (text)"] = MissedByCategory.GetValueOrDefault(span.Category + " (text)") + 1;
            }
        }
    }

    public void Add(ReleaseTally other)
    {
        _documents += other._documents;
        _released += other._released;
        _identifiers += other._identifiers;
        _gone += other._gone;
        _inText += other._inText;
        _others += other._others;
        _kept += other._kept;
        _readBefore += other._readBefore;
        foreach ((string code, int count) in other._codes)
            _codes[code] = _codes.GetValueOrDefault(code) + count;
        foreach ((string cause, int count) in other.LostByCause)
            LostByCause[cause] = LostByCause.GetValueOrDefault(cause) + count;
        foreach ((string category, int count) in other.MissedByCategory)
            MissedByCategory[category] = MissedByCategory.GetValueOrDefault(category) + count;
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"released {_released}/{_documents}  identifiers gone {Share(_gone, _identifiers)} of {_identifiers}, in text {_inText}  other words kept {Share(_kept, _readBefore)} of {_readBefore}  {string.Join(' ', _codes.Select(code => $"{code.Key}×{code.Value}"))}");

    private static string Share(int part, int whole) => whole == 0 ? "-" : ((double)part / whole).ToString("P1", CultureInfo.InvariantCulture);

    private static int PageOf(SyntheticRecord record, SyntheticPage page)
    {
        int start = page.Words.Min(word => word.Start);
        return Enumerable.Range(1, record.PageCount).First(number => start < record.TextOfPage(number).End.Value);
    }

    private static bool Reads(IReadOnlyList<ForeignWord> read, TruthWord word)
    {
        string wanted = Normal(word.Text);
        return read.Any(found => Overlap(found, word.Box) && (found.Normal == wanted || (wanted.Length >= 4 && found.Normal.Contains(wanted, StringComparison.Ordinal))));
    }

    private static bool Overlap(ForeignWord found, PixelBox box)
    {
        int x = box.Left + (box.Width / 2), y = box.Top + (box.Height / 2);
        return found.Left - 4 <= x && x <= found.Left + found.Width + 4 && found.Top - 4 <= y && y <= found.Top + found.Height + 4;
    }

    internal static string Normal(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToUpperInvariant();
}
