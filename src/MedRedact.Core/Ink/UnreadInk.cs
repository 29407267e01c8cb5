using System.Collections.Immutable;

namespace MedRedact.Ink;

/// <summary>Reports ink that no recognized word explains: handwriting, signatures, stamps, photographs, codes, or print the engine could not read.
/// Whatever was not read may identify, so it is treated as PHI.</summary>
/// <remarks>Works on the prepared pixels, in cells of about 1/25 inch. Specks, ruled lines, frames, check boxes and flat tints are not ink that identifies and are left
/// out; everything else outside the boxes of words that were read (<see cref="ReadLines"/>) is reported as an area. Bar codes, two-dimensional codes, photographs, and signatures where one is asked for are
/// told apart by their looks (rules <c>ink.barcode</c>, <c>ink.matrix-code</c>, <c>ink.photo</c>, <c>ink.signature</c>); all else is <see cref="PhiCategory.UnreadInk"/>.
/// What preparation cut off, such as the desk around a photographed sheet, nobody looked at: it is reported whole (rule <c>ink.unseen</c>).</remarks>
public sealed class UnreadInk : IPhiDetector
{
    private static readonly DetectorId Id = new("unread-ink");
    private static readonly RuleId Unseen = new("ink.unseen");
    private static readonly Confidence Sure = Confidence.Of(0.6);

    // Beginnings of words beside which somebody signs.
    private static readonly string[] SignedBeside = ["sign", "sincerely", "regards", "physician", "prescriber", "witness", "firma", "atentamente", "testigo"];

    /// <inheritdoc/>
    public DetectorInfo Info { get; } = new(
        Id, new Version(1, 6), [PhiCategory.UnreadInk, PhiCategory.Barcode, PhiCategory.Photo, PhiCategory.Signature], NeedsPixels: true);

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<Finding>> DetectAsync(PageView page, KnownPatient? known, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(page);
        if (page.Pixels is not { } pixels)
            return ValueTask.FromResult(ImmutableArray<Finding>.Empty);

        using var ink = new InkLoan(pixels);
        InkMap map = ink.Map;
        ReadWord[] read = Explain(map, pixels, page.Text);
        Box[] labels = LabelsOf(pixels, page.Text);
        var written = new HandwrittenWords(read, labels);
        var findings = ImmutableArray.CreateBuilder<Finding>();
        foreach (InkPatch patch in map.Unexplained())
        {
            cancellationToken.ThrowIfCancellationRequested();
            (PhiCategory category, RuleId rule) = InkKinds.Of(patch, map.Bitmap, labels, map.Cell);
            foreach (Box area in patch.Cover)
                Add(area, category, rule);

            // What an engine read of a signature goes with the rest of it.
            if (InkKinds.IsSigned(patch, labels, map.Cell))
            {
                foreach (Box word in written.TakeFor(patch.Bounds, map.Cell))
                    Add(map.ExplainedBy(word), PhiCategory.Signature, InkKinds.Signed);
            }
        }

        foreach (Box part in UnseenParts.Of(pixels.ToOriginal, pixels.Width, pixels.Height, page.Size))
            findings.Add(new Finding(PhiCategory.UnreadInk, new Location.Area(part), Sure, Id, Unseen));
        return ValueTask.FromResult(findings.ToImmutable());

        void Add(Box area, PhiCategory category, RuleId rule)
        {
            Box original = pixels.ToOriginal.Apply(area).Intersect(new Box(0, 0, page.Size.Width, page.Size.Height));
            if (!original.IsEmpty)
                findings.Add(new Finding(category, new Location.Area(original), Sure, Id, rule));
        }
    }

    /// <summary>Marks what the words that were read explain of the ink of a page, and nothing else.</summary>
    /// <returns>Those words, in pixels.</returns>
    internal static ReadWord[] Explain(InkMap map, PagePixels pixels, PageText text)
    {
        PageTransform toPixels = pixels.ToOriginal.Inverse();
        ReadWord[] read = [.. ReadLines.WordsOf(text).Where(word => toPixels.Reaches(word.Box)).Select(word => new ReadWord(toPixels.Apply(word.Box), word.Confidence))];
        map.Forget();
        foreach (ReadWord word in read)
            map.Explain(word.Box, word.Confidence);
        return read;
    }

    /// <summary>Where words ask for a signature, in pixels.</summary>
    internal static Box[] LabelsOf(PagePixels pixels, PageText text)
    {
        PageTransform toPixels = pixels.ToOriginal.Inverse();
        return [.. SignatureLabels(text).Where(toPixels.Reaches).Select(toPixels.Apply)];
    }

    /// <summary>The words beside which somebody signs, in English and Spanish.</summary>
    private static List<Box> SignatureLabels(PageText text)
    {
        var labels = new List<Box>();
        text.Text.Read((text.Words, labels), static (characters, at) =>
        {
            foreach (LayoutWord word in at.Words.Where(word => word.Origin == WordOrigin.Page))
            {
                ReadOnlySpan<char> letters = characters.Slice(word.Span.Start, word.Span.Length);
                foreach (string beginning in SignedBeside)
                {
                    if (letters.StartsWith(beginning, StringComparison.OrdinalIgnoreCase))
                        at.labels.Add(word.Box);
                }
            }
        });
        return labels;
    }
}
