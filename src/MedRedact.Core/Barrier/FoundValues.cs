using System.Collections.Immutable;
using MedRedact.Redaction;

namespace MedRedact.Barrier;

/// <summary>Gathers what was found in a document, on any page and with any certainty, so that nothing that is invented for it is a value of it. Only where the policy lets
/// something be invented.</summary>
internal sealed class FoundValues(IDispositionPolicy policy)
{
    private readonly bool _isNeeded = policy.Uses.Contains(Disposition.Surrogate);
    private readonly HashSet<string> _values = new(StringComparer.Ordinal);

    public ImmutableArray<Phi<string>> All => [.. _values.Select(value => Phi.Of(value))];

    public void Add(ExaminedPage page)
    {
        if (_isNeeded)
            _values.UnionWith(FoundText.All(page).Select(value => value.Reveal()));
    }
}
