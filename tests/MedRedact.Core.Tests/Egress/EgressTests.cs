using MedRedact.Core.Tests.Ingestion;
using MedRedact.Egress;
using MedRedact.Redaction;
using MedRedact.Synthesis;
using MedRedact.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace MedRedact.Core.Tests.Egress;

/// <summary>Clean pages go to a remote engine under an agreement in force (45 CFR 164.504(e)), on record first, and what comes back is PHI until it was examined.</summary>
public sealed class EgressTests
{
    private static readonly EngineId Far = new("far-reader");
    private static readonly AgreementId Named = new("baa-2026-014");
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 10, 0, 0, TimeSpan.Zero);
    private static readonly SyntheticRecord Record = SyntheticRecords.Create(DocumentKind.Prescription, 61);

    [Fact]
    public async Task A_clean_page_goes_to_the_engine_of_an_agreement_in_force_once_that_is_on_record()
    {
        var remote = new FarReader();
        await using PipelineRig rig = NewRig(remote, new Agreement(Named, Far, Now.AddSeconds(1)));
        remote.Seen = () => rig.Events.Count(each => each.Kind == AuditKind.EgressAuthorized);
        IngestionReport report = await rig.IngestAsync();
        Assert.All(report.Pages, page => Assert.True(page.Verdict == PageVerdict.Released, page.ToString()));
        Assert.Equal(report.Pages.Length, remote.Permits.Count);
        AuditEvent[] authorized = [.. rig.Events.Where(each => each.Kind == AuditKind.EgressAuthorized)];
        Assert.Equal(Enumerable.Range(1, remote.Permits.Count), remote.OnRecord);
        Assert.All(remote.Permits, permit => Assert.Equal((report.Document, Far, Named), (permit.Document, permit.Engine, permit.Agreement)));
        Assert.All(authorized, each => Assert.Equal([Far.Value, Named.Value], each.Fields.Where(field => field.Name is "engine" or "agreement").Select(field => field.Value.Text)));

        // Not one identifier was in the text that left.
        Assert.All(Identifiers(), value => Assert.DoesNotContain(value, remote.Given, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("expired")]
    [InlineData("other engine")]
    [InlineData("other agreement")]
    public async Task Without_an_agreement_in_force_for_that_engine_no_page_leaves_and_that_is_on_record(string what)
    {
        var remote = new FarReader();
        await using PipelineRig rig = NewRig(remote, what switch
        {
            "none" => [],
            "expired" => [new Agreement(Named, Far, Now)],
            "other engine" => [new Agreement(Named, new EngineId("near-reader"), Now.AddYears(1))],
            _ => [new Agreement(new AgreementId("baa-2020-001"), Far, Now.AddYears(1))],
        });
        IngestionReport report = await rig.IngestAsync();
        Assert.Empty(remote.Permits);
        Assert.Equal(report.Pages.Length, rig.Events.Count(each => each.Kind == AuditKind.EgressDenied));
        Assert.DoesNotContain(rig.Events, each => each.Kind == AuditKind.EgressAuthorized);
        Assert.All(rig.Events.Where(each => each.Kind == AuditKind.EgressDenied), each => Assert.Contains(each.Fields, field => field.Value.Text == "MR-EGR-001"));
    }

    [Fact]
    public async Task Where_the_record_cannot_be_kept_no_page_leaves_and_none_is_released()
    {
        var remote = new FarReader();
        await using PipelineRig rig = NewRig(remote, refuses: each => each.Kind == AuditKind.EgressAuthorized, new Agreement(Named, Far, Now.AddYears(1)));
        Exception? failed = await Xunit.Record.ExceptionAsync(rig.IngestAsync);
        Assert.Empty(remote.Permits);
        Assert.Empty(rig.Store.Documents);
        Assert.True(failed is null or MedRedactException, failed?.ToString());
    }

    [Fact]
    public async Task What_the_engine_read_and_the_first_redaction_missed_is_removed_before_release()
    {
        var remote = new FarReader { ReadsTruth = true };
        await using PipelineRig rig = NewRig(remote, new Agreement(Named, Far, Now.AddYears(1)));
        remote.Pages = rig.Pages;
        IngestionReport report = await rig.IngestAsync();
        Assert.NotEmpty(remote.Permits);
        if (rig.Store.Documents.Count > 0)
        {
            string text = string.Join('\n', rig.Store.Documents[report.Document].Pages.Select(page => page.Text));
            Assert.All(Identifiers(), value => Assert.DoesNotContain(value, text, StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public async Task An_engine_that_fails_costs_the_page_and_says_nothing()
    {
        var remote = new FarReader { Throws = true };
        await using PipelineRig rig = NewRig(remote, new Agreement(Named, Far, Now.AddYears(1)));
        IngestionReport report = await rig.IngestAsync();
        Assert.All(report.Pages, page => Assert.Equal(PageVerdict.Withheld, page.Verdict));
        Assert.DoesNotContain("Ann", report.ToString(), StringComparison.Ordinal);
        Assert.All(rig.Store.Documents.Values, document => Assert.Empty(document.Pages));
    }

    private static PipelineRig NewRig(FarReader remote, params Agreement[] agreements) => NewRig(remote, refuses: null, agreements);

    private static PipelineRig NewRig(FarReader remote, Func<AuditEvent, bool>? refuses, params Agreement[] agreements) => new(
        Record,
        options =>
        {
            options.Time = new FakeTimeProvider(Now);
            options.Refuses = refuses;
            options.Configure = builder =>
            {
                builder.Services.AddSingleton(remote);
                builder.ConfigureEgress(egress =>
                {
                    foreach (Agreement agreement in agreements)
                        egress.Agreements.Add(agreement);
                });
            };
            options.Compose = pages => pages
                .Recognize<FakeOcrEngine>()
                .Detect(phi => phi.With<FakePhiDetector>())
                .Redact("safe-harbor", with => with.Labels().Tokens().Generalize())
                .ReRead<FarReader>(egress => egress.Under(Named.Value))
                .AuditTo<IAuditSink>()
                .StoreIn<InMemoryDocumentStore>();
        });

    private static IEnumerable<string> Identifiers() =>
        Record.Spans.Where(span => span.IsPhi && span.Value.Length >= 6 && !span.Category.StartsWith("date", StringComparison.Ordinal)).Select(span => span.Value).Distinct();

    /// <summary>A remote engine that notes what it is given.</summary>
    internal sealed class FarReader : IRemoteOcrEngine
    {
        public EngineId Id => Far;

        public List<EgressPermit> Permits { get; } = [];

        public List<int> OnRecord { get; } = [];

        public Func<int>? Seen { get; set; }

        public string Given { get; private set; } = "";

        public bool ReadsTruth { get; init; }

        public bool Throws { get; init; }

        public IReadOnlyList<SyntheticPage> Pages { get; set; } = [];

        public ValueTask<PageText> ReadAsync(RedactedPage page, EgressPermit permit, CancellationToken cancellationToken = default)
        {
            if (Throws)
                throw new InvalidOperationException("Ann Example was on it.");

            Permits.Add(permit);
            OnRecord.Add(Seen?.Invoke() ?? 0);
            Given += page.Text.Text.Value + "\n";
            return new(ReadsTruth ? Pages[page.Number.Value - 1].ToPageText() : WhatIsThere(page.Text));
        }

        /// <summary>Reads what the clean page says, word for word.</summary>
        private static PageText WhatIsThere(CleanPageText clean)
        {
            var builder = new PageTextBuilder(PageTransform.Identity);
            foreach (LayoutLine line in clean.Layout.Lines)
            {
                foreach (LayoutWord word in line.Words)
                    builder.AddWord(clean.Text.Value.AsSpan(word.Span.Start, word.Span.Length), word.Box, Confidence.Certain);
                builder.BreakLine();
            }

            return builder.Build();
        }
    }
}
