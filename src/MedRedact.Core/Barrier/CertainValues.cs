using System.Collections.Immutable;
using MedRedact.Ingestion;
using MedRedact.Redaction;

namespace MedRedact.Barrier;

/// <summary>Gathers the direct identifiers that are certain somewhere in a document and that the policy removes: none may be left on any page.</summary>
internal sealed class CertainValues(IDispositionPolicy policy, RunContext context)
{
    private const double Certain = 0.9;

    private static readonly ImmutableArray<PhiCategory> Direct =
    [
        PhiCategory.PersonName, PhiCategory.Ssn, PhiCategory.Mrn, PhiCategory.Plan, PhiCategory.Account, PhiCategory.Phone, PhiCategory.Fax,
        PhiCategory.Email,
    ];

    private readonly Dictionary<(string, PhiCategory), RemovedValue> _values = [];

    public ImmutableArray<RemovedValue> All => [.. _values.Values];

    public void Add(ExaminedPage page)
    {
        foreach (Finding finding in page.Findings)
        {
            if (finding.Confidence.Value < Certain
                || finding.Location is not Location.Text at
                || (at.Layer == TextLayer.Native ? page.NativeText : page.Text) is not { } text
                || !Direct.Any(direct => finding.Category.IsA(direct))
                || policy.Decide(finding, context.Decision(page.Number, page.DocumentType)) == Disposition.Keep)
            {
                continue;
            }

            Phi<string> value = text.Text.Extract(at.Span);
            _values.TryAdd((value.Reveal(), finding.Category), new RemovedValue(value, finding.Category, IsCertain: true));
        }
    }
}
