using System.Collections.Immutable;
using MedRedact.Policies;

namespace MedRedact.Redaction;

/// <summary>Turns an examined page and its original pixels into a clean page. The policy decides, redactors and tokenizer propose, and only this class applies. Thread-safe.</summary>
/// <param name="policy">Decides each finding.</param>
/// <param name="redactors">What can be done, in order of registration.</param>
/// <param name="tokenizer">Makes tokens, if the pipeline has one.</param>
/// <param name="labels">Draws labels into filled boxes.</param>
/// <param name="boxWidthStep">The step of the widths of boxes, in inches; 0: by the height of the text.</param>
internal sealed class RedactionApplier(
    IDispositionPolicy policy, ImmutableArray<IRedactor> redactors, ITokenizer? tokenizer, ILabelPainter labels, double boxWidthStep = 0)
{
    private readonly ReplacementChooser _chooser = new(policy, redactors, tokenizer);

    /// <summary>Redacts one page.</summary>
    /// <param name="page">Borrowed for the call.</param>
    /// <param name="original">The upright original pixels; owned from now on by the result, or disposed on a fault.</param>
    /// <param name="subject">Whose page it is.</param>
    /// <param name="cancellationToken">Stops between findings.</param>
    /// <returns>The clean page and what the residue check needs; the caller owns the page.</returns>
    /// <exception cref="PageFaultException"><c>MR-RED-001</c> to <c>MR-RED-004</c>: the page cannot be redacted and must be withheld.</exception>
    public async ValueTask<AppliedRedaction> ApplyAsync(
        ExaminedPage page, Raster original, RedactionSubject subject, CancellationToken cancellationToken = default)
    {
        try
        {
            if (original.Size != page.OriginalSize)
                throw RedactionFaults.Fault(RedactionFaults.OtherPixels);

            FindingCheck.Check(page);
            ImmutableArray<DecidedFinding> decided = await DecideAsync(page, subject, cancellationToken);
            return Apply(page, original, decided, subject.BlockSide);
        }
        catch
        {
            original.Dispose();
            throw;
        }
    }

    private async ValueTask<ImmutableArray<DecidedFinding>> DecideAsync(
        ExaminedPage page, RedactionSubject subject, CancellationToken cancellationToken)
    {
        var context = new DecisionContext(page.DocumentType, page.Number, subject.Purpose);
        ImmutableArray<DecidedFinding> asked =
        [
            .. from finding in page.Findings
               let disposition = policy.Decide(finding, context)
               select disposition == Disposition.Keep
                   ? new DecidedFinding(finding, disposition, Replacement.Kept)
                   : new DecidedFinding(finding, disposition, Replacement.Label(finding.Category)) { Removed = ValueOf(page, finding) },
        ];
        ImmutableArray<RemovedValue> removed = ValuesOf(asked);
        bool invents = asked.Any(each => each.Disposition == Disposition.Surrogate);
        ImmutableArray<Phi<string>> found = !invents ? [] : subject.Found.IsEmpty ? FoundText.All(page) : subject.Found;

        // What is kept needs no proposal, and an area has no value to replace: it is painted over, whatever the policy would do with one.
        ImmutableArray<(Disposition, RedactionTarget)> targets =
        [
            .. from each in asked
               where each.Removed is not null
               select (each.Disposition, new RedactionTarget(
                   page.DocumentId, page.Number, each.Finding, subject.Tenant, subject.Scope, subject.Subject, each.Removed!.Value.Value)
                   {
                       Purpose = subject.Purpose,
                       Found = found,
                   }),
        ];
        var tokens = new TokenContext(subject.Tenant, subject.Scope) { Subject = subject.SubjectId };
        ImmutableArray<ChosenReplacement> chosen = await _chooser.ChooseAsync(targets, removed, tokens, cancellationToken);
        int next = 0;
        return
        [
            .. asked.Select(each => each.Removed is null
                ? each
                : each with { Replacement = chosen[next].Replacement, FellBack = chosen[next++].FellBack }),
        ];
    }

    private AppliedRedaction Apply(ExaminedPage page, Raster original, ImmutableArray<DecidedFinding> decided, int blockSide)
    {
        var plan = new RedactionPlan(page, decided);
        var text = new CleanTextWriter(page.Text, plan.Removals);
        RasterInk.Flatten(original);
        LayerFigures? layers = LayerComparison.Of(page, original);
        (ImmutableArray<ImmutableArray<Box>> boxes, ImmutableArray<PaintedBox> painted) =
            new PagePainter(labels, blockSide, (int)(original.Dpi.Value * boxWidthStep)).Paint(original, plan, decided);
        ImmutableArray<RedactionMark> marks = RedactionMarks.Of(decided, boxes, text);
        // What is painted over says nothing any more.
        PageLayout layout = text.Clean.Layout with { CheckBoxes = page.Text.Layout.CheckBoxes.RemoveAll(each => painted.Any(one => one.Box.Overlaps(each.Box))) };
        return new AppliedRedaction(
            new RedactedPage(page.DocumentId, page.Number, new CleanPageText(text.Clean.Text, layout), original, page.DocumentType, marks),
            decided.Any(each => each.Disposition == Disposition.Review),
            painted,
            ValuesOf(decided),
            decided.Count(each => each.FellBack)) { Layers = layers };
    }

    private static ImmutableArray<RemovedValue> ValuesOf(ImmutableArray<DecidedFinding> decided) =>
        [.. decided.Where(each => each.Removed is not null).Select(each => each.Removed!.Value)];

    private static RemovedValue? ValueOf(ExaminedPage page, Finding finding) =>
        FoundText.Of(page, finding) is { } value ? new RemovedValue(value, finding.Category) : null;
}
