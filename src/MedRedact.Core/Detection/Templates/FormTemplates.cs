using System.Collections.Immutable;

namespace MedRedact.Detection;

/// <summary>Finds the filled-in places of known forms by what is printed on them, wherever the form lies on the page and however large it was scanned.</summary>
/// <remarks>
/// A template is tried where the page is of one of its document types, or its type is not known; in the first case two anchors have to agree, in the second half of
/// them and three at least, as far as there are so many. Each zone becomes an area finding whose rule reads <c>template.zone</c>; an area is painted over whether
/// anything could be read there or not. Does nothing without templates. Thread-safe.
/// </remarks>
public sealed class FormTemplates : IPhiDetector
{
    private readonly ImmutableArray<FormTemplate> _templates;

    /// <summary>Makes the detector.</summary>
    /// <param name="files">The templates; none by default.</param>
    /// <exception cref="DetectionFileException">Two files use one id, <c>MR-DET-106</c>.</exception>
    public FormTemplates(IEnumerable<FormTemplateFile>? files = null)
    {
        FormTemplateFile[] all = files?.ToArray() ?? [];
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (FormTemplateFile file in all)
        {
            if (!file.Templates.All(template => ids.Add(template.Id)))
                throw file.Root.Refused(DetectionFileFaults.Duplicate);
        }

        _templates = [.. all.SelectMany(file => file.Templates)];
        Info = new DetectorInfo(
            new DetectorId("form-templates"),
            HashedVersion.Of(new Version(1, 0), all.Select(file => file.Hash)),
            [.. _templates.SelectMany(template => template.Zones).Select(zone => zone.Category).Distinct()],
            NeedsPixels: _templates.Any(template => template.HasMarks));
    }

    /// <inheritdoc/>
    public DetectorInfo Info { get; }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<Finding>> DetectAsync(PageView page, KnownPatient? known, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(page);
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Find(page, page.DocumentType, cancellationToken));
    }

    internal ImmutableArray<Finding> Find(PageView page, DocumentType? type, CancellationToken cancellationToken)
    {
        FormTemplate[] tried = [.. _templates.Where(template => template.Types.IsEmpty || type is null || template.Types.Contains(type.Value))];
        IReadOnlyList<Box> marks = page.Pixels is { } pixels && tried.Any(template => template.HasMarks) ? SolidMarks.Find(pixels) : [];
        var findings = ImmutableArray.CreateBuilder<Finding>();
        foreach (FormTemplate template in tried)
        {
            cancellationToken.ThrowIfCancellationRequested();
            bool isTyped = type is { } known && template.Types.Contains(known);
            int least = isTyped ? 2 : Math.Min(template.Anchors.Length, Math.Max(3, (template.Anchors.Length + 1) / 2));
            if (FormFit.Of(template, AnchorSightings.Find(template, page, marks), least) is { } fit)
                AddZones(template, fit, page.Size, findings);
        }

        return findings.ToImmutable();
    }

    private void AddZones(FormTemplate template, FormFit fit, PageSize size, ImmutableArray<Finding>.Builder findings)
    {
        double share = fit.Anchors.Length / (double)template.Anchors.Length;
        var confidence = Confidence.Of(0.7 + (0.25 * share));
        double each = Math.Round(confidence.Value / fit.Anchors.Length, 3);
        ImmutableArray<Evidence> evidence = [.. fit.Anchors.Select(anchor => new Evidence(template.Anchors[anchor.Anchor].Rule, new Location.Area(anchor.Box), each))];
        foreach (FormZone zone in template.Zones)
        {
            Box box = fit.Place(zone.Box).Intersect(new Box(0, 0, size.Width, size.Height));
            if (!box.IsEmpty)
                findings.Add(new Finding(zone.Category, new Location.Area(box), confidence, Info.Id, zone.Rule) { Evidence = evidence });
        }
    }
}
