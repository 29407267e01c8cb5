using System.Collections.Immutable;

namespace MedRedact.Ink;

/// <summary>Reports ink that no recognized word explains: handwriting, signatures, stamps, photographs, codes, or print the engine could not read.
/// Whatever was not read may identify, so it is treated as PHI.</summary>
/// <remarks>Works on the prepared pixels, in cells of about 1/25 inch. Specks, ruled lines and frames are not ink that identifies and are left out;
/// everything else outside the boxes of recognized words is reported as an area.</remarks>
public sealed class UnreadInk : IPhiDetector
{
    private static readonly DetectorId Id = new("unread-ink");
    private static readonly RuleId Rule = new("ink.unexplained");
    private static readonly Confidence Sure = Confidence.Of(0.6);

    /// <inheritdoc/>
    public DetectorInfo Info { get; } = new(Id, new Version(1, 0), [PhiCategory.UnreadInk], NeedsPixels: true);

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<Finding>> DetectAsync(PageView page, KnownPatient? known, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(page);
        if (page.Pixels is not { } pixels)
            return ValueTask.FromResult(ImmutableArray<Finding>.Empty);

        using var map = new InkMap(pixels);
        PageTransform toPixels = pixels.ToOriginal.Inverse();
        foreach (LayoutWord word in page.Text.Words)
            map.Explain(toPixels.Apply(word.Box), word.Confidence);

        var findings = ImmutableArray.CreateBuilder<Finding>();
        foreach (Box area in map.UnexplainedAreas())
        {
            Box original = pixels.ToOriginal.Apply(area).Intersect(new Box(0, 0, page.Size.Width, page.Size.Height));
            if (!original.IsEmpty)
                findings.Add(new Finding(PhiCategory.UnreadInk, new Location.Area(original), Sure, Id, Rule));
        }

        return ValueTask.FromResult(findings.ToImmutable());
    }
}
