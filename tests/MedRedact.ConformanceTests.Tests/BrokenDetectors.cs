using System.Collections.Immutable;
using System.Text;
using MedRedact.Testing;

namespace MedRedact.ConformanceTests.Tests;

/// <summary>Gives offsets in code points.</summary>
internal sealed class CodePointDetector : IPhiDetector
{
    private readonly FakePhiDetector _sound = FakePhiDetector.Of(("the", PhiCategory.PersonName), ("a", PhiCategory.City));

    public DetectorInfo Info => _sound.Info;

    public async ValueTask<ImmutableArray<Finding>> DetectAsync(PageView page, KnownPatient? known, CancellationToken cancellationToken = default) =>
        [.. (await _sound.DetectAsync(page, known, cancellationToken)).Select(finding => finding with { Location = InCodePoints(page, ((Location.Text)finding.Location).Span) })];

    private static Location.Text InCodePoints(PageView page, TextSpan span) => page.Text.Text.Read(span, static (text, at) =>
    {
        int start = 0;
        foreach (Rune _ in text[..at.Start].EnumerateRunes())
            start++;
        return new Location.Text(new TextSpan(start, at.Length));
    });
}

/// <summary>Keeps the page it is asked about in one place for all callers.</summary>
internal sealed class ForgetfulPageDetector : IPhiDetector
{
    private readonly FakePhiDetector _sound = FakePhiDetector.Of(("the", PhiCategory.PersonName), ("a", PhiCategory.City));
    private PageView? _page;
    private int _calls;

    public DetectorInfo Info => _sound.Info;

    public async ValueTask<ImmutableArray<Finding>> DetectAsync(PageView page, KnownPatient? known, CancellationToken cancellationToken = default)
    {
        _page = page;
        int call = Interlocked.Increment(ref _calls);

        // Long enough for another page to come, however busy the machine is; one alone goes on after a while.
        for (int i = 0; i < 20_000 && Volatile.Read(ref _calls) == call; i++)
            await Task.Yield();
        return await _sound.DetectAsync(_page, known, cancellationToken);
    }
}

/// <summary>Calls its rule, or the ground of it, after the patient.</summary>
internal sealed class NamingDetector(bool inGround) : IPhiDetector
{
    public DetectorInfo Info { get; } = new(new DetectorId("naming"), new Version(1, 0), [PhiCategory.PersonName]);

    public ValueTask<ImmutableArray<Finding>> DetectAsync(PageView page, KnownPatient? known, CancellationToken cancellationToken = default)
    {
        string name = known!.Identifiers.First(one => one.Category == PhiCategory.PersonName).Value.Reveal();
        var named = new RuleId("name." + string.Join('-', name.ToLowerInvariant().Split(' ').Select(word => new string([.. word.Where(char.IsAsciiLetter)]))));
        var rule = new RuleId("name");
        return ValueTask.FromResult<ImmutableArray<Finding>>(
            [new Finding(PhiCategory.PersonName, new Location.Text(new TextSpan(0, 1)), Confidence.Certain, Info.Id, inGround ? rule : named) { Evidence = [new Evidence(inGround ? named : rule, null, 0.5)] }]);
    }
}
