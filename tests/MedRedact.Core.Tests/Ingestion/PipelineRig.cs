using System.Collections.Immutable;
using MedRedact.Envelope;
using MedRedact.Redaction;
using MedRedact.Synthesis;
using MedRedact.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace MedRedact.Core.Tests.Ingestion;

/// <summary>A pipeline in memory over one synthetic record, whose engine reads the truth and whose detector finds it.</summary>
internal sealed class PipelineRig : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public PipelineRig(SyntheticRecord record, Action<RigOptions>? configure = null)
    {
        Pages = record.DrawPages(new DrawOptions { Dpi = 100 });
        var options = new RigOptions
        {
            Reader = new FakePageReader(Pages),
            Engine = FakeOcrEngine.ReadingTruth(Pages),
            Detector = FakePhiDetector.OfTruth(record),
        };
        configure?.Invoke(options);

        var services = new ServiceCollection();
        services.AddSingleton(options.Time);
        IMedRedactBuilder builder = services.AddMedRedact().AddInMemory();
        services.AddSingleton<IObjectSealer, EnvelopeSealer>();
        services.AddSingleton(options.Reader).AddSingleton<IPageReader>(options.Reader);
        services.AddSingleton<ILabelPainter, NoLabels>();
        services.AddSingleton(options.Engine);
        services.AddSingleton(options.Detector);
        services.AddSingleton<ITokenizer, CountingTokenizer>();
        services.AddSingleton(new MemoryJournal());
        services.AddSingleton<IIngestionJournal>(provider => provider.GetRequiredService<MemoryJournal>());
        if (options.Refuses is { } refuses)
        {
            services.AddSingleton<IAuditSink>(provider => new FaultyAuditSink(provider.GetRequiredService<RecordingAuditSink>(), refuses));
        }

        services.Configure<RedactionOptions>(redaction => redaction.ReReadSurroundings = false);
        options.Configure?.Invoke(builder);
        builder.AddPipeline("test", options.Compose ?? Compose);
        _services = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true });
    }

    public IReadOnlyList<SyntheticPage> Pages { get; }

    public IServiceProvider Services => _services;

    public FakeOcrEngine Engine => _services.GetRequiredService<FakeOcrEngine>();

    public IngestionPipeline Pipeline => _services.GetRequiredKeyedService<IngestionPipeline>("test");

    public InMemoryDocumentStore Store => _services.GetRequiredService<InMemoryDocumentStore>();

    public ImmutableArray<AuditEvent> Events => _services.GetRequiredService<RecordingAuditSink>().Events;

    public static IngestionRequest Request(byte[]? bytes = null, IdempotencyKey? key = null, IProgress<IngestionProgress>? progress = null) => new()
    {
        Source = SourceDocument.FromStream(new MemoryStream(bytes ?? [1, 2, 3])),
        Actor = new ActorId("tester"),
        Tenant = new TenantId("clinic"),
        Purpose = PurposeOfUse.Treatment,
        IdempotencyKey = key,
        Progress = progress,
    };

    public static PipelineDefinition Compose(PipelineBuilder<PageImage> pages) => pages
        .Recognize<FakeOcrEngine>()
        .Detect(phi => phi.With<FakePhiDetector>())
        .Redact("safe-harbor", with => with.Labels().Tokens().Generalize())
        .AuditTo<IAuditSink>()
        .StoreIn<InMemoryDocumentStore>();

    public Task<IngestionReport> IngestAsync() => Pipeline.IngestAsync(Request(), TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}

internal sealed class RigOptions
{
    public required FakePageReader Reader { get; set; }

    public required FakeOcrEngine Engine { get; set; }

    public required FakePhiDetector Detector { get; set; }

    public TimeProvider Time { get; set; } = TimeProvider.System;

    public Func<AuditEvent, bool>? Refuses { get; set; }

    public Action<IMedRedactBuilder>? Configure { get; set; }

    public Func<PipelineBuilder<PageImage>, PipelineDefinition>? Compose { get; set; }
}

internal sealed class NoLabels : ILabelPainter
{
    public bool TryPaintLabel(Raster raster, Box box, string label) => false;
}

internal sealed class CountingTokenizer : ITokenizer
{
    private readonly Dictionary<(string, PhiCategory, TokenScope), Token> _tokens = [];

    public ValueTask<Token> TokenizeAsync(Phi<string> value, PhiCategory category, TokenContext context, CancellationToken cancellationToken = default)
    {
        lock (_tokens)
        {
            var key = (value.Reveal(), category, context.Scope);
            if (!_tokens.TryGetValue(key, out Token token))
                _tokens[key] = token = new Token($"TOK-{_tokens.Count}");
            return ValueTask.FromResult(token);
        }
    }
}

internal sealed class MemoryJournal : IIngestionJournal
{
    private readonly Dictionary<(TenantId, IdempotencyKey), (Digest256 Body, DocumentId Attempt, IngestionReport? Report)> _entries = [];

    /// <summary>The process died: it completes nothing, and its open keys may be taken over.</summary>
    public bool IsDead { get; set; }

    public ValueTask<JournalEntry> BeginAsync(
        TenantId tenant, IdempotencyKey key, Digest256 body, DocumentId attempt, CancellationToken cancellationToken = default)
    {
        lock (_entries)
        {
            bool known = _entries.TryGetValue((tenant, key), out var entry);
            if (known && entry.Body == body && entry.Report is { } report)
                return ValueTask.FromResult<JournalEntry>(new JournalEntry.Completed(report));
            if (known && (entry.Body != body || !IsDead))
                return ValueTask.FromResult<JournalEntry>(new JournalEntry.Conflict());

            IsDead = false;
            _entries[(tenant, key)] = (body, attempt, null);
            return ValueTask.FromResult<JournalEntry>(new JournalEntry.Fresh(known ? entry.Attempt : null));
        }
    }

    public ValueTask CompleteAsync(TenantId tenant, IdempotencyKey key, IngestionReport report, CancellationToken cancellationToken = default)
    {
        lock (_entries)
        {
            if (IsDead)
                throw new IOException("The process died.");
            _entries[(tenant, key)] = _entries[(tenant, key)] with { Report = report };
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask AbandonAsync(TenantId tenant, IdempotencyKey key, CancellationToken cancellationToken = default)
    {
        lock (_entries)
        {
            if (!IsDead)
                _entries.Remove((tenant, key));
        }

        return ValueTask.CompletedTask;
    }
}
