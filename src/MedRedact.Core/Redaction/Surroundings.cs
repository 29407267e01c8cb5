using System.Collections.Immutable;

namespace MedRedact.Redaction;

/// <summary>What was read around the painted boxes of a page.</summary>
internal sealed class Surroundings
{
    private const int ShortestRemainder = 3;
    private readonly AppliedRedaction _applied;
    private readonly ImmutableArray<Box> _kept;
    private readonly ImmutableArray<ReadWord> _read;

    /// <param name="applied">The redaction.</param>
    /// <param name="read">What was read, in the order of the engine.</param>
    public Surroundings(AppliedRedaction applied, ImmutableArray<ReadWord> read) =>
        (_applied, _kept, _read) = (applied, CheckedWords.KeptBoxes(applied.Page), read);

    /// <summary>The words that were read, broken where the policy keeps one, and where a crop or a line ends.</summary>
    public IReadOnlyList<SearchedWord> Words
    {
        get
        {
            var words = new List<SearchedWord>();
            foreach ((int index, ReadWord read) in _read.Index())
            {
                if (index > 0 && (read.Crop != _read[index - 1].Crop || read.Line != _read[index - 1].Line))
                    words.Add(SearchedWord.Break);
                words.Add(IsKept(read) ? SearchedWord.Break : read.Word);
            }

            return words;
        }
    }

    /// <summary>What can be read beside a box, close enough to be a part of what stood there, and is its beginning or its end.</summary>
    public IEnumerable<Leftover> Remainders() =>
        from painted in _applied.Painted
        where painted.Removed is not null
        from box in Remainders(painted.Box, Parts(painted.Removed!.Value))
        select new Leftover(painted.Removed!.Value.Category, box);

    private IEnumerable<Box> Remainders(Box box, string[] parts)
    {
        int near = SurroundingCrops.TextHeight(box, _applied.Page.Raster);
        foreach (ReadWord read in _read.Where(read => read.Word.Folded.Length >= ShortestRemainder && IsBeside(box, read.Box) && !IsKept(read)))
        {
            string seen = read.Word.Folded;
            bool isLeft = Math.Abs(box.Left - read.Box.Right) <= near, isRight = Math.Abs(read.Box.Left - box.Right) <= near;
            bool isRemainder = parts.Any(part =>
                (isLeft && part.StartsWith(seen, StringComparison.Ordinal)) || (isRight && part.EndsWith(seen, StringComparison.Ordinal)));
            if (isRemainder && !IsKnownWord(read))
                yield return read.Box;
        }
    }

    /// <summary>Whether the clean text has the word at this place: it was read, examined and left.</summary>
    private bool IsKnownWord(ReadWord read)
    {
        CleanPageText clean = _applied.Page.Text;
        return clean.Layout.Lines.SelectMany(line => line.Words).Any(word =>
            word.Box.Overlaps(read.Box)
            && FoldedText.Fold(clean.Text.Value.AsSpan(word.Span.Start, word.Span.Length)).Contains(read.Word.Folded, StringComparison.Ordinal));
    }

    private bool IsKept(ReadWord read) => _kept.Any(box => Covers(box, read.Box));

    private static string[] Parts(RemovedValue removed) =>
        [.. removed.Value.Reveal().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(part => FoldedText.Fold(part))];

    private static bool IsBeside(Box box, Box word) => Math.Min(box.Bottom, word.Bottom) - Math.Max(box.Top, word.Top) >= word.Height / 2;

    private static bool Covers(Box box, Box word)
    {
        Box common = box.Intersect(word);
        return !common.IsEmpty && common.Width * 2 >= word.Width && common.Height * 2 >= word.Height;
    }
}
