using System.Collections.Immutable;
using MedRedact.Testing;

namespace MedRedact.Core.Tests.Ingestion;

/// <summary>Finds all that another detector finds, but record numbers on the first page only.</summary>
internal sealed class ForgetfulDetector(FakePhiDetector all) : IPhiDetector
{
    private int _forgotten;

    public DetectorInfo Info => all.Info;

    public int Forgotten => _forgotten;

    public async ValueTask<ImmutableArray<Finding>> DetectAsync(PageView page, KnownPatient? known, CancellationToken cancellationToken = default)
    {
        ImmutableArray<Finding> found = await all.DetectAsync(page, known, cancellationToken);
        if (page.Number.Value == 1)
            return found;

        ImmutableArray<Finding> kept = [.. found.Where(finding => !finding.Category.IsA(PhiCategory.Mrn))];
        Interlocked.Add(ref _forgotten, found.Length - kept.Length);
        return kept;
    }
}
