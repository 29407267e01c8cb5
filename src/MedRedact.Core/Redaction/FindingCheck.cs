namespace MedRedact.Redaction;

/// <summary>Refuses findings that cannot be applied as they are: without a category, outside their text or page, on a layer the page does not have, or
/// overlapping.</summary>
internal static class FindingCheck
{
    public static void Check(ExaminedPage page)
    {
        var ends = new Dictionary<TextLayer, int>();
        foreach (Finding finding in page.Findings)
        {
            if (finding.Category.Name is null)
                throw RedactionFaults.Fault(RedactionFaults.OutsidePage);

            switch (finding.Location)
            {
                case Location.Text at:
                    PageText? text = at.Layer switch { TextLayer.Recognized => page.Text, TextLayer.Native => page.NativeText, _ => null };
                    if (text is null || at.Span.End > text.Text.Length)
                        throw RedactionFaults.Fault(RedactionFaults.OutsidePage);
                    if (at.Span.Start < ends.GetValueOrDefault(at.Layer))
                        throw RedactionFaults.Fault(RedactionFaults.Overlap);
                    ends[at.Layer] = at.Span.End;
                    break;
                case Location.Area area:
                    if (area.Box.Intersect(new Box(0, 0, page.OriginalSize.Width, page.OriginalSize.Height)).IsEmpty)
                        throw RedactionFaults.Fault(RedactionFaults.OutsidePage);
                    break;
                default:
                    throw RedactionFaults.Fault(RedactionFaults.OutsidePage);
            }
        }
    }
}
