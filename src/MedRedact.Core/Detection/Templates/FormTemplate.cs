using System.Collections.Immutable;
using MedRedact.Wording;

namespace MedRedact.Detection;

/// <summary>A form whose fields stand where they always stand, relative to what is printed on it. In units of its own: only proportions count.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Types">For which types of document; empty: for any.</param>
/// <param name="Anchors">What is printed on every copy, at least two.</param>
/// <param name="Zones">What is filled in.</param>
internal sealed record FormTemplate(string Id, ImmutableArray<DocumentType> Types, ImmutableArray<FormAnchor> Anchors, ImmutableArray<FormZone> Zones)
{
    /// <summary>The label anchors by their words, tolerant of OCR errors.</summary>
    public PhraseBook<int[]> Labels { get; } = new(
        Anchors.Select((anchor, index) => (anchor.Text, index)).Where(pair => pair.Text is not null)
            .GroupBy(pair => pair.Text!, StringComparer.OrdinalIgnoreCase).Select(group => (group.Key, group.Select(pair => pair.index).ToArray())));

    public bool HasMarks => Anchors.Any(anchor => anchor.Text is null);

    /// <summary>From corner to corner of all that the template names.</summary>
    public double Diagonal
    {
        get
        {
            IEnumerable<FormBox> all = Anchors.Select(anchor => anchor.Box).Concat(Zones.Select(zone => zone.Box));
            return double.Hypot(all.Max(box => box.Left + box.Width) - all.Min(box => box.Left), all.Max(box => box.Top + box.Height) - all.Min(box => box.Top));
        }
    }
}

/// <summary>Something printed on every copy of a form: a label, or where there is no text a registration mark.</summary>
internal sealed record FormAnchor(RuleId Rule, string? Text, FormBox Box);

/// <summary>A place that is filled in by hand or by print, and what stands there.</summary>
internal sealed record FormZone(RuleId Rule, PhiCategory Category, FormBox Box);

/// <summary>A rectangle in the units of a form.</summary>
internal readonly record struct FormBox(double Left, double Top, double Width, double Height)
{
    public (double X, double Y) Center => (Left + (Width / 2), Top + (Height / 2));
}
