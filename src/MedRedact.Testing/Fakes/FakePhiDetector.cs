using System.Collections.Immutable;
using MedRedact.Synthesis;

namespace MedRedact.Testing;

/// <summary>A detector that finds given strings, wherever they stand, in any case. Thread-safe.</summary>
public sealed class FakePhiDetector : IPhiDetector
{
    private readonly ImmutableArray<(string Value, PhiCategory Category)> _targets;

    private FakePhiDetector(IEnumerable<(string Value, PhiCategory Category)> targets)
    {
        _targets = [.. targets.Where(target => target.Value.Length > 0).Distinct()];
        Info = new DetectorInfo(new DetectorId("fake"), new Version(1, 0), [.. _targets.Select(target => target.Category).Distinct()]);
    }

    /// <inheritdoc/>
    public DetectorInfo Info { get; }

    /// <summary>How sure every finding is; certain by default.</summary>
    public Confidence Confidence { get; init; } = Confidence.Certain;

    /// <summary>Called before each page is examined: throw from it to make a page fail.</summary>
    public Func<PageNumber, CancellationToken, ValueTask>? Before { get; set; }

    /// <summary>A detector of given strings.</summary>
    /// <param name="targets">What to find and what to call it.</param>
    /// <returns>The detector.</returns>
    public static FakePhiDetector Of(params IReadOnlyList<(string Value, PhiCategory Category)> targets) => new(targets);

    /// <summary>A detector that finds all that identifies somebody in made-up records, word by word, so that line breaks do not matter.</summary>
    /// <param name="records">The records.</param>
    /// <returns>The detector.</returns>
    public static FakePhiDetector OfTruth(params IReadOnlyList<SyntheticRecord> records) => new(
        from record in records
        from span in record.Spans
        where span.IsPhi
        from word in span.Value.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)
        select (word, PhiCategory.TryParse(span.Category, out PhiCategory category) ? category : PhiCategory.Unique));

    /// <inheritdoc/>
    public async ValueTask<ImmutableArray<Finding>> DetectAsync(PageView page, KnownPatient? known, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(page);
        cancellationToken.ThrowIfCancellationRequested();
        if (Before is not null)
            await Before(page.Number, cancellationToken).ConfigureAwait(false);
        return page.Text.Text.Read(this, static (text, self) => self.Find(text));
    }

    private ImmutableArray<Finding> Find(ReadOnlySpan<char> text)
    {
        var findings = ImmutableArray.CreateBuilder<Finding>();
        foreach ((string value, PhiCategory category) in _targets)
        {
            for (int from = 0; text[from..].IndexOf(value, StringComparison.OrdinalIgnoreCase) is var at and >= 0; from += at + value.Length)
                findings.Add(new Finding(category, new Location.Text(new TextSpan(from + at, value.Length)), Confidence, Info.Id, new RuleId("fake.literal")));
        }

        return findings.ToImmutable();
    }
}
